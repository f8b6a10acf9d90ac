import Dispatch
import Synchronization

/// Waits on a thread that no task runs on.
package enum Blocking {
  /// Runs `work` as a task and blocks until it has ended.
  package static func wait<Value: Sendable>(
    _ work: @escaping @Sendable () async -> Value
  ) -> Value? {
    let done = DispatchSemaphore(value: 0)
    let box = Box<Value>()
    Task.detached(executorPreference: QuietExecutor.ofTasks) {
      let value = await work()
      box.value.withLock { $0 = value }
      done.signal()
    }
    done.wait()
    return box.value.withLock { $0 }
  }

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}
