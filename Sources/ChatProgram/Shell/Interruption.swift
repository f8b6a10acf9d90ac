import ChatEngine
import ChatScreen
import Terminal

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// SIGINT, SIGTERM and SIGHUP for a program without a screen: the first is told to the program, which
/// keeps what has come; the second ends it at once.
///
/// They are caught from the beginning of this value on.
struct Interruption {
  private let signals = InterruptSignals()

  /// Has the first signal told to `body`, on a thread of its own.
  func tell(_ body: @escaping @Sendable (QuitReason) -> Void) {
    signals.tell { number in
      switch number {
      case SIGTERM: body(.terminated)
      case SIGHUP: body(.hungUp)
      default: body(.interrupted)
      }
    }
  }

  func end() { signals.end() }
}
