/// A sentence that a user can see, kept apart from the language it is shown in.
///
/// The English text is written where the sentence is needed, as an interpolated literal inside
/// ``say(_:)``; it is also the key of the other languages' catalogues, with `%@` standing for each
/// argument (as gettext does, GNU gettext manual §1.3). `%%` in a key is a percent sign; a
/// translation may also name an argument by its place, `%1` to `%9`.
package struct Phrase: Hashable, Sendable {
  /// What stands in the place of one `%@` of the key.
  package enum Argument: Hashable, Sendable {
    case text(String)
    case phrase(Phrase)
  }

  /// The English text with `%@` for each argument.
  package let key: String
  package let arguments: [Argument]

  package init(key: String, arguments: [Argument]) {
    self.key = key
    self.arguments = arguments
  }
}

extension Phrase {
  /// A text that is the same in every language: a name, a number, what somebody wrote.
  package static func verbatim(_ text: String) -> Phrase {
    Phrase(key: "%@", arguments: [.text(text)])
  }
}

/// Marks a literal as a sentence for users, so that the catalogue's test finds it in the source.
package func say(_ phrase: Phrase) -> Phrase { phrase }

extension Phrase: ExpressibleByStringInterpolation {
  package init(stringLiteral value: String) {
    self.init(key: value.escapingPercent, arguments: [])
  }

  package init(stringInterpolation: StringInterpolation) {
    self.init(key: stringInterpolation.key, arguments: stringInterpolation.arguments)
  }

  /// Collects a literal's pieces into a key and its arguments.
  package struct StringInterpolation: StringInterpolationProtocol {
    var key = ""
    var arguments: [Argument] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      key.reserveCapacity(literalCapacity + interpolationCount)
      arguments.reserveCapacity(interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) {
      key += literal.escapingPercent
    }

    package mutating func appendInterpolation(_ phrase: Phrase) {
      key += "%@"
      arguments.append(.phrase(phrase))
    }

    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      key += "%@"
      arguments.append(.text(value.description))
    }
  }
}

extension String {
  fileprivate var escapingPercent: String {
    contains("%") ? reduce(into: "") { $0 += $1 == "%" ? "%%" : String($1) } : self
  }
}
