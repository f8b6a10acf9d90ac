import ChatCore
import Language
import Screen

/// What every part of the view draws with.
struct ViewContext: Hashable {
  var columns: Int
  var rules: WidthRules
  var theme: Theme
  var language: Language
  var glyphs: Glyphs

  init(_ surroundings: Surroundings) {
    columns = surroundings.size.columns
    rules = WidthRules(ambiguousIsWide: surroundings.ambiguousIsWide)
    theme = Theme(
      surroundings.theme, backgroundIsDark: surroundings.backgroundIsDark,
      colors: surroundings.colors)
    language = surroundings.language
    glyphs = surroundings.isUTF8 ? .unicode : .ascii
  }

  func cells(_ text: String, _ style: Style) -> [Cell] {
    Cell.cells(of: text, style: style, rules: rules)
  }

  func text(_ phrase: Phrase) -> String { phrase.text(in: language) }

  /// The width of the column with the names of the roles, its gap included.
  var labelColumns: Int { columns >= 60 ? 8 : 6 }

  /// The columns that the text of a message has; the last column of the screen stays free.
  var textColumns: Int { max(8, columns - labelColumns - 2) }
}

/// The signs that the screen is drawn with.
struct Glyphs: Hashable {
  var picture: String
  var prompt: String
  var horizontal: String
  var vertical: String
  var cross: String
  var bullet: String
  var done: String
  var open: String
  var more: String
  var folded: String
  var unfolded: String
  var continuation: String
  var separator: String

  static let unicode = Glyphs(
    picture: "▦", prompt: "▸", horizontal: "─", vertical: "│", cross: "┼", bullet: "•", done: "☑",
    open: "☐", more: "↓", folded: "▸", unfolded: "▾", continuation: "┆", separator: "·")

  /// For locales that are not UTF-8.
  static let ascii = Glyphs(
    picture: "#", prompt: ">", horizontal: "-", vertical: "|", cross: "+", bullet: "*",
    done: "[x]", open: "[ ]", more: "v", folded: ">", unfolded: "v", continuation: ":",
    separator: "-")
}
