extension JSONValue {
  /// The value as UTF-8 JSON without blanks.
  package var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.append(json: self)
    return bytes
  }
}

extension JSONValue: CustomStringConvertible {
  /// The value as JSON without blanks.
  package var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension StringProtocol {
  /// The text as a JSON string, quotes included.
  package var quotedAsJSON: String { JSONValue.string(String(self)).description }
}

extension [UInt8] {
  /// Appends `value` as UTF-8 JSON without blanks.
  package mutating func append(json value: JSONValue) {
    switch value {
    case .null: append("null")
    case .bool(let bool): append(bool ? "true" : "false")
    case .number(let number): append(number)
    case .string(let string): append(jsonString: string)
    case .array(let elements): append(jsonElements: elements)
    case .object(let members): append(jsonMembers: members)
    }
  }

  /// Appends the UTF-8 of `text` as it is.
  package mutating func append(_ text: String) {
    append(contentsOf: text.utf8)
  }

  /// Appends `text` in quotes; `/` and everything above U+001F stay as they are (RFC 8259 §7).
  ///
  /// What stands between two bytes to escape is appended in one step.
  package mutating func append(jsonString text: String) {
    append(UInt8(ascii: "\""))
    var text = text
    text.withUTF8 { bytes in
      var start = 0
      for index in bytes.indices where bytes[index].isEscapedInJSON {
        append(contentsOf: bytes[start..<index])
        append(jsonEscaping: bytes[index])
        start = index + 1
      }
      append(contentsOf: bytes[start...])
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(jsonEscaping byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\""): append("\\\"")
    case UInt8(ascii: "\\"): append("\\\\")
    case 0x0A: append("\\n")
    case 0x0D: append("\\r")
    case 0x09: append("\\t")
    case 0..<0x10: append("\\u000" + String(byte, radix: 16))
    default: append("\\u00" + String(byte, radix: 16))
    }
  }

  private mutating func append(jsonElements elements: [JSONValue]) {
    append(UInt8(ascii: "["))
    for (index, element) in elements.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(json: element)
    }
    append(UInt8(ascii: "]"))
  }

  private mutating func append(jsonMembers members: [JSONMember]) {
    append(UInt8(ascii: "{"))
    for (index, member) in members.enumerated() {
      if index > 0 { append(UInt8(ascii: ",")) }
      append(jsonString: member.name)
      append(UInt8(ascii: ":"))
      append(json: member.value)
    }
    append(UInt8(ascii: "}"))
  }
}

extension UInt8 {
  /// Whether a JSON string cannot hold the byte as it is (RFC 8259 §7).
  fileprivate var isEscapedInJSON: Bool {
    self < 0x20 || self == UInt8(ascii: "\"") || self == UInt8(ascii: "\\")
  }
}
