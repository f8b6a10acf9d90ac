/// Walks over a Swift text once, blanking comments and strings and collecting the strings.
struct SwiftLexer {
  private let text: [UInt8]
  private var index = 0
  private(set) var code: [UInt8]
  private(set) var literals: [StringLiteral] = []

  /// Whether a byte means something to the lexer outside a string: a quick way past all others,
  /// because the tests read the whole house without optimization.
  private let isMark: [Bool] = {
    var table = Array(repeating: false, count: 256)
    for byte in "/`\"#()".utf8 { table[Int(byte)] = true }
    return table
  }()
  private let newline = UInt8(ascii: "\n")
  private let space = UInt8(ascii: " ")
  private let quote = UInt8(ascii: "\"")
  private let backslash = UInt8(ascii: "\\")

  init(_ text: [UInt8]) {
    self.text = text
    code = text
  }

  mutating func readFile() {
    while index < text.count { readCode() }
  }

  /// Reads code up to the end, or up to the parenthesis that closes an interpolation.
  private mutating func readCode(insideInterpolation: Bool = false) {
    var depth = 0
    while index < text.count {
      guard isMark[Int(text[index])] else {
        index += 1
        continue
      }
      switch text[index] {
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "/"): blankLine()
      case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): blankComment()
      case UInt8(ascii: "`"): skipIdentifier()
      case UInt8(ascii: "\""), UInt8(ascii: "#"): readStringOrSkip()
      case UInt8(ascii: "("):
        depth += 1
        index += 1
      case UInt8(ascii: ")"):
        index += 1
        if depth == 0, insideInterpolation { return }
        depth -= 1
      default: index += 1
      }
    }
  }

  private func peek(_ distance: Int) -> UInt8? {
    index + distance < text.count ? text[index + distance] : nil
  }

  private mutating func blank() {
    if text[index] != newline { code[index] = space }
    index += 1
  }

  private mutating func blankLine() {
    while index < text.count, text[index] != newline { blank() }
  }

  private mutating func blankComment() {
    var depth = 0
    repeat {
      let pair = (text[index], peek(1))
      if pair == (UInt8(ascii: "/"), UInt8(ascii: "*")) {
        depth += 1
        blank()
      } else if pair == (UInt8(ascii: "*"), UInt8(ascii: "/")) {
        depth -= 1
        blank()
      }
      blank()
    } while depth > 0 && index < text.count
  }

  private mutating func skipIdentifier() {
    index += 1
    while index < text.count, text[index] != UInt8(ascii: "`") { index += 1 }
    index += 1
  }
}

extension SwiftLexer {
  private mutating func readStringOrSkip() {
    let start = index
    var hashes = 0
    while peek(hashes) == UInt8(ascii: "#") { hashes += 1 }
    guard peek(hashes) == UInt8(ascii: "\"") else {
      index += hashes
      return
    }
    let isMultiLine = isQuote(at: index + hashes, times: 3)
    index += hashes + (isMultiLine ? 3 : 1)
    let pieces = readPieces(hashes: hashes, quotes: isMultiLine ? 3 : 1)
    literals.append(
      StringLiteral(
        range: start..<index, pieces: pieces, hashes: hashes, isMultiLine: isMultiLine))
  }

  private func isQuote(at offset: Int, times: Int) -> Bool {
    text[min(offset, text.count)...].prefix(times).elementsEqual(
      repeatElement(UInt8(ascii: "\""), count: times))
  }

  private func areHashes(at offset: Int, times: Int) -> Bool {
    text[min(offset, text.count)...].prefix(times).elementsEqual(
      repeatElement(UInt8(ascii: "#"), count: times))
  }

  /// Reads up to the closing delimiter and past it.
  private mutating func readPieces(hashes: Int, quotes: Int) -> [StringLiteral.Piece] {
    var pieces: [StringLiteral.Piece] = []
    var words: [UInt8] = []
    while index < text.count {
      guard text[index] == quote || text[index] == backslash else {
        words.append(text[index])
        blank()
        continue
      }
      if isQuote(at: index, times: quotes), areHashes(at: index + quotes, times: hashes) {
        index += quotes + hashes
        break
      }
      let isEscape = text[index] == backslash && areHashes(at: index + 1, times: hashes)
      if isEscape, peek(1 + hashes) == UInt8(ascii: "(") {
        pieces += [.text(words), .interpolation]
        words = []
        index += hashes + 2
        readCode(insideInterpolation: true)
      } else {
        let length = isEscape ? 2 + hashes : 1
        words += text[index...].prefix(length)
        for _ in 0..<min(length, text.count - index) { blank() }
      }
    }
    return pieces + [.text(words)]
  }
}
