/// Tells text from samples, which have no signature.
enum PlainText {
  /// How many first bytes are looked at, where there are so many: 128 samples of 16 bits, 5 ms.
  ///
  /// That many bytes of valid UTF-8 without a control character are no sound that anybody hears: the high
  /// byte of a quiet sample is 0 or 255.
  static let sampleLength = 256

  /// Whether an answer that begins with `bytes` is text: a page of HTML in any encoding that extends ASCII,
  /// or UTF-8 without control characters.
  static func begins(_ bytes: [UInt8]) -> Bool {
    let head = bytes.prefix(sampleLength)
    guard !head.isEmpty, !head.contains(where: isControl) else { return false }
    let start = head.drop { $0 == 0x20 || (9...13).contains($0) }
    let isPage = start.first == UInt8(ascii: "<") && start.dropFirst().first.map(opensTag) == true
    return isPage || isUTF8(head)
  }

  private static func isControl(_ byte: UInt8) -> Bool {
    byte < 0x20 && !(9...13).contains(byte) || byte == 0x7F
  }

  /// Whether a tag, a comment or a declaration begins so.
  private static func opensTag(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "!") || byte == UInt8(ascii: "?")
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }

  /// Whether the bytes are UTF-8, the last character of which may be cut.
  private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
    (0...3).contains { String(validating: bytes.dropLast($0), as: UTF8.self) != nil }
  }
}
