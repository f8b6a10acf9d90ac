/// The signs that the screen is drawn with.
struct Glyphs: Equatable {
  var picture: String
  var document: String
  var prompt: String
  var horizontal: String
  var vertical: String
  var cross: String
  var bullet: String
  var done: String
  var open: String
  var more: String
  /// Marks what is in force already in a list.
  var current: String
  var folded: String
  var unfolded: String
  /// Stands for the bar of code where a line goes on in a further row.
  var continuation: String
  var separator: String
  /// Stand before what a tool is called with, and before what it answers.
  var call: String
  var result: String
  /// The steps of a sign that turns while something is waited for.
  var spinner: [String]

  static let unicode = Glyphs(
    picture: "▦", document: "▤", prompt: "▸", horizontal: "─", vertical: "│", cross: "┼",
    bullet: "•", done: "☑",
    open: "☐", more: "↓", current: "✓", folded: "▸", unfolded: "▾", continuation: "┆",
    separator: "·", call: "→", result: "←",
    spinner: ["◐", "◓", "◑", "◒"])

  /// For locales that are not UTF-8.
  static let ascii = Glyphs(
    picture: "#", document: "=", prompt: ">", horizontal: "-", vertical: "|", cross: "+",
    bullet: "*",
    done: "[x]", open: "[ ]", more: "v", current: "*", folded: ">", unfolded: "v",
    continuation: ":",
    separator: "-", call: "->", result: "<-", spinner: ["|", "/", "-", "\\"])
}

extension Glyphs {
  /// The signs that a terminal can show; lines are of ASCII where it draws the others two columns
  /// wide.
  init(isUTF8: Bool, ambiguousIsWide: Bool) {
    self = isUTF8 ? .unicode : .ascii
    guard ambiguousIsWide else { return }
    horizontal = Self.ascii.horizontal
    vertical = Self.ascii.vertical
    cross = Self.ascii.cross
    continuation = Self.ascii.continuation
  }
}
