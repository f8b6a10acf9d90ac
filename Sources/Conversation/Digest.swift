/// The SHA-256 of bytes that are kept, as 64 lower-case hexadecimal digits.
///
/// Files are named by it, so nothing else can be held: no path, no upper case, no other length.
package struct Digest: RawRepresentable, Hashable, Codable, Sendable {
  package let rawValue: String

  /// Parses the 64 digits; nil for any other text, whose decoding throws.
  package init?(rawValue: String) {
    guard rawValue.utf8.count == 64, rawValue.utf8.allSatisfy(Self.isDigit) else { return nil }
    self.rawValue = rawValue
  }

  /// The digest whose 32 bytes are `bytes`, as a hash function gives them.
  package init(bytes: [UInt8]) {
    precondition(bytes.count == 32, "SHA-256 has 32 bytes")
    let digits = Array("0123456789abcdef".utf8)
    rawValue = String(
      decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// Whether a byte is one of the digits.
  package static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
  }

  // Those that come with `RawRepresentable` go through its witness tables, ten times as slowly.
  package static func == (left: Self, right: Self) -> Bool { left.rawValue == right.rawValue }
  package func hash(into hasher: inout Hasher) { hasher.combine(rawValue) }
}
