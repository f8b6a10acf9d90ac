import JSON

/// A control string that goes to the terminal past the frames.
package enum RawSequence: Hashable, Sendable {
  /// Puts text on the clipboard of the user's terminal (xterm, OSC 52), also over ssh; tmux
  /// takes it where its `set-clipboard` is `on`.
  case copy(String)
  /// Asks for the background colour; the answer is `TerminalAnswer.background`.
  case askBackground
  /// Asks for the device attributes; the answer is `TerminalAnswer.attributes`.
  case askAttributes
  /// Asks whether the terminal draws pictures by kitty's protocol; `TerminalAnswer.graphics`.
  ///
  /// Only where ``TerminalSession/mayDrawPixels`` allows it: some terminals print the question.
  case askGraphics
  /// Asks how many pixels a cell has (xterm, `CSI 16 t`); `TerminalAnswer.cellSize`.
  case askCellSize
  /// Asks for the terminal's name and version (xterm, XTVERSION); the answer is
  /// `TerminalAnswer.name`. Only where ``TerminalSession/wantsName`` holds.
  case askName
  /// Asks what kind of terminal it is (DEC, DA2); the answer is `TerminalAnswer.secondaryAttributes`.
  case askSecondaryAttributes
  /// Asks for the palette's last colour (xterm, OSC 4), and for terminfo's `Co` and `RGB` (xterm,
  /// XTGETTCAP); the answers are `TerminalAnswer.paletteColour` and `TerminalAnswer.capabilities`. Of the
  /// two capabilities each by itself: a terminal that knows no `RGB` answers the other.
  case askColours
  case bell

  /// Whether it is a control string, which consoles print.
  var isString: Bool {
    switch self {
    case .copy, .askBackground, .askGraphics, .askColours: true
    case .askAttributes, .askSecondaryAttributes, .askCellSize, .askName, .bell: false
    }
  }

  /// The bytes to write.
  var bytes: String {
    switch self {
    case .copy(let text): "\u{1B}]52;c;\(Base64.text(of: Array(text.utf8)))\u{07}"
    case .askBackground: "\u{1B}]11;?\u{07}"
    case .askAttributes: "\u{1B}[c"
    case .askGraphics: "\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\"
    case .askCellSize: "\u{1B}[16t"
    case .askName: "\u{1B}[>q"
    case .askSecondaryAttributes: "\u{1B}[>c"
    case .askColours:
      "\u{1B}]4;255;?\u{07}\u{1B}P+q436F\u{1B}\\\u{1B}P+q524742\u{1B}\\"
    case .bell: "\u{07}"
    }
  }
}
