package import Conversation

/// Messages on their way to the disk, and those that did not get there.
///
/// A message that the store refuses lives in memory and is given to it again, at growing distances.
package struct CommitState: Equatable, Sendable {
  /// Given to the store, which has not answered yet.
  package private(set) var pending: Set<MessageID> = []
  /// Refused by the store, and not taken since.
  package private(set) var refused: Set<MessageID> = []
  /// Conversations that are no longer open and have messages in either set.
  package private(set) var left: [ConversationID: Conversation] = [:]
  /// The conversation that was left last: what changed in it may still be refused.
  private var last: Conversation?
  /// Uptime in milliseconds of the next try, and the time between it and the last.
  private var retryAt: Int64 = 0
  private var delay: Int64 = 0

  private static let firstDelay: Int64 = 1_000
  private static let longestDelay: Int64 = 30_000

  package init() {}

  package mutating func give(_ ids: some Sequence<MessageID>) { pending.formUnion(ids) }

  /// Takes note of a message that is on disk; tells whether it was refused before.
  package mutating func take(_ id: MessageID) -> Bool {
    pending.remove(id)
    let wasRefused = refused.remove(id) != nil
    // The store answers in order: what it was given of that conversation before is written.
    if last?.messages[id] == nil { last = nil }
    if refused.isEmpty { delay = 0 }
    forgetWhatIsWritten()
    return wasRefused
  }

  /// Takes note of a message that could not be written; tells whether that is news.
  ///
  /// One that is neither in the open conversation nor in one that was left is not tried again:
  /// nobody has it any more.
  package mutating func refuse(_ id: MessageID, isOpen: Bool, at uptime: Int64) -> Bool {
    pending.remove(id)
    if let last, last.messages[id] != nil { left[last.id] = left[last.id] ?? last }
    guard isOpen || left.values.contains(where: { $0.messages[id] != nil }) else { return true }
    if refused.isEmpty || uptime >= retryAt {
      delay = min(max(delay * 2, Self.firstDelay), Self.longestDelay)
      retryAt = uptime + delay
    }
    return refused.insert(id).inserted
  }

  package func isRetryDue(at uptime: Int64) -> Bool { !refused.isEmpty && uptime >= retryAt }

  /// Keeps a conversation that is being left, if some of it is not on disk.
  package mutating func leave(_ conversation: Conversation) {
    left[conversation.id] = conversation
    last = conversation
    forgetWhatIsWritten()
  }

  /// Gives back a conversation that was left too early for the disk.
  package mutating func reopen(_ id: ConversationID) -> Conversation? {
    left.removeValue(forKey: id)
  }

  private mutating func forgetWhatIsWritten() {
    guard !left.isEmpty else { return }
    let unwritten = pending.union(refused)
    left = left.filter { _, conversation in
      unwritten.contains { conversation.messages[$0] != nil }
    }
  }
}
