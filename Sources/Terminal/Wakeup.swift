import CTerminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A descriptor that any thread can make readable, to wake a loop that polls.
package final class Wakeup: Sendable {
  package let descriptor: Int32

  /// Throws `system` where the process has no descriptor left.
  package init() throws(TerminalError) {
    descriptor = ct_eventfd()
    guard descriptor >= 0 else { throw .system(call: "eventfd", errno: errno) }
  }

  deinit { close(descriptor) }

  /// Makes the descriptor readable; calling it again before ``clear()`` changes nothing.
  package func wake() {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  /// Makes the descriptor wait for the next ``wake()``.
  package func clear() {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
  }
}
