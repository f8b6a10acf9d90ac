/// Words, numbers and what begins with a sigil.
extension LineLexer {
  mutating func readWord() {
    let start = position
    let end = wordEnd(from: start)
    consume(to: end, kind(ofWord: start..<end))
  }

  func wordEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, lexicon[bytes[end]].contains(.word) { end += 1 }
    return end
  }

  private func kind(ofWord range: Range<Int>) -> CodeKind {
    if isKey(end: range.upperBound), isSpaced(colonAt: range.upperBound) { return .key }
    if lexicon.syntax.hasPlainText, !isWhole(range) { return .plain }
    var kind = lexicon.kind(of: bytes[range])
    // Where commands are told, a keyword that stands behind one is a word like any other.
    if lexicon.syntax.hasCommands, !bytes[range].elementsEqual("in".utf8) { kind = .plain }
    let isCall = lexicon.syntax.hasCalls && kind == .plain && isCalled(range.upperBound)
    return isCall ? .function : kind
  }

  /// Whether arguments follow.
  private func isCalled(_ end: Int) -> Bool {
    let rest = bytes[end...].prefix(2)
    if rest.first == UInt8(ascii: "(") { return true }
    return lexicon.syntax.hasMacros && rest.first == UInt8(ascii: "!")
      && "([{".utf8.contains(rest.last ?? 0)
  }

  /// Whether a word is all of a value, not one of several words of a text.
  private func isWhole(_ range: Range<Int>) -> Bool {
    let after = bytes[range.upperBound...].first { !$0.isBlank }
    return startsValue(range.lowerBound) && (after == nil || ",]}#;".utf8.contains(after ?? 0))
  }

  /// Whether a value may begin at a place.
  private func startsValue(_ start: Int) -> Bool {
    let before = bytes[..<start].lastIndex { !$0.isBlank }
    guard let before else { return true }
    let isSign = "-:".utf8.contains(bytes[before])
    return isSign ? before + 1 < start || before == 0 : ",[{=".utf8.contains(bytes[before])
  }

  /// Whether a colon follows what ends here, in a language of keys.
  func isKey(end: Int) -> Bool {
    guard lexicon.syntax.lineRule == .colonKeys else { return false }
    return bytes[end...].first { !$0.isBlank } == UInt8(ascii: ":")
  }

  /// Whether the colon behind a word is followed by space, unlike that of `http://`.
  private func isSpaced(colonAt end: Int) -> Bool {
    guard let colon = bytes[end...].firstIndex(of: UInt8(ascii: ":")) else { return false }
    return bytes[(colon + 1)...].first?.isBlank ?? true
  }

  mutating func readNumber() {
    var end = position + 1
    guard !lexicon.syntax.hasPlainText else { return readPlainNumber() }
    while end < bytes.count, goesOn(end) { end += 1 }
    consume(to: end, .number)
  }

  /// Reads a number, a version or a date that is all of a value, with its sign.
  private mutating func readPlainNumber() {
    let end =
      bytes[position...].firstIndex { !lexicon[$0].contains(.word) && !"+:.".utf8.contains($0) }
      ?? bytes.count
    let isSigned = position > 0 && "+-".utf8.contains(bytes[position - 1])
    if isKey(end: wordEnd(from: position)), isSpaced(colonAt: wordEnd(from: position)) {
      return consume(to: wordEnd(from: position), .key)
    }
    consume(to: end, isWhole((isSigned ? position - 1 : position)..<end) ? .number : .plain)
  }

  /// Whether a number goes on: a point needs a digit behind it, a sign an exponent before it.
  private func goesOn(_ index: Int) -> Bool {
    let byte = bytes[index]
    if byte.isDigit || byte.isLetter || byte == UInt8(ascii: "_") { return true }
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    guard next.isDigit else { return false }
    switch byte {
    case UInt8(ascii: "."), UInt8(ascii: "'"): return true
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      return bytes[index - 1] | 0x20 == UInt8(ascii: "e") && bytes[position] != UInt8(ascii: "0")
    default: return false
    }
  }

  /// Reads a sigil with its word, or with braces; returns false if nothing belongs to it.
  ///
  /// Inside a text it may stand behind a letter.
  mutating func takesSigil(isInText: Bool = false) -> Bool {
    let next = position + 1
    guard next < bytes.count, isInText || mayOpenName else { return false }
    if bytes[next] == UInt8(ascii: "{"), bytes[position] == UInt8(ascii: "$") {
      let end = bytes[next...].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 }
      consume(to: end ?? bytes.count, .attribute)
      return true
    }
    var end = wordEnd(from: next)
    // The shell's own variables: `$?`, `$@`, `$1`.
    if end == next, lexicon.syntax.hasCommands, "?@*#$!-".utf8.contains(bytes[next]) { end += 1 }
    guard end > next else { return false }
    consume(to: end, .attribute)
    return true
  }

  private var mayOpenName: Bool {
    guard !lexicon.syntax.hasPlainText else { return startsValue(position) }
    guard position > 0 else { return true }
    let before = bytes[position - 1]
    return !lexicon[before].contains(.word) && before != bytes[position]
  }
}
