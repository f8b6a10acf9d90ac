import Synchronization

/// Where tasks leave events for a loop that polls: unbounded, in order, from any thread.
package final class Mailbox<Event: Sendable>: Sendable {
  private let waiting = Mutex<[Event]>([])
  private let wakeup: Wakeup

  /// Wakes the loop through `wakeup`, which may be shared with other mailboxes.
  package init(waking wakeup: Wakeup) {
    self.wakeup = wakeup
  }

  /// Leaves an event; the loop is woken where none was waiting.
  package func post(_ event: Event) {
    let wasEmpty = waiting.withLock { events in
      events.append(event)
      return events.count == 1
    }
    if wasEmpty { wakeup.wake() }
  }

  /// Takes all events that wait, oldest first.
  ///
  /// Clear the wakeup before, not after: an event posted in between would wait for ever.
  package func takeAll() -> [Event] {
    waiting.withLock { events in
      defer { events = [] }
      return events
    }
  }
}
