import Screen
import Testing

/// A terminal as terminfo describes it, and what is less on it than on an xterm.
struct TerminfoEntry: CustomTestStringConvertible, Sendable {
  let name: String
  /// Whether it draws italics; without, they are underlined.
  var hasItalics = true
  /// Whether what has a colour can be underlined too (terminfo's `ncv`).
  var underlinesColours = true
  var hidesCursor = true

  var testDescription: String { name }

  static let xterm = TerminfoEntry(name: "xterm-256color")

  /// The terminals that people have.
  static let all = [
    xterm, TerminfoEntry(name: "xterm"), TerminfoEntry(name: "xterm-direct"),
    TerminfoEntry(name: "xterm-kitty"), TerminfoEntry(name: "foot"),
    TerminfoEntry(name: "tmux-256color"), TerminfoEntry(name: "screen", hasItalics: false),
    TerminfoEntry(name: "screen-256color", hasItalics: false),
    TerminfoEntry(name: "linux", hasItalics: false, underlinesColours: false),
    TerminfoEntry(name: "vt220", hasItalics: false),
    TerminfoEntry(name: "vt100", hasItalics: false, hidesCursor: false),
  ]

  /// How a style looks on it.
  func shown(_ style: Style) -> Style {
    var style = style
    if !hasItalics, style.attributes.remove(.italic) != nil {
      style.attributes.insert(.underline)
    }
    if !underlinesColours, style.foreground != .standard || style.background != .standard {
      style.attributes.remove(.underline)
    }
    return style
  }
}
