package import Conversation
package import Language

/// A reply is known by the identifier that its message has, or will have.
package typealias ReplyID = MessageID

/// What a reply in flight reports, in order.
package enum ReplyEvent: Equatable, Sendable {
  case connecting
  /// The request has been sent; nothing has come back.
  case waiting
  /// `deadline` is the uptime in milliseconds at which the next try begins.
  case retrying(attempt: Int, deadline: Int64, because: Phrase)
  /// The server refused a parameter that Iris now leaves out.
  case adapted(Phrase)
  /// More of the reply, in so many pieces of the server's.
  case text(String, deltas: Int = 1)
  case reasoning(String, deltas: Int = 1)
  case refusal(String, deltas: Int = 1)
  /// All that came so far is reasoning, or all of it is the answer.
  case reclassified(isReasoning: Bool)
  case usage(TokenUsage)
  case fingerprint(String)
  /// The whole response as its JSON text, of a reply that was not streamed; before its text.
  case object(String)
  case finished(FinishReason?)
  case failed(ReplyFailure)
}

/// Why there is no (whole) reply.
package struct ReplyFailure: Equatable, Sendable {
  /// What kind of help to offer.
  package enum Kind: Equatable, Sendable {
    /// `index` counts the request's pictures from 0; nil where the server did not say which.
    case pictureRefused(index: Int?)
    /// Messages of one role follow each other, which the server does not take.
    case turnsRefused
    /// The request has more pictures than the server was learned to take; nothing was sent.
    case pictureLimit
    case contextTooLong
    case keyRefused
    case modelUnknown
    /// The server takes no more requests for now.
    case rateLimited
    case unreachable
    /// A picture of the request could not be made ready; nothing was sent.
    case pictureUnusable
    /// The request itself is none that could be sent.
    case unsendable
    /// The stream ended before it said so.
    case cutOff
    case other
  }

  package var kind: Kind
  package var phrase: Phrase

  package init(kind: Kind, phrase: Phrase) {
    self.kind = kind
    self.phrase = phrase
  }
}
