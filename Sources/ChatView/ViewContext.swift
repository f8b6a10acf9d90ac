import ChatEngine
import ChatScreen
import Language
import Screen

/// The theme, signs, language and widths that every part of the view draws with.
struct ViewContext: Equatable {
  let columns: Int
  let rules: WidthRules
  let theme: Theme
  let language: Language
  let glyphs: Glyphs
  /// The columns of prose that an eye follows from line to line, as the user set them.
  private let measure: Int

  init(_ capabilities: TerminalCapabilities) {
    columns = capabilities.size.columns
    rules = WidthRules(ambiguousIsWide: capabilities.ambiguousIsWide)
    theme = Theme(
      capabilities.theme, backgroundIsDark: capabilities.backgroundIsDark,
      colors: capabilities.colors)
    language = capabilities.language
    glyphs = Glyphs(isUTF8: capabilities.isUTF8, ambiguousIsWide: capabilities.ambiguousIsWide)
    measure = capabilities.textWidth
  }

  func cells(_ text: String, _ style: Style) -> [Cell] {
    Cell.cells(of: text, style: style, rules: rules)
  }

  func text(_ phrase: Phrase) -> String { phrase.text(in: language) }

  /// The width of the column with the names of the roles, its gap included.
  var labelColumns: Int { columns >= 60 ? 9 : 6 }

  /// The columns that the text of a message has; the last column of the screen stays free.
  var textColumns: Int { max(8, columns - labelColumns - 1) }

  /// The columns that prose has: lines that are too long are hard to follow to the next.
  var proseColumns: Int { measure == 0 ? textColumns : min(textColumns, max(20, measure)) }

  /// A horizontal line.
  func rule(_ columns: Int) -> [Cell] {
    cells(String(repeating: glyphs.horizontal, count: max(0, columns)), theme.rule)
  }
}
