/// A JSON text as a value (RFC 8259), its members in their order and its numbers as written.
///
/// Servers disagree about types (facts of compatible servers: numbers as strings, `null` for
/// absent, an object where a string was promised), so a reply is read by asking a value what it can
/// be, never by decoding a fixed shape. Why not `JSONDecoder`: see the decision record.
package enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([JSONMember])
}

/// One name and its value in a JSON object.
package struct JSONMember: Equatable, Sendable {
  package var name: String
  package var value: JSONValue

  package init(_ name: String, _ value: JSONValue) {
    self.name = name
    self.value = value
  }
}

extension JSONValue {
  /// The first member called `name` of an object; nil where it is absent or null.
  package subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    let count = name.utf8.count
    // Most names differ in length, which is cheaper to see than that they differ.
    for member in members where member.name.utf8.count == count && member.name == name {
      return if case .null = member.value { nil } else { member.value }
    }
    return nil
  }

  /// The element at `index` of an array; nil where there is none.
  package subscript(index: Int) -> JSONValue? {
    guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
    return elements[index]
  }

  package var elements: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  package var string: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// A string, or a number as it was written.
  package var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .null, .bool, .array, .object: nil
    }
  }

  /// A number, or a string of a number's letters that reads as one; never an infinite one, and never what
  /// is none ("nan"), with which no range can be made.
  package var double: Double? {
    guard let text, text.utf8.allSatisfy({ $0.isOfNumber }), let number = Double(text) else {
      return nil
    }
    return number.isFinite ? number : nil
  }

  /// A number without its fraction, or a string that reads as one.
  package var integer: Int? {
    guard let text else { return nil }
    return Int(text) ?? double.flatMap { Int(exactly: $0.rounded(.towardZero)) }
  }

  /// A number of things, like tokens: a whole number in 0...10¹²; nil for any other, so that sums of
  /// what servers count never overflow.
  package var count: Int? {
    integer.flatMap { (0...1_000_000_000_000).contains($0) ? $0 : nil }
  }

  package var bool: Bool? {
    if case .bool(let value) = self { value } else { nil }
  }
}

extension UInt8 {
  /// Whether numbers are written with it (RFC 8259 §6).
  fileprivate var isOfNumber: Bool {
    (0x30...0x39).contains(self) || "+-.eE".utf8.contains(self)
  }
}

extension JSONValue {
  /// A whole number.
  package init(_ number: some BinaryInteger) { self = .number(String(number)) }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral,
  ExpressibleByIntegerLiteral, ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral
{
  package init(stringLiteral value: String) { self = .string(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int) { self.init(value) }
  package init(dictionaryLiteral elements: (String, JSONValue)...) {
    self = .object(elements.map { JSONMember($0, $1) })
  }
  package init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
}
