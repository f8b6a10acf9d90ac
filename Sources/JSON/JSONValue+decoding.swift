extension JSONValue {
  /// The value of a `Decodable` type that this one holds.
  ///
  /// For types of our own whose shape is fixed, so that files are read by one parser: what has no place
  /// in the type can be looked at beside it, as it was written.
  ///
  /// - Throws: `DecodingError`, with the path to what does not fit.
  package func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    try Value(from: ValueDecoder(value: self, codingPath: []))
  }
}

/// Any value, as it was written; only ``JSONValue/decode(_:)`` gives it.
extension JSONValue: Decodable {
  package init(from decoder: any Decoder) throws {
    guard let decoder = decoder as? ValueDecoder else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no decoder of JSON values"))
    }
    self = decoder.value
  }
}

/// A decoder of one value.
private struct ValueDecoder: Decoder {
  let value: JSONValue
  let codingPath: [any CodingKey]
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  func container<Key: CodingKey>(keyedBy: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .object(let members) = value else { throw mismatch([String: JSONValue].self) }
    return KeyedDecodingContainer(ObjectContainer(members: members, codingPath: codingPath))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard let elements = value.elements else { throw mismatch([JSONValue].self) }
    return ArrayContainer(elements: elements, codingPath: codingPath)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { self }

  func mismatch(_ type: Any.Type) -> DecodingError {
    .typeMismatch(type, .init(codingPath: codingPath, debugDescription: "no \(type)"))
  }
}

extension ValueDecoder: SingleValueDecodingContainer {
  func decodeNil() -> Bool { value == .null }

  func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    if let plain = plain(type) { return plain }
    if Value.self is any PlainJSON.Type { throw mismatch(type) }
    return try Value(from: self)
  }

  /// The value of a type that JSON knows; nil for any other type, and where the value is none.
  private func plain<Value>(_ type: Value.Type) -> Value? {
    (type as? any PlainJSON.Type)?.init(json: value) as? Value
  }
}

/// A type whose values are single values of JSON.
private protocol PlainJSON {
  init?(json: JSONValue)
}

extension Bool: PlainJSON {
  init?(json: JSONValue) {
    guard let value = json.bool else { return nil }
    self = value
  }
}

extension String: PlainJSON {
  init?(json: JSONValue) {
    guard let value = json.string else { return nil }
    self = value
  }
}

extension PlainJSON where Self: LosslessStringConvertible & BinaryFloatingPoint {
  init?(json: JSONValue) {
    guard case .number(let text) = json, let number = Self(text), number.isFinite else {
      return nil
    }
    self = number
  }
}

extension PlainJSON where Self: FixedWidthInteger {
  init?(json: JSONValue) {
    guard case .number(let text) = json else { return nil }
    // 1e3 and 1.0 are whole numbers, too.
    guard let whole = Self(text) ?? Double(text).flatMap({ Self(exactly: $0) }) else { return nil }
    self = whole
  }
}

extension Double: PlainJSON {}
extension Float: PlainJSON {}
extension Int: PlainJSON {}
extension Int8: PlainJSON {}
extension Int16: PlainJSON {}
extension Int32: PlainJSON {}
extension Int64: PlainJSON {}
extension UInt: PlainJSON {}
extension UInt8: PlainJSON {}
extension UInt16: PlainJSON {}
extension UInt32: PlainJSON {}
extension UInt64: PlainJSON {}

/// The members of an object; of several with one name the first counts.
private struct ObjectContainer<Key: CodingKey>: KeyedDecodingContainerProtocol {
  let members: [JSONMember]
  let codingPath: [any CodingKey]

  var allKeys: [Key] { members.compactMap { Key(stringValue: $0.name) } }

  func contains(_ key: Key) -> Bool { value(of: key) != nil }

  func decodeNil(forKey key: Key) throws -> Bool {
    guard let value = value(of: key) else { return try decoder(of: key).decodeNil() }
    if case .null = value { return true }
    return false
  }

  func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
    try decoder(of: key).decode(type)
  }

  // Most members are these: no conformance need be looked up, and no path be made.
  func decode(_ type: String.Type, forKey key: Key) throws -> String {
    if case .string(let text)? = value(of: key) { return text }
    throw try decoder(of: key).mismatch(type)
  }

  func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool {
    if let value = value(of: key)?.bool { return value }
    throw try decoder(of: key).mismatch(type)
  }

  func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 {
    if let value = value(of: key).flatMap({ Int64(json: $0) }) { return value }
    throw try decoder(of: key).mismatch(type)
  }

  func nestedContainer<Nested: CodingKey>(
    keyedBy: Nested.Type, forKey key: Key
  ) throws -> KeyedDecodingContainer<Nested> {
    try decoder(of: key).container(keyedBy: keyedBy)
  }

  func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
    try decoder(of: key).unkeyedContainer()
  }

  // No class of ours inherits from another.
  func superDecoder() throws -> any Decoder {
    ValueDecoder(value: .object(members), codingPath: codingPath)
  }

  func superDecoder(forKey key: Key) throws -> any Decoder { try decoder(of: key) }

  private func value(of key: Key) -> JSONValue? {
    let name = key.stringValue
    return members.first { $0.name == name }?.value
  }

  private func decoder(of key: Key) throws -> ValueDecoder {
    guard let value = value(of: key) else {
      throw DecodingError.keyNotFound(
        key, .init(codingPath: codingPath, debugDescription: "no \(key.stringValue)"))
    }
    return ValueDecoder(value: value, codingPath: codingPath + [key])
  }
}

/// The elements of an array, one after another.
private struct ArrayContainer: UnkeyedDecodingContainer {
  /// The place of an element.
  private struct Index: CodingKey {
    let intValue: Int?
    var stringValue: String { intValue.map(String.init) ?? "" }

    init(intValue: Int) { self.intValue = intValue }
    init?(stringValue: String) { nil }
  }

  let elements: [JSONValue]
  let codingPath: [any CodingKey]
  private(set) var currentIndex = 0

  init(elements: [JSONValue], codingPath: [any CodingKey]) {
    self.elements = elements
    self.codingPath = codingPath
  }

  var count: Int? { elements.count }
  var isAtEnd: Bool { currentIndex >= elements.count }

  mutating func decodeNil() throws -> Bool {
    guard try next(of: JSONValue.self).decodeNil() else { return false }
    currentIndex += 1
    return true
  }

  mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
    let value = try next(of: type).decode(type)
    currentIndex += 1
    return value
  }

  mutating func nestedContainer<Nested: CodingKey>(
    keyedBy: Nested.Type
  ) throws -> KeyedDecodingContainer<Nested> {
    let container = try next(of: JSONValue.self).container(keyedBy: keyedBy)
    currentIndex += 1
    return container
  }

  mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
    let container = try next(of: JSONValue.self).unkeyedContainer()
    currentIndex += 1
    return container
  }

  mutating func superDecoder() throws -> any Decoder {
    let decoder = try next(of: JSONValue.self)
    currentIndex += 1
    return decoder
  }

  private func next(of type: Any.Type) throws -> ValueDecoder {
    let path = codingPath + [Index(intValue: currentIndex)]
    guard !isAtEnd else {
      throw DecodingError.valueNotFound(
        type, .init(codingPath: path, debugDescription: "no more elements"))
    }
    return ValueDecoder(value: elements[currentIndex], codingPath: path)
  }
}
