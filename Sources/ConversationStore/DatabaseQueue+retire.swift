import GRDB
import Synchronization

extension DatabaseQueue {
  /// Connections that are closed, a few a day; never freed.
  private static let retired = Mutex<[DatabaseQueue]>([])

  /// Closes the connection, and keeps its queue for as long as the program runs.
  ///
  /// libdispatch frees what GRDB has attached to a queue on a global queue
  /// (`_dispatch_queue_specific_head_dispose` in its `src/queue.c`), and the first use of one begins a
  /// timer of one second that never ends (docs/decisions/0070). May be called again.
  func retire() {
    try? close()
    Self.retired.withLock { $0.append(self) }
  }
}
