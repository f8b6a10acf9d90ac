/// A text that comes in pieces, redacted as if it had come whole; only a part of a secret that is not
/// its beginning is found in one piece, or not at all.
///
/// The end of a piece that could be the beginning of a secret is held back until the next piece or
/// ``finish()``; never more than 16 KiB of it, so that a text which looks like a secret for ever
/// still gets on.
package struct RedactionStream: Sendable {
  private static let mostHeld = 16 << 10

  private let redaction: Redaction
  private var held = ""

  package init(_ redaction: Redaction) {
    self.redaction = redaction
  }

  /// Takes the next piece; gives what is judged by now.
  package mutating func feed(_ piece: String) -> String {
    guard !redaction.isEmpty else { return piece }
    var text = held + piece
    let isWhole = text.utf8.count > Self.mostHeld + piece.utf8.count
    let (judged, rest) = text.withUTF8 { bytes in
      let findings = redaction.search(bytes, isWhole: isWhole)
      return (
        Redaction.text(bytes, without: findings),
        String(decoding: bytes[findings.judged...], as: UTF8.self)
      )
    }
    held = rest
    return judged
  }

  /// Gives what was held back; the text is over, or goes on as another one.
  package mutating func finish() -> String {
    defer { held = "" }
    return redaction.redacting(held)
  }
}
