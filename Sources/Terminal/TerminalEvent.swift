package import Screen

/// What a terminal's input says, told apart.
package enum TerminalEvent: Hashable, Sendable {
  /// One complete key: a UTF-8 character, a control byte, or an escape sequence.
  ///
  /// The wheel is such a key too (`ESC[<64M` up, `ESC[<65M` down), so that it can be bound.
  case key([UInt8])
  /// A whole bracketed paste; lines end in `\n`, other control characters but tabs are left out.
  case paste(String)
  case mouse(MouseEvent)
  /// The window gained or lost the focus.
  case focus(Bool)
  case answer(TerminalAnswer)
  /// The terminal has answered that it draws more colours than was known; frames use them already.
  case colours(ColorDepth)
  /// The terminal is gone: no more input will come.
  case hangup
}

/// A press, a drag or a release of a mouse button.
package struct MouseEvent: Hashable, Sendable {
  /// What the button did.
  package enum Action: Hashable, Sendable {
    case press
    case drag
    case release
  }

  package var action: Action
  /// 0 left, 1 middle, 2 right.
  package var button: Int
  package var point: Point

  package init(_ action: Action, button: Int, at point: Point) {
    self.action = action
    self.button = button
    self.point = point
  }
}

/// What a terminal answers to a question of the program.
package enum TerminalAnswer: Hashable, Sendable {
  /// The primary device attributes (`ESC[?62;4c`): 4 among them means sixel pictures.
  case attributes([Int])
  /// The secondary device attributes (`ESC[>41;379;0c`): kind, version, ROM.
  case secondaryAttributes([Int])
  /// Terminfo's capabilities, by their names (XTGETTCAP); a flag's value is empty.
  case capabilities([String: String])
  /// A colour of the palette (OSC 4), which the terminal has, by its number.
  case paletteColour(Int)
  /// The background (OSC 11), each part 0…255.
  case background(red: UInt8, green: UInt8, blue: UInt8)
  /// The answer to a query of the kitty graphics protocol, `OK` where it is supported.
  case graphics(String)
  /// The pixels of one cell (`ESC[6;18;9t`: its height, then its width).
  case cellSize(width: Int, height: Int)
  /// The terminal's name and version, as in `kitty(0.35.2)`.
  case name(String)
  /// Any other answer, kept away from the keys.
  case other([UInt8])
}
