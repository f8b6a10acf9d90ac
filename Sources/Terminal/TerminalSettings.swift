/// What a session needs to know about the terminal it is to take.
package struct TerminalSettings: Hashable, Sendable {
  package var input: Int32 = 0
  package var output: Int32 = 1
  /// The name in terminfo, usually `TERM`.
  package var name: String
  /// An entry of terminfo that says more of the same terminal, used where it is there: terminals that
  /// draw 256 colours still call themselves `xterm`, whose entry has eight.
  package var richerName: String?
  /// Whether cells have colours at all.
  package var colours = true
  /// Whether the terminal is known to draw 24-bit colour, whatever terminfo says.
  package var trueColor = false
  /// Whether links are given to the terminal; nil where its own name shall tell.
  package var drawsLinks: Bool?
  /// The line that a fatal signal leaves on the ordinary screen, with its line break; at most 512
  /// bytes, no control characters else.
  package var crashMessage = ""
  /// Whether tmux stands between this program and the terminal.
  package var isInsideTmux = false

  package init(name: String) {
    self.name = name
  }

  /// What xterm (xterm(1), ENVIRONMENT), VTE and Konsole set in the programs that they start.
  private static let marks = ["XTERM_VERSION", "VTE_VERSION", "KONSOLE_VERSION"]

  /// Reads `TERM`, `NO_COLOR` (no-color.org: any value but the empty one), `COLORTERM` and `TMUX`, and
  /// the variables by which terminals of 256 colours are known that call themselves `xterm`.
  package init(environment: [String: String]) {
    name = environment["TERM"] ?? ""
    if name == "xterm", Self.marks.contains(where: { environment[$0]?.isEmpty == false }) {
      richerName = "xterm-256color"
    }
    colours = environment["NO_COLOR"]?.isEmpty ?? true
    trueColor = ["truecolor", "24bit"].contains(environment["COLORTERM"])
    isInsideTmux = !(environment["TMUX"]?.isEmpty ?? true)
  }

  /// Whether the terminal may be asked for pixels.
  ///
  /// A multiplexer draws the screen from its own memory of cells, in which pixels are not (decision
  /// 0060); consoles print what they do not know.
  package var mayDrawPixels: Bool {
    let multiplexers = ["tmux", "screen"]
    return !isInsideTmux && takesStrings && !multiplexers.contains { name.hasPrefix($0) }
  }

  /// Whether the terminal may be asked for its name: the answer is a string.
  ///
  /// tmux has one, GNU screen has none.
  package var mayAskForName: Bool {
    takesStrings && (isInsideTmux || !name.hasPrefix("screen"))
  }

  /// Whether the terminal reads control strings that it does not know (OSC, DCS, APC; ECMA-48 §5.6)
  /// to their end.
  ///
  /// Consoles and video terminals print them: they get no title, and are asked nothing that way.
  package var takesStrings: Bool {
    let consoles = ["linux", "vt", "cons", "dumb", "ansi"]
    return name.hasPrefix("vte") || !consoles.contains { name.hasPrefix($0) }
  }
}
