package import Language
package import ModelCatalog

extension TokenEstimate {
  /// “765 tok”, “≈90 tok”, “tokens unknown”.
  package var phrase: Phrase {
    switch self {
    case .exact(let tokens): say("\(Self.short(tokens)) tok")
    case .approximate(let tokens): say("≈\(Self.short(tokens)) tok")
    case .unknown: say("tokens unknown")
    }
  }

  /// The same in English.
  package var text: String { phrase.text() }

  /// `765`, `3.1k`, `120k`, `1.2M`.
  package static func short(_ tokens: Int) -> String {
    switch tokens {
    case ..<1000: "\(tokens)"
    case ..<10_000: "\(tokens / 1000).\(tokens % 1000 / 100)k"
    case ..<1_000_000: "\(tokens / 1000)k"
    default: "\(tokens / 1_000_000).\(tokens % 1_000_000 / 100_000)M"
    }
  }
}
