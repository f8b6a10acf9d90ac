package import Conversation
package import Language

/// A reply is known by the identifier that its message has, or will have.
package typealias ReplyID = MessageID

/// Why there is no (whole) reply.
package struct ReplyFailure: Equatable, Sendable {
  /// What kind of help to offer.
  package enum Kind: Equatable, Sendable {
    /// `index` counts the request's pictures from 0; nil where the server did not say which.
    case pictureRefused(index: Int?)
    /// Messages of one role follow each other, which the server does not take.
    case turnsRefused
    /// The question has more pictures than the model takes, which are so many, 0 for none at all, and nil
    /// where the server did not say; `isLearned` says that it is known from before, and nothing was sent.
    case pictureLimit(Int?, isLearned: Bool)
    case contextTooLong
    /// The model has no room for so many tokens of reply.
    case replyLimitTooHigh
    /// The words themselves are not taken: the same would be refused again.
    case promptRefused
    case keyRefused
    case modelUnknown
    /// A library that the model shall search is not on the server; nothing was sent.
    case libraryMissing
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
