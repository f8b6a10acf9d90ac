import FoundationEssentials

/// Any JSON value, as text.
struct JSONText: Decodable {
  let text: String

  init(from decoder: any Decoder) throws {
    text = try Self.text(from: decoder.singleValueContainer())
  }

  private static func text(from value: any SingleValueDecodingContainer) throws -> String {
    if value.decodeNil() { return "null" }
    if let flag = try? value.decode(Bool.self) { return flag ? "true" : "false" }
    if let number = try? value.decode(Int64.self) { return String(number) }
    if let number = try? value.decode(Double.self) { return number.description }
    if let string = try? value.decode(String.self) { return try quoted(string) }
    if let array = try? value.decode([JSONText].self) {
      return "[" + array.map(\.text).joined(separator: ",") + "]"
    }
    let object = try value.decode([String: JSONText].self).sorted { $0.key < $1.key }
    return "{"
      + (try object.map { "\(try quoted($0.key)):\($0.value.text)" }).joined(separator: ",")
      + "}"
  }

  private static func quoted(_ string: String) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return String(decoding: try encoder.encode(string), as: UTF8.self)
  }
}
