extension JSONValue {
  /// Reads one JSON text with blanks around it; nil where it is none.
  ///
  /// Strict in grammar, but bytes that are not UTF-8 and lone surrogates become U+FFFD and control
  /// characters inside strings are let through, for servers write them. Values nested more than 128
  /// deep are refused. Members of the outermost object that are named in `ignored` are checked like
  /// the others and left out, which spares a stream's chunks a third of their cost.
  ///
  /// - Complexity: linear in the number of bytes.
  package init?(parsing bytes: [UInt8], ignoring ignored: [StaticString] = []) {
    let value = bytes.withUnsafeBufferPointer { buffer -> JSONValue? in
      var parser = JSONParser(bytes: buffer, ignored: ignored)
      guard let value = parser.value(depth: 0) else { return nil }
      parser.skipBlanks()
      return parser.isAtEnd ? value : nil
    }
    guard let value else { return nil }
    self = value
  }

  /// Reads one JSON text with blanks around it; nil where it is none.
  package init?(parsing text: String) {
    self.init(parsing: Array(text.utf8))
  }
}

/// Reads JSON from bytes that outlive it; each function leaves `position` behind what it read.
private struct JSONParser {
  private static let deepest = 128

  let bytes: UnsafeBufferPointer<UInt8>
  private let ignored: [StaticString]
  private var position = 0

  init(bytes: UnsafeBufferPointer<UInt8>, ignored: [StaticString]) {
    self.bytes = bytes
    self.ignored = ignored
  }

  var isAtEnd: Bool { position == bytes.count }

  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  mutating func skipBlanks() {
    while position < bytes.count, bytes[position].isJSONBlank { position += 1 }
  }

  mutating func value(depth: Int) -> JSONValue? {
    guard depth < Self.deepest else { return nil }
    skipBlanks()
    switch next {
    case UInt8(ascii: "{"): return object(depth: depth)
    case UInt8(ascii: "["): return array(depth: depth)
    case UInt8(ascii: "\""): return string().map { .string($0) }
    case UInt8(ascii: "t"): return word("true", .bool(true))
    case UInt8(ascii: "f"): return word("false", .bool(false))
    case UInt8(ascii: "n"): return word("null", .null)
    default: return number()
    }
  }

  private mutating func consume(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  private mutating func word(_ word: StaticString, _ value: JSONValue) -> JSONValue? {
    for index in 0..<word.utf8CodeUnitCount {
      guard consume(word.utf8Start[index]) else { return nil }
    }
    return value
  }
}

extension JSONParser {
  private mutating func object(depth: Int) -> JSONValue? {
    position += 1
    var members: [JSONMember] = []
    skipBlanks()
    if consume(UInt8(ascii: "}")) { return .object(members) }
    members.reserveCapacity(6)
    repeat {
      skipBlanks()
      if depth == 0, skipIgnored() { continue }
      guard next == UInt8(ascii: "\""), let name = string() else { return nil }
      skipBlanks()
      guard consume(UInt8(ascii: ":")), let value = value(depth: depth + 1) else { return nil }
      members.append(JSONMember(name, value))
      skipBlanks()
    } while consume(UInt8(ascii: ","))
    return consume(UInt8(ascii: "}")) ? .object(members) : nil
  }

  private mutating func array(depth: Int) -> JSONValue? {
    position += 1
    var elements: [JSONValue] = []
    skipBlanks()
    if consume(UInt8(ascii: "]")) { return .array(elements) }
    repeat {
      guard let value = value(depth: depth + 1) else { return nil }
      elements.append(value)
      skipBlanks()
    } while consume(UInt8(ascii: ","))
    return consume(UInt8(ascii: "]")) ? .array(elements) : nil
  }

  private mutating func number() -> JSONValue? {
    let start = position
    _ = consume(UInt8(ascii: "-"))
    if !consume(UInt8(ascii: "0")) {
      guard digits() else { return nil }
    }
    if consume(UInt8(ascii: ".")) {
      guard digits() else { return nil }
    }
    if consume(UInt8(ascii: "e")) || consume(UInt8(ascii: "E")) {
      if !consume(UInt8(ascii: "+")) { _ = consume(UInt8(ascii: "-")) }
      guard digits() else { return nil }
    }
    return .number(text(from: start, to: position))
  }

