import Dispatch
import Foundation
import LoopbackSockets
import Synchronization
import Testing

/// A few threads of their own, for tests that wait for a program and for the servers they use.
///
/// Such a test blocks its thread. On the threads that all tasks share, a handful of them would leave
/// none to the server that answers their programs.
final class Seats: TaskExecutor {
  /// How many tests run side by side.
  static let testCount = 6
  static let ofTests = Seats(count: testCount)
  /// As many, so that a server that sends as fast as it can holds up no other.
  static let ofServers = Seats(count: testCount)

  private let jobs = Mutex<[UnownedJob]>([])
  private let waiting = DispatchSemaphore(value: 0)

  private init(count: Int) {
    for _ in 0..<count {
      Thread.detachNewThread { [unowned self] in
        while true { runNext() }
      }
    }
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    jobs.withLock { $0.append(job) }
    waiting.signal()
  }

  private func runNext() {
    waiting.wait()
    let job = jobs.withLock { $0.removeFirst() }
    job.runSynchronously(on: asUnownedTaskExecutor())
  }
}

extension Turnstile {
  /// Every server blocks one of the 255 threads that libdispatch has at most.
  fileprivate static let ofTests = Turnstile(places: Seats.testCount)
}

/// Gives every test of a suite a thread that it may block.
struct SeatedTrait: SuiteTrait, TestTrait, TestScoping {
  let isRecursive = true

  func scopeProvider(for test: Test, testCase: Test.Case?) -> SeatedTrait? {
    testCase == nil ? nil : self
  }

  @concurrent func provideScope(
    for test: Test, testCase: Test.Case?,
    performing function: @concurrent @Sendable () async throws -> Void
  ) async throws {
    await Turnstile.ofTests.enter()
    defer { Turnstile.ofTests.leave() }
    try await withTaskExecutorPreference(Seats.ofTests) {
      try await function()
    }
  }
}

extension Trait where Self == SeatedTrait {
  static var seated: Self { Self() }
}
