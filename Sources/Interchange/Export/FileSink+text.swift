import Files
import Screen

extension FileSink {
  /// Writes text of a file that people open in a terminal or a browser (`.md`, `.html`): without
  /// control characters, and without those that reorder what stands around them.
  mutating func write(readable text: String) throws(FileError) {
    try write(TerminalText.sanitised(text))
  }

  /// Writes JSON text, or a part of one between two characters, in which the same characters are
  /// written as `\uXXXX` (RFC 8259 §7): the value stays what it was.
  mutating func write(json bytes: [UInt8]) throws(FileError) {
    // All that is escaped here is DEL or stands beyond ASCII.
    guard bytes.contains(where: { $0 >= 0x7F }) else { return try write(bytes) }
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.unicodeScalars.contains(where: Self.isHidden) else { return try write(bytes) }
    try write(
      text.unicodeScalars.reduce(into: "") { result, scalar in
        if Self.isHidden(scalar) {
          let digits = String(scalar.value, radix: 16)
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      })
  }

  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    scalar.value >= 0x7F && !TerminalText.shows(scalar)
  }
}
