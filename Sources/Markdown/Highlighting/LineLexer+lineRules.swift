/// Languages in which the start of a line tells what it is.
extension LineLexer {
  mutating func readLineStart() {
    switch lexicon.syntax.lineRule {
    case .none, .colonKeys, .markup: break
    case .diff: readDiff()
    case .markdown:
      if bytes.first == UInt8(ascii: "#") { take(to: bytes.count, .heading) }
    case .equalsKeys: readEqualsKey()
    case .makefile: readRule()
    }
  }

  private mutating func readDiff() {
    let kind: CodeKind =
      switch bytes.first {
      case _ where starts(with: "+++") || starts(with: "---"): .heading
      case UInt8(ascii: "+"), UInt8(ascii: ">"): .inserted
      case UInt8(ascii: "-"), UInt8(ascii: "<"): .deleted
      case UInt8(ascii: "@"): .attribute
      case UInt8(ascii: " "), nil: .plain
      default: starts(with: "diff ") || starts(with: "index ") ? .heading : .plain
      }
    take(to: bytes.count, kind)
  }

  private func starts(with text: String) -> Bool { bytes.starts(with: text.utf8) }

  private mutating func readEqualsKey() {
    guard let start = bytes.firstIndex(where: { !$0.isBlank }) else { return }
    if bytes[start] == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") {
      take(to: bytes.count, .heading)
      return
    }
    let end = wordEnd(from: start)
    guard bytes[end...].first(where: { !$0.isBlank }) == UInt8(ascii: "=") else { return }
    take(to: start, .plain)
    take(to: end, .key)
  }

  /// A makefile's `name:` or `NAME =`, `:=`, `?=`, `+=`.
  private mutating func readRule() {
    let end = bytes.firstIndex { byte in
      !lexicon[byte].contains(.word) && !"/%.$(){} ".utf8.contains(byte)
    }
    guard let end, let first = bytes.first, !first.isBlank else { return }
    let isRule = bytes[end] == UInt8(ascii: ":") && bytes[(end + 1)...].first != UInt8(ascii: "=")
    let isVariable = ":?+=".utf8.contains(bytes[end])
    let name = bytes[..<end].lastIndex { !$0.isBlank }.map { $0 + 1 } ?? end
    if isRule { take(to: name, .function) } else if isVariable { take(to: name, .key) }
  }

  /// Reads `<name`, `</name`.
  mutating func readTag() {
    var start = position + 1
    if start < bytes.count, bytes[start] == UInt8(ascii: "/") { start += 1 }
    take(to: start, .plain)
    take(to: wordEnd(from: start), .key)
  }
}
