package import Conversation
package import Language

/// The reply that is being asked for or is arriving.
package struct ReplyState: Equatable, Sendable {
  /// Where the reply stands.
  package enum Phase: Equatable, Sendable {
    /// Next: `committing`, or `connecting` where all is on disk already.
    case idle
    /// The message to answer is being written to disk. Next: `connecting`.
    case committing(ReplyOrder)
    /// Next: `waiting`, `retrying`, `idle`.
    case connecting
    /// Next: `streaming`, `retrying`, `idle`.
    case waiting
    /// Next: `connecting`, `idle`. The deadline is an uptime in milliseconds.
    case retrying(deadline: Int64, because: Phrase)
    /// Next: `idle`.
    case streaming
  }

  package var phase = Phase.idle
  package var id: ReplyID?
  /// What the reply answers: the leaf when it was asked for; nil for the start of a conversation.
  package var parent: MessageID?
  /// The reply that this one is to stand beside, which comes back when no text comes.
  package var older: MessageID?
  /// The user's messages that count as unsent when no text comes.
  package var questions: [MessageID] = []
  /// Whether text has come.
  package var hasBegun = false
  /// Uptime in milliseconds at which the reply was asked for, and at which its text began.
  package var startedAt: Int64 = 0
  package var firstTextAt: Int64?
  /// The present, as the last event told it.
  package var now: Int64 = 0
  package var details: ReplyDetails?
  /// Deltas that came, as a measure of tokens until the server tells its own.
  package var deltaCount = 0
  /// What came since the last write to the store.
  package var unflushed: [PartFragment] = []
  package var flushedAt: Int64 = 0
  /// How the last reply ended; nil while one is on its way, and before the first.
  package var outcome: ReplyOutcome?

  package init() {}

  package var isIdle: Bool { phase == .idle }

  /// Forgets the reply; the present and the last outcome stay.
  package mutating func clear() {
    let (now, outcome) = (now, outcome)
    self = ReplyState()
    self.now = now
    self.outcome = outcome
  }

  /// Milliseconds since the reply was asked for.
  package var elapsed: Int64 { max(0, now - startedAt) }

  /// Tokens a second since the first text, by the deltas counted.
  package var tokensPerSecond: Double? {
    guard let firstTextAt, now > firstTextAt + 200 else { return nil }
    return Double(deltaCount) * 1000 / Double(now - firstTextAt)
  }
}
