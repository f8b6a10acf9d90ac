import ChatEngine
import ChatScreen
import Dispatch
import Synchronization
import Terminal

extension ChatLoop {
  /// Gives the terminal to `work`, such as an editor, until it ends, and draws anew afterwards.
  ///
  /// It has a thread of its own: what comes for the conversation meanwhile, such as a reply, is not
  /// left in memory until then.
  func lendScreen<Value: Sendable>(to work: @escaping @Sendable () -> Value) -> Value {
    let lease = Lease<Value>()
    effectsWhileLent = []
    let value = session.withScreenReleased {
      DispatchQueue(label: "iris.screen").async { [wakeup] in
        lease.end(with: work())
        wakeup.wake()
      }
      return lease.value { receiveMessages(until: $0) }
    }
    let orders = effectsWhileLent ?? []
    effectsWhileLent = nil
    resize()
    for order in orders { perform(order) }
    return value
  }
}

/// What the work that has the screen leaves when it ends.
private final class Lease<Value: Sendable>: Sendable {
  private let outcome = Mutex<Value?>(nil)

  func end(with value: Value) {
    outcome.withLock { $0 = value }
  }

  /// What was left, after waiting by `wait` until it was.
  func value(waiting wait: (_ isOver: () -> Bool) -> Void) -> Value {
    while true {
      if let value = outcome.withLock({ $0 }) { return value }
      wait { self.outcome.withLock { $0 != nil } }
    }
  }
}
