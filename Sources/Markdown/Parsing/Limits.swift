/// Bounds on what the parser is shown, for inputs that cost cmark (0.29.0.gfm.6) quadratic time
/// and that nobody writes to be read.
struct Limits {
  /// Quotes and lists opened by one line.
  static let containers = 64
  /// Delimiters, or closing parentheses behind an address, in one run.
  static let run = 64
  /// Brackets that are open at a time.
  private static let brackets = 64
  /// At signs in one line, each of which may be a mail address for cmark.
  private static let atSigns = 64
  /// Bars in one line, each of which may end a table's cell.
  private static let bars = 256
  /// Cells of a table that its rows do not have, but its header makes them have.
  private static let missingCells = 50_000
  /// Environments of a formula that have no end, each of which is looked for.
  private static let openEnvironments = 64
  /// Bytes of all addresses together that a definition may be expanded to.
  static let expansion = 8_000_000

  private var openBrackets = 0
  private var openEnvironments = 0
  private var closers = 0
  private var atSigns = 0
  private var bars = 0
  /// The end of the lines that were last searched for rows, and what was found there.
  private var rowsEnd = 0
  private var rows = (count: 0, bars: 0)

  mutating func startLine() {
    atSigns = 0
    bars = 0
    openBrackets /= 2
  }

  var mayOpenEnvironment: Bool { openEnvironments < Self.openEnvironments }

  mutating func leaveEnvironmentOpen() { openEnvironments += 1 }

  /// Whether the character at `index` goes beyond the bounds and is to be hidden.
  mutating func tames(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
    switch text[index] {
    case UInt8(ascii: "["):
      openBrackets += 1
      return openBrackets > Self.brackets
    case UInt8(ascii: "]"):
      openBrackets = max(0, openBrackets - 1)
      return false
    case UInt8(ascii: "@"):
      atSigns += 1
      return atSigns > Self.atSigns
    case UInt8(ascii: "|"):
      bars += 1
      return bars > Self.bars
    case UInt8(ascii: ")"):
      closers = index > text.startIndex && text[index - 1] == text[index] ? closers + 1 : 1
      return closers > Self.run
    default:
      return isDeclaration(text, index)
    }
  }

  /// `<?` and `<!` inside a line, but for a comment: HTML is shown as text anyway.
  private func isDeclaration(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
    guard index > text.startIndex, text[index - 1] != UInt8(ascii: "\n"),
      let next = text[(index + 1)...].first
    else { return false }
    return (next == UInt8(ascii: "?") || next == UInt8(ascii: "!")) && !isComment(text[index...])
  }

  /// Whether a comment stands here that ends in its line, as CommonMark (0.29, 6.10) has it.
  ///
  /// The next two hyphens must end it, so that no character is looked at often.
  private func isComment(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.starts(with: "<!--".utf8) else { return false }
    let hyphen = UInt8(ascii: "-")
    let inside = text.dropFirst(4)
    let end = inside.indices.first {
      inside[$0] == UInt8(ascii: "\n")
        || inside[$0] == hyphen && inside[($0 + 1)...].first == hyphen
    }
    guard let end else { return false }
    return inside[end...].starts(with: "-->".utf8)
  }

  /// Whether `line`, if it is a table's delimiter row, makes a table that is mostly empty cells.
  mutating func tamesTable(_ line: Range<Int>, in text: ArraySlice<UInt8>) -> Bool {
    let columns = text[line].count { $0 == UInt8(ascii: "|") }
    guard columns > 16, text[line].allSatisfy(\.isDelimiterRow) else { return false }
    if line.lowerBound >= rowsEnd { countRows(from: line.lowerBound, in: text) }
    return columns * rows.count - rows.bars > Self.missingCells
  }

  /// Counts the lines up to the next blank one, and the bars in them.
  private mutating func countRows(from start: Int, in text: ArraySlice<UInt8>) {
    rows = (0, 0)
    rowsEnd = text.endIndex
    var previous: UInt8 = 0
    for index in start..<text.endIndex {
      let byte = text[index]
      if byte == UInt8(ascii: "|") { rows.bars += 1 }
      if byte == UInt8(ascii: "\n") {
        guard previous != byte else {
          rowsEnd = index
          return
        }
        rows.count += 1
      }
      previous = byte
    }
  }
}

extension UInt8 {
  fileprivate var isDelimiterRow: Bool {
    isSpace || self == UInt8(ascii: "|") || self == UInt8(ascii: "-") || self == UInt8(ascii: ":")
  }
}
