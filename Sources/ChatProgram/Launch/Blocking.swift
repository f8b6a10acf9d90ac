import ChatEngine
import Dispatch
import Synchronization

/// Waits on a thread that no task runs on.
package enum Blocking {
  /// Runs `work` as a task and blocks until it has ended.
  package static func wait<Value: Sendable>(
    _ work: @escaping @Sendable () async -> Value
  ) -> Value? {
    Started(work).value
  }

  /// Runs `work` as a task and blocks until it has ended; the first SIGINT, SIGTERM or SIGHUP cancels it,
  /// which it tells of.
  static func waitCancelling(
    _ work: @escaping @Sendable () async -> ExitStatus
  ) -> ExitStatus? {
    // Before the work begins: a signal that comes with its first request must not end the program.
    let interruption = Interruption()
    let task = Started(work)
    let told = Mutex<QuitReason?>(nil)
    interruption.tell { reason in
      told.withLock { $0 = reason }
      task.cancel()
    }
    defer { interruption.end() }
    let status = task.value
    return status == .interrupted ? told.withLock { $0?.status } ?? status : status
  }

  /// A task whose value a thread can wait for.
  private struct Started<Value: Sendable> {
    private let done = DispatchSemaphore(value: 0)
    private let box = Box<Value>()
    private let task: Task<Void, Never>

    init(_ work: @escaping @Sendable () async -> Value) {
      task = Task.detached(executorPreference: QuietExecutor.ofTasks) { [box, done] in
        let value = await work()
        box.value.withLock { $0 = value }
        done.signal()
      }
    }

    func cancel() { task.cancel() }

    /// Blocks until the task has ended.
    var value: Value? {
      done.wait()
      return box.value.withLock { $0 }
    }
  }

  private final class Box<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
  }
}

extension ServerDirectory {
  /// Does the work of a call that asks these servers, tells its failure and closes them; blocks until it
  /// has ended.
  ///
  /// What is wrong with the settings of `installation` is told first. A signal cancels the work, which then
  /// tells nothing more.
  func callBlocking(
    _ installation: Installation,
    _ work: @escaping @Sendable () async throws(AskFailure) -> ExitStatus
  ) -> ExitStatus {
    let tell = { @Sendable in StandardError.say($0, in: installation.language) }
    for mistake in installation.mistakes { tell(mistake) }
    let status = Blocking.waitCancelling {
      let status: ExitStatus
      do throws(AskFailure) {
        status = try await work()
      } catch {
        status = Task.isCancelled ? .interrupted : error.status
        if !Task.isCancelled { tell(error.phrase) }
      }
      await self.close()
      return status
    }
    return status ?? .unavailable
  }
}
