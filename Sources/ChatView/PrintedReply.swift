package import ChatScreen
import Markdown
import Screen

/// A reply for a terminal that is written from top to bottom, as `iris ask` does it: Markdown laid
/// out as on the screen, in rows that end with line breaks.
///
/// A block is given once no further text can change it, so that nothing has to be written again: a
/// paragraph with the blank line below it, its rows before if it has no markup that could still
/// change them; of long code and tables, the pieces in which they come.
///
/// The rows are sanitised: their only escape sequences are those that set colours and attributes
/// (ECMA-48 §8.3.117, SGR).
package struct PrintedReply {
  private var body = MarkdownBody(isWhole: false, foresees: false)
  private let context: ViewContext
  private var text = ""
  /// The number of blocks that were printed whole.
  private var givenCount = 0
  /// The number of printed rows of the block that is next.
  private var givenRowCount = 0
  /// The size of the text, in bytes, at which its last paragraph is laid out again.
  private var nextLayout = 0

  /// A reply on a terminal of so many columns, whose last one stays free: a row that fills it would
  /// be followed by an empty one on some terminals.
  package init(_ capabilities: TerminalCapabilities) {
    var capabilities = capabilities
    let columns = max(20, capabilities.size.columns)
    // The layout keeps room for the names of roles, which are not printed.
    capabilities.size.columns = columns + (columns >= 51 ? 9 : 6)
    context = ViewContext(capabilities)
  }

  /// Takes more of the reply; gives the rows that are final by now.
  package mutating func append(_ piece: String) -> String {
    text += piece
    body.update(to: text)
    var rows = ""
    while givenCount < body.count, body.isFinal(givenCount) || nextIsEnded { rows += nextRows() }
    return rows + openRows()
  }

  /// The rows of the paragraph that is being written, but for the last, whose words may still move.
  private mutating func openRows() -> String {
    guard text.utf8.count >= nextLayout, givenCount + 1 == body.count,
      case .paragraph = body[givenCount].content, isPlain
    else { return "" }
    nextLayout = text.utf8.count + 16
    let rows = body.rows(of: givenCount, context).dropLast()
    guard rows.count > givenRowCount, rows.contains(where: { !$0.isEmpty }) else { return "" }
    defer { givenRowCount = rows.count }
    return Self.printed(rows.dropFirst(givenRowCount))
  }

  /// Whether nothing behind the last blank line is a sign of inline markup (CommonMark 0.31 §6).
  private var isPlain: Bool {
    var next: UInt8 = 0
    for byte in text.utf8.reversed() {
      if byte == UInt8(ascii: "\n"), next == byte { return true }
      if Self.signs.contains(byte) { return false }
      next = byte
    }
    return true
  }

  private static let signs = Set("*_`~[]<>&\\$|".utf8)

  /// Whether the block that is next is ended by what follows it: another block, a blank line below a
  /// paragraph, its own line below a heading (CommonMark 0.31 §4.2, §4.8).
  private var nextIsEnded: Bool {
    mutating get {
      // A formula may go on behind a blank line.
      let mayGoOn = text.suffix(8192).contains("$$")
      guard givenCount + 1 == body.count else { return !mayGoOn }
      return switch body[givenCount].content {
      case .paragraph: text.hasSuffix("\n\n") && !mayGoOn
      case .heading: text.hasSuffix("\n")
      default: false
      }
    }
  }

  /// Gives what is left, when the reply is over.
  package mutating func finish() -> String {
    // Signs that might have become markup are text now.
    while !body.settle(to: text) {}
    var rows = ""
    while givenCount < body.count { rows += nextRows() }
    return rows
  }

  private mutating func nextRows() -> String {
    defer { (givenCount, givenRowCount) = (givenCount + 1, 0) }
    return Self.printed(body.rows(of: givenCount, context).dropFirst(givenRowCount))
  }

  private static func printed(_ rows: some Sequence<[Cell]>) -> String {
    rows.map { $0.escapeSequences + "\n" }.joined()
  }
}

extension [Cell] {
  /// The row with the sequences that make it look as its cells do, plain again at its end.
  fileprivate var escapeSequences: String {
    var result = ""
    var style = Style.plain
    for cell in self where cell.width > 0 {
      if !cell.style.looks(like: style) {
        result += cell.style.selection
        style = cell.style
      }
      result += [cell].text
    }
    return style.looks(like: .plain) ? result : result + Style.plain.selection
  }
}

extension Style {
  /// Whether two styles are the same but for their links.
  fileprivate func looks(like other: Style) -> Bool {
    foreground == other.foreground && background == other.background
      && attributes == other.attributes
  }

  /// The sequence that sets the style, whatever was set before.
  fileprivate var selection: String {
    let numbers: [(Attributes, Int)] = [
      (.bold, 1), (.dim, 2), (.italic, 3), (.underline, 4), (.reverse, 7), (.strikethrough, 9),
    ]
    let codes =
      [0] + numbers.filter { attributes.contains($0.0) }.map(\.1)
      + foreground.codes(from: 30) + background.codes(from: 40)
    return "\u{1B}[" + codes.map(String.init).joined(separator: ";") + "m"
  }
}

extension Color {
  /// The parameters of SGR for the colour; `base` is 30 for the foreground, 40 for the background.
  fileprivate func codes(from base: Int) -> [Int] {
    switch self {
    case .standard: []
    case .named(let index) where index < 8: [base + Int(index)]
    case .named(let index): [base + 52 + Int(index)]
    case .indexed(let index): [base + 8, 5, Int(index)]
    case .rgb(let red, let green, let blue): [base + 8, 2, Int(red), Int(green), Int(blue)]
    }
  }
}
