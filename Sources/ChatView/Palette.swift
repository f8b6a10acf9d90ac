import Screen

/// The colours that a theme is made of; a standard grey means that faint text is told by an
/// attribute.
struct Palette: Equatable {
  var blue: Color
  var green: Color
  var cyan: Color
  var yellow: Color
  var red: Color
  var magenta: Color
  var grey: Color

  /// Light colours for a dark background (xterm's palette of 256).
  static let dark = Palette(
    blue: .indexed(111), green: .indexed(114), cyan: .indexed(80), yellow: .indexed(179),
    red: .indexed(203), magenta: .indexed(176), grey: .indexed(245))

  /// Dark colours for a light background.
  static let light = Palette(
    blue: .indexed(25), green: .indexed(28), cyan: .indexed(30), yellow: .indexed(94),
    red: .indexed(124), magenta: .indexed(90), grey: .indexed(243))

  /// Eight colours, whose blue is too dark to be read on black.
  static let basicDark = Palette(
    blue: .named(6), green: .named(2), cyan: .named(6), yellow: .named(3), red: .named(1),
    magenta: .named(5), grey: .standard)

  /// Eight colours, whose yellow is too light to be read on white.
  static let basicLight = Palette(
    blue: .named(4), green: .named(2), cyan: .named(4), yellow: .named(5), red: .named(1),
    magenta: .named(5), grey: .standard)

  /// No colour at all.
  static let plain = Palette(
    blue: .standard, green: .standard, cyan: .standard, yellow: .standard, red: .standard,
    magenta: .standard, grey: .standard)
}
