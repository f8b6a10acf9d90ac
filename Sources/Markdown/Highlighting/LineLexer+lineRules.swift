/// Languages in which the start of a line tells what it is.
extension LineLexer {
  mutating func readLineStart() {
    switch lexicon.syntax.lineRule {
    case .none, .colonKeys, .markup:
      if lexicon.syntax.hasCommands { readPrompt() }
    case .prompts: readPrompt()
    case .diff: readDiff()
    case .markdown:
      if bytes.first == UInt8(ascii: "#") { consume(to: bytes.count, .heading) }
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
    consume(to: bytes.count, kind)
  }

  private func starts(with text: String) -> Bool { bytes.starts(with: text.utf8) }

  private mutating func readEqualsKey() {
    guard let start = bytes.firstIndex(where: { !$0.isBlank }) else { return }
    if bytes[start] == UInt8(ascii: "["), bytes.last == UInt8(ascii: "]") {
      consume(to: bytes.count, .heading)
      return
    }
    let end = wordEnd(from: start)
    guard bytes[end...].first(where: { !$0.isBlank }) == UInt8(ascii: "=") else { return }
    consume(to: start, .plain)
    consume(to: end, .key)
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
    if isRule { consume(to: name, .function) } else if isVariable { consume(to: name, .key) }
  }

  // MARK: - Ends

  /// What the end of a line tells of the next one.
  mutating func readLineEnd() {
    let syntax = lexicon.syntax
    if syntax.hasCommands, bytes.last == UInt8(ascii: "\\") { modes.append(.command) }
    guard syntax.hasPlainText, syntax.lineRule == .colonKeys, let start = blockStart else { return }
    modes.append(.block(indent: start))
  }

  /// The column that the lines of a block stand behind, where the line ends in `|` or `>`
  /// (YAML 1.2.2, 8.1).
  private var blockStart: Int? {
    guard
      let mark = bytes.lastIndex(where: { !"+-".utf8.contains($0) && !$0.isDigit && !$0.isBlank }),
      "|>".utf8.contains(bytes[mark]), mark > 0, bytes[mark - 1].isBlank
    else { return nil }
    let before = bytes[..<mark].last { !$0.isBlank }
    guard before == UInt8(ascii: ":") || before == UInt8(ascii: "-") else { return nil }
    let isKey = before == UInt8(ascii: ":")
    return bytes.firstIndex { !$0.isBlank && (!isKey || $0 != UInt8(ascii: "-")) }
  }
}
