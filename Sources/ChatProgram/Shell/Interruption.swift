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
struct Interruption {
  private let signals = InterruptSignals()

  /// From now on the first signal is told to what ``tell(_:)`` will name.
  init() {}

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
