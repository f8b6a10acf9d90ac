import Synchronization

/// Lets at most a few pieces of work run at once, in the order in which they came.
///
/// Decoding holds a core and tens of megabytes each time: a folder of 200 pictures must not take
/// both all at once.
actor PictureQueue {
  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  init(places: Int) {
    free = max(1, places)
  }

  /// Runs `work` when there is a place for it, off the actor.
  nonisolated func run<Value: Sendable>(
    _ work: @Sendable @escaping () -> Value
  ) async -> Value {
    await take()
    let value = await Task.detached { work() }.value
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
