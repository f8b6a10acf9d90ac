import ChatEngine
package import Language

/// One line between the transcript and the composer: what happened, and what can be done.
package struct Notice: Equatable, Sendable {
  /// How much it matters.
  package enum Kind: Sendable {
    case information
    case warning
    case error
  }

  /// What a notice speaks of where it is untrue as soon as that ends.
  package enum Topic: Sendable {
    /// The matches of `/find`.
    case find
    /// How far the vectors of a search by meaning are.
    case meaning
    /// That the next Ctrl-C quits.
    case quitting
    /// That a reply is still coming, behind which the same line can be entered.
    case replyComing
    /// That a part of a reply cannot be kept.
    case loss
    /// What a server is being asked.
    case asking
    /// How a command is written that was called wrongly.
    case usage
    /// What of the request under way is sent otherwise, or not at all.
    case adaptation
  }

  package var kind: Kind
  package var phrase: Phrase
  /// Commands that a key accepts, best first; at most nine.
  package var offers: [Offer]
  package var topic: Topic?

  package init(_ kind: Kind, _ phrase: Phrase, offers: [Offer] = [], topic: Topic? = nil) {
    self.kind = kind
    self.topic = topic
    self.phrase = phrase
    self.offers = Array(offers.prefix(9))
  }
}
