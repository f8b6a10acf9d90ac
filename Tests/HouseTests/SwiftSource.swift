/// A Swift text with its comments and strings told apart from its code.
///
/// It knows as much of the grammar (The Swift Programming Language, "Lexical Structure") as the
/// house's rules need: nested comments, plain, raw and multi-line strings, and code inside an
/// interpolation. Regular expression literals are not known; the house writes none.
struct SwiftSource: Sendable {
  let text: [UInt8]
  /// The text with comments and the words of strings blanked: same length, same lines.
  let code: [UInt8]
  /// The string literals, by their start.
  let literals: [StringLiteral]
  /// The text's lines, as they are.
  let lines: [String]
  /// The lines without comments and the words of strings.
  let codeLines: [String]

  init(_ string: String) {
    text = Array(string.utf8)
    var lexer = SwiftLexer(text)
    lexer.readFile()
    code = lexer.code
    literals = lexer.literals.sorted { $0.range.lowerBound < $1.range.lowerBound }
    lines = Self.lines(of: text)
    codeLines = Self.lines(of: code)
  }

  /// The number of the line, from 1 on, in which the byte at `offset` stands.
  func line(at offset: Int) -> Int {
    1 + text[..<offset].count { $0 == UInt8(ascii: "\n") }
  }

  private static func lines(of bytes: [UInt8]) -> [String] {
    bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map {
      String(decoding: $0, as: UTF8.self)
    }
  }
}

/// A string literal as it is written.
struct StringLiteral: Sendable {
  enum Piece: Equatable, Sendable {
    /// Text between interpolations, escapes and indentation not yet taken away.
    case text([UInt8])
    case interpolation
  }

  /// From the first `#` or `"` to the last.
  let range: Range<Int>
  let pieces: [Piece]
  /// How many `#` stand on each side.
  let hashes: Int
  let isMultiLine: Bool
}
