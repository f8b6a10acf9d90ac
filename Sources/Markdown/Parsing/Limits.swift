/// Bounds on what the parser is shown, for inputs that cost cmark (0.29.0.gfm.6) quadratic time
/// and that nobody writes to be read.
struct Limits {
  /// Quotes and lists opened by one line.
  static let containers = 64
  /// Delimiters in one run.
  static let run = 64
  /// Brackets that are open at a time.
  private static let brackets = 64
  /// At signs in one line, each of which cmark takes for a mail address.
  private static let atSigns = 64

  private var openBrackets = 0
  private var atSignsInLine = 0
  private var lineStart = true

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
      atSignsInLine += 1
      return atSignsInLine > Self.atSigns
    default:
      return isDeclaration(text, index)
    }
  }

  mutating func startLine() {
    atSignsInLine = 0
    openBrackets /= 2
  }

  /// `<?` and `<!` inside a line: HTML is shown as text anyway.
  private func isDeclaration(_ text: ArraySlice<UInt8>, _ index: Int) -> Bool {
    guard index > text.startIndex, text[index - 1] != UInt8(ascii: "\n"),
      let next = text[(index + 1)...].first
    else { return false }
    return next == UInt8(ascii: "?") || next == UInt8(ascii: "!")
  }
}
