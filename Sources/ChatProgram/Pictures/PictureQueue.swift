import Synchronization

/// Lets at most a few pieces of work run at once, in the order in which they came.
///
/// Decoding holds a core and tens of megabytes each time: a folder of 200 pictures must not take
/// both all at once. Work whose task is cancelled before its turn is not begun; while it runs, it
/// finds `Task.isCancelled` set and may end early.
package actor PictureQueue {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  package init(places: Int) {
    free = max(1, places)
  }

  /// Runs `work` when there is a place for it, off the actor; nil where it was cancelled before.
  package nonisolated func run<Value: Sendable>(
    _ work: @Sendable @escaping () -> Value
  ) async -> Value? {
    await take()
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

  private func take() async {
    guard free == 0 else {
      free -= 1
      return
    }
    await withCheckedContinuation { waiting.append($0) }
  }

  private func giveBack() {
    guard waiting.isEmpty else { return waiting.removeFirst().resume() }
    free += 1
  }
}