  private mutating func digits() -> Bool {
    let start = position
    while next.isDigit { position += 1 }
    return position > start
  }

  private func text(from start: Int, to end: Int) -> String {
    String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<end]), as: UTF8.self)
  }
}

extension JSONParser {
  /// Passes over a member that is ignored and has a plain string or number; false, and nothing read,
  /// for any other.
  private mutating func skipIgnored() -> Bool {
    let start = position
    guard ignored.contains(where: { takeName($0) }) else { return false }
    let isSkipped = next == UInt8(ascii: "\"") ? skipPlainString() : number() != nil
    skipBlanks()
    if isSkipped { return true }
    position = start
    return false
  }

  /// Passes over `"name":` with or without blanks behind it.
  private mutating func takeName(_ name: StaticString) -> Bool {
    let count = name.utf8CodeUnitCount
    let end = position + count + 2
    guard end < bytes.count, next == UInt8(ascii: "\""), bytes[end - 1] == UInt8(ascii: "\""),
      bytes[end] == UInt8(ascii: ":")
    else { return false }
    for index in 0..<count where bytes[position + 1 + index] != name.utf8Start[index] {
      return false
    }
    position = end + 1
    skipBlanks()
    return true
  }

  private mutating func skipPlainString() -> Bool {
    position += 1
    while position < bytes.count, bytes[position] != UInt8(ascii: "\\") {
      position += 1
      if bytes[position - 1] == UInt8(ascii: "\"") { return true }
    }
    return false
  }

  /// A string whose opening quote is next.
  ///
  /// One without escapes, as most are, is made in one step.
  private mutating func string() -> String? {
    position += 1
    let start = position
    while position < bytes.count {
      switch bytes[position] {
      case UInt8(ascii: "\""):
        position += 1
        return text(from: start, to: position - 1)
      case UInt8(ascii: "\\"):
        return escapedString(from: start)
      default:
        position += 1
      }
    }
    return nil
  }

  private mutating func escapedString(from start: Int) -> String? {
    var units = Array(bytes[start..<position])
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: units, as: UTF8.self)
      case UInt8(ascii: "\\"): guard escape(into: &units) else { return nil }
      default: units.append(byte)
      }
    }
    return nil
  }

  private mutating func escape(into units: inout [UInt8]) -> Bool {
    let byte = next
    position += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): units.append(byte)
    case UInt8(ascii: "n"): units.append(0x0A)
    case UInt8(ascii: "t"): units.append(0x09)
    case UInt8(ascii: "r"): units.append(0x0D)
    case UInt8(ascii: "b"): units.append(0x08)
    case UInt8(ascii: "f"): units.append(0x0C)
    case UInt8(ascii: "u"): return unicodeEscape(into: &units)
    default: return false
    }
    return true
  }

  /// Four hexadecimal digits behind `\u`, with the second half of a surrogate pair where one
  /// follows.
  private mutating func unicodeEscape(into units: inout [UInt8]) -> Bool {
    guard var code = hexadecimal() else { return false }
    if code & 0xFC00 == 0xD800 {
      let mark = position
      if consume(UInt8(ascii: "\\")), consume(UInt8(ascii: "u")), let low = hexadecimal(),
        low & 0xFC00 == 0xDC00
      {
        code = 0x10000 + (code & 0x3FF) << 10 + (low & 0x3FF)
      } else {
        position = mark
      }
    }
    units.append(contentsOf: String(Unicode.Scalar(code) ?? "\u{FFFD}").utf8)
    return true
  }

  private mutating func hexadecimal() -> UInt32? {
    guard position + 4 <= bytes.count else { return nil }
    var code: UInt32 = 0
    for _ in 0..<4 {
      guard let digit = bytes[position].hexadecimalDigit else { return nil }
      code = code << 4 | UInt32(digit)
      position += 1
    }
    return code
  }
}

extension UInt8 {
  /// Whether this is a blank between JSON tokens (RFC 8259 §2).
  package var isJSONBlank: Bool { self == 0x20 || self == 0x0A || self == 0x0D || self == 0x09 }

  fileprivate var isDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }

  fileprivate var hexadecimalDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}
