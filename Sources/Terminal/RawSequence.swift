/// A control string that goes to the terminal past the frames.
package enum RawSequence: Hashable, Sendable {
  /// Puts text on the clipboard of the user's terminal (xterm, OSC 52), also over ssh.
  case copy(String)
  /// Asks for the background colour; the answer is `TerminalAnswer.background`.
  case askBackground
  /// Asks for the device attributes; the answer is `TerminalAnswer.attributes`.
  case askAttributes
  /// Asks whether the terminal draws pictures by kitty's protocol; `TerminalAnswer.graphics`.
  case askGraphics
  /// A picture in the terminal's own protocol (sixel or kitty), made by this program.
  case picture(String)
  case bell

  /// The bytes to write.
  ///
  /// tmux takes OSC 52 itself; what it does not know is wrapped in its passthrough string with each
  /// ESC doubled (tmux(1), allow-passthrough).
  func bytes(isInsideTmux: Bool) -> String {
    switch self {
    case .copy(let text): "\u{1B}]52;c;\(Base64.encoded(Array(text.utf8)))\u{07}"
    case .askBackground: "\u{1B}]11;?\u{07}"
    case .askAttributes: "\u{1B}[c"
    case .askGraphics:
      Self.passed("\u{1B}_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\u{1B}\\", through: isInsideTmux)
    case .picture(let sequence): Self.passed(sequence, through: isInsideTmux)
    case .bell: "\u{07}"
    }
  }

  private static func passed(_ sequence: String, through tmux: Bool) -> String {
    guard tmux else { return sequence }
    var result = "\u{1B}Ptmux;"
    for scalar in sequence.unicodeScalars {
      if scalar == "\u{1B}" { result.unicodeScalars.append(scalar) }
      result.unicodeScalars.append(scalar)
    }
    return result + "\u{1B}\\"
  }
}
