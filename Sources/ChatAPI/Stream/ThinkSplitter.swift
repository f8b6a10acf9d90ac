/// Parts a reply that opens with `<think>…</think>` into reasoning and answer.
///
/// Local servers pass on what a reasoning model writes, tags included. Only a tag at the very start
/// (behind blanks) counts: one further down is part of the answer.
struct ThinkSplitter: Sendable {
  private static let opening = "<think>"
  private static let closing = "</think>"

  private enum State {
    /// Nothing but blanks, or the start of the tag, has come. Next: `reasoning`, `answer`.
    case start
    /// Inside the tags. Next: `gap`.
    case reasoning
    /// Behind the closing tag, where blanks are left out. Next: `answer`.
    case gap
    /// The end state.
    case answer
  }

  private var state = State.start
  /// Text that may belong to a tag that has not come whole.
  private var held = ""

  /// Takes the next piece of text; what of it is reasoning, and what is answer.
  mutating func feed(_ piece: String) -> (reasoning: String, answer: String) {
    if state == .answer { return ("", piece) }
    held += piece
    var reasoning = ""
    if state == .start { open() }
    if state == .reasoning { reasoning = takeReasoning() }
    if state == .gap { closeGap() }
    guard state == .answer else { return (reasoning, "") }
    defer { held = "" }
    return (reasoning, held)
  }

  /// Ends the reply; what was held back.
  mutating func finish() -> (reasoning: String, answer: String) {
    defer { held = "" }
    return state == .reasoning ? (held, "") : ("", state == .gap ? "" : held)
  }

  private mutating func open() {
    let text = held.drop(while: \.isWhitespace)
    if text.hasPrefix(Self.opening) {
      held = String(text.dropFirst(Self.opening.count))
      state = .reasoning
    } else if !Self.opening.hasPrefix(text) {
      state = .answer
    }
  }

  private mutating func takeReasoning() -> String {
    if let tag = held.range(of: Self.closing) {
      defer { held.removeSubrange(..<tag.upperBound) }
      state = .gap
      return String(held[..<tag.lowerBound])
    }
    let kept = held.lengthOfSuffix(opening: Self.closing)
    defer { held = String(held.suffix(kept)) }
    return String(held.dropLast(kept))
  }

  private mutating func closeGap() {
    held = String(held.drop(while: \.isWhitespace))
    if !held.isEmpty { state = .answer }
  }
}

extension String {
  /// Where `other` first stands, compared byte by byte.
  fileprivate func range(of other: String) -> Range<Index>? {
    var start = utf8.startIndex
    while let candidate = utf8[start...].firstIndex(of: UInt8(ascii: "<")) {
      if utf8[candidate...].starts(with: other.utf8) {
        return candidate..<utf8.index(candidate, offsetBy: other.utf8.count)
      }
      start = utf8.index(after: candidate)
    }
    return nil
  }

  /// How many characters at the end could be the start of `tag`.
  fileprivate func lengthOfSuffix(opening tag: String) -> Int {
    (1..<tag.count).reversed().first { count in
      utf8.count >= count && utf8.suffix(count).elementsEqual(tag.utf8.prefix(count))
    } ?? 0
  }
}
