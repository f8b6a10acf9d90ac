import Dispatch
import Synchronization
import Terminal
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TerminalSuite {
  /// Signals to a program without a screen, which are sent to the tests' own process.
  @Suite(.serialized) struct InterruptSignalsTests {
    private static let all = [SIGINT, SIGTERM, SIGHUP]

    @Test func `Each first signal is told, whichever thread gets it`() {
      for round in 0..<300 {
        let number = Self.all[round % Self.all.count]
        let told = Mutex<Int32>(0)
        let done = DispatchSemaphore(value: 0)
        let signals = InterruptSignals()
        defer { signals.end() }
        signals.tell { number in
          told.withLock { $0 = number }
          done.signal()
        }
        // Threads that come and go beside it, as those of tasks do.
        DispatchQueue.global().async {}
        kill(getpid(), number)
        guard done.wait(timeout: .now() + 20) == .success else {
          Issue.record("signal \(number) of round \(round) was lost")
          return
        }
        #expect(told.withLock { $0 } == number)
      }
    }

    @Test func `A signal that comes before anybody is told waits`() {
      let done = DispatchSemaphore(value: 0)
      let signals = InterruptSignals()
      defer { signals.end() }
      kill(getpid(), SIGTERM)
      signals.tell { _ in done.signal() }
      #expect(done.wait(timeout: .now() + 20) == .success)
    }

    @Test func `What was ignored stays ignored, and is so again at the end`() {
      let former = signal(SIGHUP, SIG_IGN)
      defer { signal(SIGHUP, former) }
      let signals = InterruptSignals()
      let count = Mutex(0)
      signals.tell { _ in count.withLock { $0 += 1 } }
      for _ in 0..<3 { kill(getpid(), SIGHUP) }
      signals.end()
      kill(getpid(), SIGHUP)
      #expect(count.withLock { $0 } == 0)
    }
  }
}
