import ChatCore
import Screen

/// How the parts of the screen look, as data: colours only where the theme has them, and never
/// colour alone to tell things apart.
struct Theme: Hashable {
  var text = Style.plain
  var dim: Style
  var bar: Style
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
  var codeBar: Style
  var link: Style
  var quote: Style
  var selection = Style(attributes: .reverse)
  var match = Style(attributes: .reverse)
  var prompt: Style
  var syntax: Syntax

  /// The colours of code.
  struct Syntax: Hashable {
    var keyword: Style
    var type: Style
    var string: Style
    var number: Style
    var comment: Style
    var function: Style
    var attribute: Style
    var inserted: Style
    var deleted: Style
  }
}

extension Theme {
  /// The theme for a choice, the terminal's background and its colours.
  init(_ choice: ThemeChoice, backgroundIsDark: Bool, colors: ColorDepth) {
    let isPlain = choice == .plain || colors == .none
    let isDark = choice == .dark || (choice == .automatic && backgroundIsDark)
    self = isPlain ? .plain : Theme(palette: isDark ? .dark : .light)
  }

  static let plain = Theme(palette: nil)

  /// The colours that a theme is made of.
  struct Palette {
    var blue: Color
    var green: Color
    var cyan: Color
    var yellow: Color
    var red: Color
    var magenta: Color
    var grey: Color

    /// Light colours for a dark background (xterm's palette).
    static let dark = Palette(
      blue: .indexed(111), green: .indexed(114), cyan: .indexed(80), yellow: .indexed(179),
      red: .indexed(203), magenta: .indexed(176), grey: .indexed(245))

    /// Dark colours for a light background.
    static let light = Palette(
      blue: .indexed(25), green: .indexed(28), cyan: .indexed(30), yellow: .indexed(94),
      red: .indexed(124), magenta: .indexed(90), grey: .indexed(243))
  }

  /// A theme of a palette's colours; nil makes one of attributes alone.
  private init(palette: Palette?) {
    func style(_ color: KeyPath<Palette, Color>, _ attributes: Style.Attributes = []) -> Style {
      Style(
        foreground: palette.map { $0[keyPath: color] } ?? .standard, attributes: attributes)
    }
    let faint: Style.Attributes = palette == nil ? .dim : []
    dim = style(\.grey, faint)
    bar = Style(attributes: .bold)
    rule = style(\.grey, faint)
    user = style(\.blue, .bold)
    assistant = style(\.green, .bold)
    system = style(\.yellow, .bold)
    picture = style(\.cyan)
    notice = style(\.cyan)
    warning = style(\.yellow, .bold)
    error = style(\.red, .bold)
    heading = style(\.magenta, .bold)
    code = style(\.yellow)
    codeBar = style(\.grey, faint)
    link = style(\.blue, .underline)
    quote = style(\.grey, .italic)
    prompt = style(\.blue, .bold)
    syntax = Syntax(
      keyword: style(\.magenta, palette == nil ? .bold : []), type: style(\.yellow),
      string: style(\.green), number: style(\.cyan), comment: style(\.grey, faint),
      function: style(\.blue), attribute: style(\.cyan), inserted: style(\.green),
      deleted: style(\.red))
  }
}
