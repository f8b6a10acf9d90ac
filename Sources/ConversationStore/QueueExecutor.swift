import Dispatch

/// Runs an actor's jobs one after another on a dispatch queue.
///
/// A wait for the disk, or for another program's lock, then holds a thread of its own and none of
/// the few that all tasks share.
final class QueueExecutor: SerialExecutor {
  private let queue: DispatchQueue

  init(label: String) {
    queue = DispatchQueue(label: label, qos: .userInitiated)
  }

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}
