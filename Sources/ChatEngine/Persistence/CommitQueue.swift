import Conversation

/// Messages on their way to the disk, and those that did not get there.
///
/// A message that the store refuses lives in memory and is given to it again, at growing distances.
struct CommitQueue: Equatable, Sendable {
  /// Given to the store, which has not answered yet.
  private(set) var pending: Set<MessageID> = []
  /// Refused by the store, and not accepted since.
  private(set) var refused: Set<MessageID> = []
  /// Conversations that are no longer open and have messages in either set.
  private(set) var left: [ConversationID: Conversation] = [:]
  /// The conversation that was left last: what changed in it may still be refused.
  private var last: Conversation?
  /// Uptime in milliseconds of the next try, and the time between it and the last.
  private var retryAt: Int64 = 0
  private var delay: Int64 = 0

  private static let firstDelay: Int64 = 1_000
  private static let longestDelay: Int64 = 30_000

  mutating func add(_ ids: some Sequence<MessageID>) { pending.formUnion(ids) }

  /// Takes off a message that is on disk; tells whether it was refused before.
  mutating func confirm(_ id: MessageID) -> Bool {
    pending.remove(id)
    let wasRefused = refused.remove(id) != nil
    // The store answers in order: what it was given of that conversation before is written.
    if last?.messages[id] == nil { last = nil }
    if refused.isEmpty { delay = 0 }
    dropWhatIsWritten()
    return wasRefused
  }

  /// Marks a message as one that could not be written; tells whether that is news.
  ///
  /// One that is neither in the open conversation nor in one that was left is not tried again:
  /// nobody has it any more.
  mutating func refuse(_ id: MessageID, isOpen: Bool, at uptime: Int64) -> Bool {
    pending.remove(id)
    if let last, last.messages[id] != nil { left[last.id] = left[last.id] ?? last }
    guard isOpen || left.values.contains(where: { $0.messages[id] != nil }) else { return true }
    if refused.isEmpty || uptime >= retryAt {
      delay = min(max(delay * 2, Self.firstDelay), Self.longestDelay)
      retryAt = uptime + delay
    }
    return refused.insert(id).inserted
  }

  func isRetryDue(at uptime: Int64) -> Bool { !refused.isEmpty && uptime >= retryAt }

  /// Keeps a conversation that is being left, if some of it is not on disk.
  mutating func keep(_ conversation: Conversation) {
    left[conversation.id] = conversation
    last = conversation
    dropWhatIsWritten()
  }

  /// Gives back a conversation that was left too early for the disk.
  mutating func reopen(_ id: ConversationID) -> Conversation? { left.removeValue(forKey: id) }

  private mutating func dropWhatIsWritten() {
    guard !left.isEmpty else { return }
    let unwritten = pending.union(refused)
    left = left.filter { _, conversation in
      unwritten.contains { conversation.messages[$0] != nil }
    }
  }
}
