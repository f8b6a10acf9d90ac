import CTerminal
import Dispatch

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// SIGINT, SIGTERM and SIGHUP for a program without a screen, caught from ``init()`` to ``end()``: the
/// first is told, the second ends the process at once with the status 128 + number.
///
/// A handler writes the number into a pipe, since what Dispatch has for it on Linux (signalfd(2), and
/// signals blocked thread by thread) loses about one signal in a hundred. A signal that was ignored when
/// the program began (`nohup`, a shell's `&`) stays so. One at a time in a process.
package final class InterruptSignals {
  private let descriptor: Int32
  private var source: (any DispatchSourceRead)?

  /// Catches them; what comes before ``tell(_:)`` waits.
  ///
  /// Where the process has no descriptors left, they end it as they always do.
  package init() {
    descriptor = ct_interruption_open()
  }

  /// Has the number of the first signal told to `body`, on a thread of its own.
  package func tell(_ body: @escaping @Sendable (Int32) -> Void) {
    guard descriptor >= 0 else { return }
    let queue = DispatchQueue(label: "iris.interruption")
    let reading = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
    reading.setEventHandler { [descriptor] in
      var number: UInt8 = 0
      guard read(descriptor, &number, 1) == 1 else { return }
      body(Int32(number))
    }
    source = reading
    reading.resume()
  }

  /// Has the signals do what they did before.
  package func end() {
    source?.cancel()
    source = nil
    guard descriptor >= 0 else { return }
    ct_interruption_close()
  }
}
