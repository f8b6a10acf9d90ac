import ChatEngine
import ChatScreen
import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// SIGINT, SIGTERM and SIGHUP for a program without a screen: the first is told to the program, which
/// keeps what has come; the second ends it at once.
///
/// A signal that was ignored when the program began (`nohup`, a shell's `&`) stays so.
struct Interruption {
  private let sources: [any DispatchSourceSignal]

  private static let reasons: [(signal: Int32, reason: QuitReason)] = [
    (SIGINT, .interrupted), (SIGTERM, .terminated), (SIGHUP, .hungUp),
  ]

  /// Counts signals; from any thread.
  private final class Count: Sendable {
    private let value = Mutex(0)

    func next() -> Int {
      value.withLock { value in
        value += 1
        return value
      }
    }
  }

  /// From now on the first signal is told to `tell`, on a thread of its own.
  init(_ tell: @escaping @Sendable (QuitReason) -> Void) {
    let queue = DispatchQueue(label: "iris.interruption")
    let count = Count()
    sources = Self.reasons.compactMap { number, reason in
      guard !Self.ignores(number) else { return nil }
      let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
      source.setEventHandler {
        guard count.next() == 1 else { _exit(128 + number) }
        tell(reason)
      }
      source.resume()
      return source
    }
  }

  func end() {
    for source in sources { source.cancel() }
  }

  /// Has a signal do nothing by itself; tells whether it did nothing before.
  private static func ignores(_ number: Int32) -> Bool {
    let former = signal(number, SIG_IGN)
    return unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
