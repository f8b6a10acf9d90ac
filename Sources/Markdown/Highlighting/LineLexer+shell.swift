/// Commands of a shell: the first word of each, and prompts.
extension LineLexer {
  /// Reads the name of a command, or of the variable that a value is assigned to.
  mutating func takesCommand() -> Bool {
    let byte = bytes[position]
    guard lexicon[byte].contains(.wordStart) || "./~".utf8.contains(byte), isApart else {
      return false
    }
    let end = bytes[position...].firstIndex { !isPartOfName($0) } ?? bytes.count
    let word = bytes[position..<end]
    let rest = bytes[end...]
    guard rest.first != UInt8(ascii: "="), !rest.starts(with: "+=".utf8) else {
      consume(to: end, .key)
      return true
    }
    let isKeyword = lexicon.kind(of: word) == .keyword
    expectsCommand = isKeyword && Self.introducers.contains(String(decoding: word, as: UTF8.self))
    let isName = word.contains { lexicon[$0].contains(.word) }
    consume(to: max(end, position + 1), isKeyword ? .keyword : isName ? .function : .plain)
    return true
  }

  /// Whether a word may begin here: nothing but space or a sign stands before it.
  private var isApart: Bool {
    guard position > 0 else { return true }
    return bytes[position - 1].isBlank || "|&;({!`".utf8.contains(bytes[position - 1])
  }

  private func isPartOfName(_ byte: UInt8) -> Bool {
    lexicon[byte].contains(.word) || "./~+@%:".utf8.contains(byte)
  }

  /// Keywords that a command follows.
  private static let introducers = words("if then elif else while until do time exec eval sudo")

  /// Whether a command may follow a sign.
  func mayStartCommand(behind byte: UInt8) -> Bool {
    let before = position > 0 ? bytes[position - 1] : 0
    let after = position + 1 < bytes.count ? bytes[position + 1] : 0
    switch byte {
    case UInt8(ascii: "|"), UInt8(ascii: ";"), UInt8(ascii: "`"), UInt8(ascii: "!"),
      UInt8(ascii: "{"):
      return true
    case UInt8(ascii: "("): return before != UInt8(ascii: "=")
    case UInt8(ascii: "&"): return before != UInt8(ascii: ">") && after != UInt8(ascii: ">")
    default: return (byte.isBlank || byte == UInt8(ascii: "=")) && expectsCommand
    }
  }

  /// Reads `$ ` at the start of a line; without one it was printed, where prompts are told apart.
  mutating func readPrompt() {
    let start = bytes.firstIndex { !$0.isBlank } ?? 0
    let isPrompt =
      bytes[start...].count > 1 && bytes[start + 1].isBlank
      && (bytes[start] == UInt8(ascii: "$") || bytes[start] == UInt8(ascii: "%"))
    if isPrompt {
      consume(to: start + 2, .comment)
    } else if lexicon.syntax.lineRule == .prompts {
      consume(to: bytes.count, .plain)
    }
  }
}
