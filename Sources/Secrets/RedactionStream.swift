/// A text that comes in pieces, redacted as if it had come whole; only a part of a secret that is not
/// its beginning is found in one piece, or not at all.
///
/// The end of a piece that could be the beginning of a secret is held back until the next piece or
/// ``finish()``; never more than 16 KiB of it, so that a text which looks like a secret for ever
/// still gets on.
package struct RedactionStream: Sendable {
  private static let mostHeld = 16 << 10

  private let redaction: Redaction
  /// Texts in front of this one, until its beginning is judged.
  private var before: [String]
  private var held = ""

  /// Begins a text that may be read behind each of `texts`, the ends of others: where a secret begins in
  /// one of them and goes on here, what is here of it is taken out.
  package init(_ redaction: Redaction, behind texts: [String] = []) {
    self.redaction = redaction
    before = texts.filter { !$0.isEmpty }
  }

  /// Takes the next piece; gives what is judged by now.
  package mutating func feed(_ piece: String) -> String {
    guard !redaction.isEmpty else { return piece }
    held += piece
    return judge(isWhole: held.utf8.count > Self.mostHeld + piece.utf8.count)
  }

  /// Gives what was held back; the text is over, or goes on as another one.
  package mutating func finish() -> String { judge(isWhole: true) }

  /// Gives what of the held text is judged; all of it where nothing follows.
  private mutating func judge(isWhole: Bool) -> String {
    guard let opening = takeOpening(isWhole: isWhole) else { return "" }
    let (judged, rest) = held.withUTF8 { bytes in
      let findings = redaction.search(bytes, isWhole: isWhole)
      return (
        Redaction.text(bytes, without: findings),
        String(decoding: bytes[findings.judged...], as: UTF8.self)
      )
    }
    held = rest
    return opening + judged
  }

  /// Takes away the end of a secret that began in a text in front, and gives what stands for it; nil
  /// while what comes could still be more of it.
  private mutating func takeOpening(isWhole: Bool) -> String? {
    guard !before.isEmpty, !held.isEmpty else { return "" }
    let lengths = before.map { redaction.lengthOfOpening(of: held, behind: $0, isWhole: isWhole) }
    guard !lengths.contains(nil) else { return nil }
    before = []
    guard let length = lengths.compactMap(\.self).max(), length > 0 else { return "" }
    held = String(decoding: held.utf8.dropFirst(length), as: UTF8.self)
    return Redaction.mark
  }
}
