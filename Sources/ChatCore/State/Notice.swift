package import Language

/// One line between the transcript and the composer: what happened, and what can be done.
package struct Notice: Equatable, Sendable {
  /// How much it matters.
  package enum Kind: Sendable {
    case information
    case warning
    case error
  }

  package var kind: Kind
  package var phrase: Phrase
  /// Commands that a key accepts, best first; at most nine.
  package var offers: [String]

  package init(_ kind: Kind, _ phrase: Phrase, offers: [String] = []) {
    self.kind = kind
    self.phrase = phrase
    self.offers = Array(offers.prefix(9))
  }
}
