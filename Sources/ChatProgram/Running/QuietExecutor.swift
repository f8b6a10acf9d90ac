import Dispatch
import Synchronization
import Terminal

/// Runs tasks on a few threads that cost nothing while there is nothing to do.
///
/// libdispatch wakes a program once a second, for as long as it lives, after the first task on the
/// threads that all tasks share: it watches over them, and not over those of serial queues, which
/// these are (docs/decisions/0070). Jobs run in the order in which they come, whatever their
/// priority; a thread without one goes back to libdispatch.
final class QuietExecutor: TaskExecutor {
  /// For all that waits and computes little: replies, the store handle, files.
  static let ofTasks = QuietExecutor(label: "iris.tasks", width: 4)
  /// For decoding, which holds a core each time, so that no reply waits for a picture.
  static let ofPictures = QuietExecutor(label: "iris.pictures", width: ProcessorCount.online)

  private struct State {
    var jobs: [UnownedJob] = []
    var idle: [DispatchQueue]
  }

  private let state: Mutex<State>

  private init(label: String, width: Int) {
    let queues = (0..<width).map { _ in DispatchQueue(label: label, qos: .userInitiated) }
    state = Mutex(State(idle: queues))
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    let queue = state.withLock { state in
      state.jobs.append(job)
      return state.idle.popLast()
    }
    guard let queue else { return }
    queue.async {
      FatalSignals.guardThread()
      while let job = self.nextJob(of: queue) {
        job.runSynchronously(on: self.asUnownedTaskExecutor())
      }
    }
  }

  /// The job that has waited longest; where there is none, nil, and the queue is idle from now on.
  private func nextJob(of queue: DispatchQueue) -> UnownedJob? {
    state.withLock { state in
      guard state.jobs.isEmpty else { return state.jobs.removeFirst() }
      state.idle.append(queue)
      return nil
    }
  }
}
