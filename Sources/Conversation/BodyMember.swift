import JSON

/// A member of a request's body that Iris does not know, such as `top_k` of local servers: it is
/// passed on as it is, unchecked.
package struct BodyMember: Hashable, Sendable {
  /// The name on the wire: a letter or `_`, then at most 63 letters, digits and `_ . -`.
  package let name: String
  /// The value as JSON without blanks; at most 64 KiB.
  package let json: String

  /// The members that Iris writes itself: another value would break the reading of the reply.
  private static let reserved: Set = [
    "model", "messages", "input", "stream", "stream_options", "n", "store",
  ]

  /// Nil where the name is none or reserved, or where `json` is no JSON text.
  package init?(name: String, json: String) {
    guard Self.isName(name), !Self.isReserved(name), json.utf8.count <= 1 << 16,
      let value = JSONValue(parsing: json)
    else { return nil }
    self.name = name
    self.json = String(decoding: value.bytes, as: UTF8.self)
  }

  /// Whether Iris writes this member itself.
  package static func isReserved(_ name: String) -> Bool { reserved.contains(name) }

  /// Whether the text can name a member: see ``name``.
  package static func isName(_ text: String) -> Bool {
    guard let first = text.utf8.first, text.utf8.count <= 64 else { return false }
    let isLetter = { (byte: UInt8) in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20) || byte == UInt8(ascii: "_")
    }
    return isLetter(first)
      && text.utf8.allSatisfy {
        isLetter($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
          || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
      }
  }
}

extension BodyMember: Codable {
  private enum CodingKeys: CodingKey { case name, json }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    let name = try object.decode(String.self, forKey: .name)
    guard let member = Self(name: name, json: try object.decode(String.self, forKey: .json)) else {
      throw DecodingError.dataCorruptedError(
        forKey: .name, in: object, debugDescription: "no member of a request")
    }
    self = member
  }
}
