/// Words, numbers and what begins with a sigil.
extension LineLexer {
  mutating func readWord() {
    let start = position
    let end = wordEnd(from: start)
    take(to: end, kind(ofWord: start..<end))
  }

  func wordEnd(from start: Int) -> Int {
    var end = start
    while end < bytes.count, lexicon[bytes[end]].contains(.word) { end += 1 }
    return end
  }

  private func kind(ofWord range: Range<Int>) -> CodeKind {
    if isKey(end: range.upperBound), isSpaced(colonAt: range.upperBound) { return .key }
    let kind = lexicon.kind(of: bytes[range])
    guard kind == .plain, lexicon.syntax.hasCalls, range.upperBound < bytes.count,
      bytes[range.upperBound] == UInt8(ascii: "(")
    else { return kind }
    return .function
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
    while end < bytes.count, goesOn(end) { end += 1 }
    take(to: end, .number)
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
  mutating func takesSigil() -> Bool {
    let next = position + 1
    guard next < bytes.count, position == 0 || !lexicon[bytes[position - 1]].contains(.word),
      position == 0 || bytes[position - 1] != bytes[position]
    else { return false }
    if bytes[next] == UInt8(ascii: "{"), bytes[position] == UInt8(ascii: "$") {
      let end = bytes[next...].firstIndex(of: UInt8(ascii: "}")).map { $0 + 1 }
      take(to: end ?? bytes.count, .attribute)
      return true
    }
    let end = wordEnd(from: next)
    guard end > next else { return false }
    take(to: end, .attribute)
    return true
  }
}
