/// What a session needs to know about the terminal it is to take.
package struct TerminalSettings: Hashable, Sendable {
  package var input: Int32 = 0
  package var output: Int32 = 1
  /// The name in terminfo, usually `TERM`.
  package var name: String
  /// Whether cells have colours at all.
  package var colours = true
  /// Whether the terminal is known to draw 24-bit colour, whatever terminfo says.
  package var trueColor = false
  /// Whether tmux stands between: then its clipboard and passthrough sequences are used.
  package var isInsideTmux = false

  package init(name: String) {
    self.name = name
  }

  /// Reads `TERM`, `NO_COLOR` (no-color.org: any value but the empty one), `COLORTERM` and `TMUX`.
  package init(environment: [String: String]) {
    name = environment["TERM"] ?? ""
    colours = environment["NO_COLOR"]?.isEmpty ?? true
    trueColor = ["truecolor", "24bit"].contains(environment["COLORTERM"])
    isInsideTmux = !(environment["TMUX"]?.isEmpty ?? true)
  }
}
