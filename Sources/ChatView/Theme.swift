import ChatEngine
import ChatScreen
import Screen

/// The styles of the screen's parts, as data: colours only where the theme has them, and never
/// colour alone to tell things apart.
struct Theme: Equatable {
  var text = Style.plain
  var dim: Style
  var bar = Style(attributes: .bold)
  var rule: Style
  var user: Style
  var assistant: Style
  var system: Style
  var picture: Style
  var notice: Style
  var warning: Style
  var error: Style
  var heading: Style
  var code: Style
  /// Whether inline code keeps its backquotes, for want of a colour.
  var quotesCode: Bool
  /// The bars beside code and quotes, and between the cells of tables.
  var bars: Style
  var link: Style
  var selection = Style(attributes: .reverse)
  var match = Style.Attributes.reverse
  var prompt: Style
  var syntax: Syntax

  /// The style of a heading of Markdown, from level 1 down to 6: bold and underlined, bold, and from the
  /// third on bold and italic.
  func heading(level: Int) -> Style {
    var style = heading
    if level == 1 { style.attributes.insert(.underline) }
    if level > 2 { style.attributes.insert(.italic) }
    return style
  }

  /// The colours of code.
  struct Syntax: Equatable {
    var keyword: Style
    var type: Style
    var string: Style
    var number: Style
    var comment: Style
    var function: Style
    var attribute: Style
    var key: Style
    var inserted: Style
    var deleted: Style
  }
}

extension Theme {
  /// The theme for a choice, the terminal's background and its colours.
  init(_ choice: ThemeChoice, backgroundIsDark: Bool, colors: ColorDepth) {
    let isDark = choice == .dark || (choice == .automatic && backgroundIsDark)
    self =
      switch (choice, colors) {
      case (.plain, _), (_, .none): .plain
      case (_, .basic): isDark ? .basicDark : .basicLight
      default: isDark ? .dark : .light
      }
  }

  private static let plain = Theme(Palette.plain)
  private static let basicDark = Theme(Palette.basicDark)
  private static let basicLight = Theme(Palette.basicLight)
  private static let dark = Theme(Palette.dark)
  private static let light = Theme(Palette.light)

  /// A theme of a palette's colours, with attributes where those would not tell things apart.
  init(_ palette: Palette) {
    let isPlain = palette == .plain
    func style(_ color: Color, _ attributes: Style.Attributes = []) -> Style {
      Style(foreground: color, attributes: attributes)
    }
    let faint = style(palette.grey, palette.grey == .standard ? .dim : [])
    dim = faint
    rule = faint
    user = style(palette.blue, .bold)
    assistant = style(palette.green, .bold)
    system = style(palette.yellow, .bold)
    picture = style(palette.cyan)
    notice = style(palette.cyan)
    warning = style(palette.yellow, .bold)
    error = style(palette.red, .bold)
    heading = style(palette.magenta, .bold)
    code = style(palette.yellow)
    quotesCode = isPlain
    bars = faint
    link = style(palette.blue, .underline)
    prompt = style(palette.blue, .bold)
    syntax = Syntax(
      keyword: style(palette.magenta, isPlain ? .bold : []), type: style(palette.yellow),
      string: style(palette.green), number: style(palette.cyan), comment: faint,
      function: style(palette.blue), attribute: style(palette.cyan), key: style(palette.blue),
      inserted: style(palette.green), deleted: style(palette.red))
  }
}
