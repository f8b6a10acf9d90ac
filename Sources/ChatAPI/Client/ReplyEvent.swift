package import Conversation
package import Language

/// What happens while a reply is asked for, in the order in which it happens.
package enum ReplyEvent: Equatable, Sendable {
  /// A connection is being made; again for each attempt.
  case connecting
  /// The request leaves; nothing of the reply is there yet.
  case waiting
  /// Something that was set is sent otherwise, or not at all; once for each model and client.
  case adapted(Phrase)
  /// The attempt failed; the next one, number `attempt` of retries from 1, follows after a delay.
  case retrying(attempt: Int, after: Duration, because: Phrase)
  /// More of the answer: everything that one read brought, joined from `deltas`. Never empty.
  case text(String, deltas: Int = 1)
  /// More of the model's visible reasoning. Never empty.
  case reasoning(String, deltas: Int = 1)
  /// More of a refusal, which stands in the answer's place. Never empty.
  case refusal(String, deltas: Int = 1)
  /// All text and reasoning so far belongs to this channel: a model's thoughts turned out to have had
  /// no opening tag, or what was taken for thoughts to be the answer.
  case reclassified(ReplyChannel)
  case systemFingerprint(String)
  /// At most once, when the reply is over, also when it broke off.
  case usage(TokenUsage)
  /// The whole completion as its JSON text, of a reply that was not streamed; before its text.
  case responseObject(String)
  /// The end of a whole reply, and the reason as far as the server gave one.
  case finished(FinishReason?)
}

/// The two kinds of text of a reply.
package enum ReplyChannel: Equatable, Sendable {
  case answer
  case reasoning
}
