/// A piece of a reply in flight: more of the part at a place, which begins with its first piece.
package struct PartFragment: Hashable, Sendable {
  /// The kinds of part that arrive in pieces.
  package enum Kind: String, Sendable {
    case text
    case reasoning
  }

  /// The part's place in its message, from 0.
  package var ordinal: Int
  package var kind: Kind
  package var text: String

  package init(ordinal: Int, kind: Kind = .text, text: String) {
    self.ordinal = ordinal
    self.kind = kind
    self.text = text
  }
}

extension [PartFragment] {
  /// Adds to the last piece where that belongs to the same part, else as a piece of its own.
  package mutating func add(_ fragment: PartFragment) {
    guard let last, last.ordinal == fragment.ordinal, last.kind == fragment.kind else {
      append(fragment)
      return
    }
    self[count - 1].text += fragment.text
  }
}

extension [ContentPart] {
  /// Adds a piece to its part, which must be the last one, or begin behind it.
  ///
  /// A piece for any other place, as only damage can make it, becomes a part of its own at the end.
  package mutating func add(_ fragment: PartFragment) {
    guard !fragment.text.isEmpty else { return }
    if fragment.ordinal != count - 1 {
      append(fragment.kind == .text ? .text(fragment.text) : .reasoning(fragment.text))
      return
    }
    switch fragment.kind {
    case .text: append(text: fragment.text)
    case .reasoning: append(reasoning: fragment.text)
    }
  }
}
