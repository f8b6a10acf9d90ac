import Screen

extension TerminalModes {
  /// What brings a terminal from its own state, or from `before`, to these modes.
  ///
  /// The title is pushed on the terminal's stack before it is first changed (xterm, `CSI 22 t`), so
  /// that ``restoring`` can give it back.
  func sequences(from before: TerminalModes?) -> String {
    var result = ""
    if bracketedPaste != (before?.bracketedPaste ?? false) {
      result += "\u{1B}[?2004\(bracketedPaste ? "h" : "l")"
    }
    if mouse != (before?.mouse ?? false) {
      let letter = mouse ? "h" : "l"
      result += "\u{1B}[?1002\(letter)\u{1B}[?1006\(letter)"
    }
    if let title, title != before?.title {
      if before?.title == nil { result += "\u{1B}[22;0t" }
      result += "\u{1B}]2;\(Self.sanitised(title))\u{07}"
    }
    return result
  }

  /// What brings a terminal from these modes back to its own state.
  var restoring: String {
    var own = TerminalModes()
    own.bracketedPaste = false
    return own.sequences(from: self) + (title == nil ? "" : "\u{1B}[23;0t")
  }

  /// A title holds no control characters, no directions, and is no longer than a bar is wide.
  private static func sanitised(_ title: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in title.unicodeScalars.prefix(200) {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: break
      default: result.append(scalar)
      }
    }
    return String(result)
  }
}
