package import ChatCore
import Markdown
import Screen

/// A reply for a terminal that is written from top to bottom, as `iris ask` does it: Markdown laid
/// out as on the screen, in rows that end with line breaks.
///
/// A block is given once no further text can change it, so that nothing has to be written again: a
/// paragraph with the blank line below it; of long code and tables, the pieces in which they come.
/// The rows are sanitised: their only escape sequences are those that set colours and attributes
/// (ECMA-48 §8.3.117, SGR).
package struct PrintedReply {
  private var body = MarkdownBody(isWhole: false, foresees: false)
  private let context: ViewContext
  private var text = ""
  private var givenCount = 0

  /// A reply on a terminal of so many columns, whose last one stays free: a row that fills it would
  /// be followed by an empty one on some terminals.
  package init(_ surroundings: Surroundings) {
    var surroundings = surroundings
    let columns = max(20, surroundings.size.columns)
    // The layout keeps room for the names of roles, which are not printed.
    surroundings.size.columns = columns + (columns >= 51 ? 9 : 6)
    context = ViewContext(surroundings)
  }

  /// Takes more of the reply; gives the rows that are final by now.
  package mutating func append(_ piece: String) -> String {
    text += piece
    body.update(to: text)
    var rows = ""
    while givenCount < body.count, body.isFinal(givenCount) || lastIsEnded { rows += nextRows() }
    return rows
  }

  /// Whether the block that is next is the last one, and the line that ended it is there already: a
  /// blank one below a paragraph, its own below a heading (CommonMark 0.31 §4.2, §4.8).
  private var lastIsEnded: Bool {
    mutating get {
      guard givenCount + 1 == body.count else { return false }
      return switch body[givenCount].content {
      // A formula may go on behind a blank line.
      case .paragraph: text.hasSuffix("\n\n") && !text.suffix(8192).contains("$$")
      case .heading: text.hasSuffix("\n")
      default: false
      }
    }
  }

  /// Gives what is left, when the reply is over.
  package mutating func finish() -> String {
    guard givenCount < body.count else { return "" }
    var rows = ""
    while givenCount < body.count { rows += nextRows() }
    return rows
  }

  private mutating func nextRows() -> String {
    defer { givenCount += 1 }
    return body.rows(of: givenCount, context).map { $0.escapeSequences + "\n" }.joined()
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
  /// Whether two styles differ in where a click leads at most.
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
