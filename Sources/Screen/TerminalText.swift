/// Text of several lines made fit for a terminal that Iris does not draw on itself.
///
/// Line breaks and tabs stay, CR LF becomes LF, every other control character (C0, DEL and C1:
/// ECMA-48 §5.3) and each of Unicode's line separators becomes U+FFFD, and the characters that
/// reorder what stands around them go (UAX #9 §2, "Directional Formatting Characters"). Joiners and
/// variation selectors stay, as emoji are made with them.
package enum TerminalText {
  /// The text as a terminal may be sent it.
  package static func sanitised(_ text: String) -> String {
    guard !text.utf8.allSatisfy(isPlain) else { return text }
    var result = String.UnicodeScalarView()
    var isAfterReturn = false
    for scalar in text.unicodeScalars {
      if isAfterReturn, scalar != "\n" { result.append("\u{FFFD}") }
      isAfterReturn = scalar == "\r"
      guard !isAfterReturn, let shown = shown(scalar) else { continue }
      result.append(shown)
    }
    if isAfterReturn { result.append("\u{FFFD}") }
    return String(result)
  }

  /// The text on one line, with each character that a terminal is not sent as in `\u{1b}`.
  package static func escaped(_ text: String) -> String {
    guard !text.utf8.allSatisfy({ isPlain($0) && $0 != UInt8(ascii: "\n") }) else { return text }
    return text.unicodeScalars.reduce(into: "") { result, scalar in
      let isShown = scalar != "\n" && shows(scalar)
      result += isShown ? String(scalar) : "\\u{\(String(scalar.value, radix: 16))}"
    }
  }

  /// Whether a terminal may be sent the scalar as it is; all others are below U+2070.
  package static func shows(_ scalar: Unicode.Scalar) -> Bool { shown(scalar) == scalar }

  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x20..<0x7F).contains(byte) || byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\t")
  }

  /// The scalar itself or its replacement; nil for one that is left out.
  private static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar.value {
    case 0x09, 0x0A, 0x20..<0x7F: scalar
    case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029: "\u{FFFD}"
    case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: nil
    default: scalar
    }
  }
}

extension String {
  /// The text for a pager, or any other program that writes it to the terminal.
  package var sanitisedLines: String { TerminalText.sanitised(self) }
}
