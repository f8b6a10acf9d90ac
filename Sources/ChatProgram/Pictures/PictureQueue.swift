import Synchronization

/// Lets at most a few pieces of work run at once, in the order in which they came.
///
/// Decoding holds a core and tens of megabytes each time: a folder of 200 pictures must not take
/// both all at once. Work whose task is cancelled before its turn is not begun; while it runs, it
/// finds `Task.isCancelled` set and may end early.
package actor PictureQueue {
  private let places: Int
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []
  private let rest: (@Sendable () async -> Void)?
  private var resting: Task<Void, Never>?

  /// A queue with so many places.
  ///
  /// `rest` is run when there is nothing to do; it waits by itself before it does anything, and its
  /// task is cancelled when there is something again.
  package init(places: Int, rest: (@Sendable () async -> Void)? = nil) {
    self.places = max(1, places)
    self.rest = rest
    free = max(1, places)
  }

  /// Runs `work` when there is a place for it, off the actor; nil where it was cancelled before.
  package nonisolated func run<Value: Sendable>(
    _ work: @Sendable @escaping () -> Value
  ) async -> Value? {
    await acquire()
    guard !Task.isCancelled else {
      await giveBack()
      return nil
    }
    let task = Task.detached(executorPreference: QuietExecutor.ofPictures) { work() }
    let value = await withTaskCancellationHandler {
      await task.value
    } onCancel: {
      task.cancel()
    }
    await giveBack()
    return value
  }

  private func acquire() async {
    resting?.cancel()
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func giveBack() {
    guard waiting.isEmpty else { return waiting.removeFirst().resume() }
    free += 1
    guard free == places, let rest else { return }
    resting = Task.detached(executorPreference: QuietExecutor.ofPictures) { await rest() }
  }
}
