/// How many tokens something will be counted as, and how far that is to be believed.
package enum TokenEstimate: Hashable, Sendable {
  /// By a published rule that has been checked; a bill may still differ by one.
  case exact(Int)
  /// By a rule of thumb, or where published rules contradict each other: shown with "≈".
  case approximate(Int)
  case unknown

  /// The number, however sure; nil where unknown.
  package var tokens: Int? {
    switch self {
    case .exact(let tokens), .approximate(let tokens): tokens
    case .unknown: nil
    }
  }

  /// A sum is no surer than its least sure part.
  package static func + (left: Self, right: Self) -> Self {
    switch (left, right) {
    case (.exact(let left), .exact(let right)): .exact(left + right)
    case (.unknown, _), (_, .unknown): .unknown
    default: .approximate((left.tokens ?? 0) + (right.tokens ?? 0))
    }
  }
}

extension TokenEstimate {
  /// What a message costs beside its text: the marks around it and its role (OpenAI Cookbook,
  /// "How to count tokens with tiktoken", `tokens_per_message` of 3, and one for the role).
  package static let perMessage = TokenEstimate.approximate(4)

  /// A guess at the tokens of `text`, without the model's own dictionary.
  ///
  /// Our own rule of thumb, meant to be within a third either way for prose: four ASCII characters
  /// make a token, two of another alphabet, one of Chinese, Japanese or Korean, and an emoji two.
  ///
  /// - Complexity: linear in the text's length.
  package static func ofText(_ text: String) -> TokenEstimate {
    let quarters = text.unicodeScalars.reduce(0) { $0 + $1.quarterTokens }
    return .approximate((quarters + 3) / 4)
  }
}

extension Unicode.Scalar {
  /// The weight of a scalar in text, in quarters of a token.
  fileprivate var quarterTokens: Int {
    switch value {
    case ..<0x80: 1
    case 0x2E80...0xD7FF, 0xF900...0xFAFF, 0xFF00...0xFFEF, 0x20000...0x3FFFF: 4
    case 0x10000...: 8
    default: 2
    }
  }
}
