package import Conversation

/// Messages on their way to the disk, and those that did not get there.
///
/// A message that the store refuses lives in memory and is given to it again, at growing distances.
package struct CommitState: Equatable, Sendable {
  /// Given to the store, which has not answered yet.
  private(set) var pending: Set<MessageID> = []
  /// Refused by the store, and not taken since.
  package private(set) var refused: Set<MessageID> = []
  /// Conversations that are no longer open and have messages in either set.
  private(set) var left: [ConversationID: Conversation] = [:]
  /// Uptime in milliseconds of the next try, and the time between it and the last.
  private var retryAt: Int64 = 0
  private var delay: Int64 = 0

  private static let firstDelay: Int64 = 1_000
  private static let longestDelay: Int64 = 30_000

  mutating func give(_ id: MessageID) { pending.insert(id) }

  /// Takes note of a message that is on disk; tells whether it was refused before.
  mutating func take(_ id: MessageID) -> Bool {
    pending.remove(id)
    let wasRefused = refused.remove(id) != nil
    if refused.isEmpty { delay = 0 }
    forgetWhatIsWritten()
    return wasRefused
  }

  /// Takes note of a message that could not be written; tells whether that is news.
  mutating func refuse(_ id: MessageID, at uptime: Int64) -> Bool {
    pending.remove(id)
    if refused.isEmpty || uptime >= retryAt {
      delay = min(max(delay * 2, Self.firstDelay), Self.longestDelay)
      retryAt = uptime + delay
    }
    return refused.insert(id).inserted
  }

  func isRetryDue(at uptime: Int64) -> Bool { !refused.isEmpty && uptime >= retryAt }

  /// Keeps a conversation that is being left, if some of it is not on disk.
  mutating func leave(_ conversation: Conversation) {
    left[conversation.id] = conversation
    forgetWhatIsWritten()
  }

  /// Gives back a conversation that was left too early for the disk.
  mutating func reopen(_ id: ConversationID) -> Conversation? { left.removeValue(forKey: id) }

  private mutating func forgetWhatIsWritten() {
    guard !left.isEmpty else { return }
    let unwritten = pending.union(refused)
    left = left.filter { _, conversation in
      unwritten.contains { conversation.messages[$0] != nil }
    }
  }
}
