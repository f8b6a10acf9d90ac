import Dispatch
import Foundation
import Synchronization
import Testing

/// A few threads of their own, for tests that wait for a program and for the servers they use.
///
/// Such a test blocks its thread. On the threads that all tasks share, a handful of them would leave
/// none to the server that answers their programs.
final class Seats: TaskExecutor {
  static let ofTests = Seats(count: 4)
  static let ofServers = Seats(count: 1)

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
    try await withTaskExecutorPreference(Seats.ofTests) {
      try await function()
    }
  }
}

extension Trait where Self == SeatedTrait {
  static var seated: Self { Self() }
}
