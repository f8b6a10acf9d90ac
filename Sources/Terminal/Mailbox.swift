import Synchronization

/// Where tasks leave events for a loop that polls: in order, from any thread.
///
/// Unbounded for those who only post; a task that brings a stream waits for room after each event,
/// so that one that is faster than the loop is slowed, and its memory does not grow.
package final class Mailbox<Event: Sendable>: Sendable {
  private struct State {
    var events: [Event] = []
    /// Tasks that wait until the loop has taken what is here.
    var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
    var waiterCount = 0
  }

  /// So many events may wait before there is no room.
  package static var capacity: Int { 2 }

  private let state = Mutex(State())
  private let wakeup: Wakeup

  /// Wakes the loop through `wakeup`, which may be shared with other mailboxes.
  package init(waking wakeup: Wakeup) {
    self.wakeup = wakeup
  }

  /// Leaves an event; the loop is woken where none was waiting.
  package func post(_ event: Event) {
    let wasEmpty = state.withLock { state in
      state.events.append(event)
      return state.events.count == 1
    }
    if wasEmpty { wakeup.wake() }
  }

  /// Waits until fewer events than the capacity wait for the loop, or the task is cancelled.
  package func waitForRoom() async {
    let number = state.withLock { state in
      state.waiterCount += 1
      return state.waiterCount
    }
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let waits = state.withLock { state in
          guard state.events.count >= Self.capacity, !Task.isCancelled else { return false }
          state.waiters[number] = continuation
          return true
        }
        if !waits { continuation.resume() }
      }
    } onCancel: {
      state.withLock { $0.waiters.removeValue(forKey: number) }?.resume()
    }
  }

  /// Takes all events that wait, oldest first, and makes room.
  ///
  /// Clear the wakeup before, not after: an event posted in between would wait for ever.
  package func takeAll() -> [Event] {
    let (events, waiters) = state.withLock { state in
      defer { (state.events, state.waiters) = ([], [:]) }
      return (state.events, state.waiters.values)
    }
    for waiter in waiters { waiter.resume() }
    return events
  }
}
