import FoundationEssentials

/// What a file of JSON looks like from outside, without reading its contents.
struct FileSample: Decodable {
  enum Kind: Equatable {
    /// Iris's own, of that version.
    case archive(version: Int)
    /// One conversation of ChatGPT's `conversations.json`.
    case chatGPT
    /// A request's body, or an object with `messages`.
    case body
    /// An array of messages.
    case messages
    /// An array of bodies.
    case bodies
    /// One message.
    case message
    case other
  }

  let kind: Kind

  var isChatGPT: Bool { kind == .chatGPT }

  /// Nil where `bytes` are no JSON.
  init?(_ bytes: [UInt8]) {
    guard let sample = try? JSONDecoder().decode(FileSample.self, from: Data(bytes)) else {
      return nil
    }
    self = sample
  }

  private enum Keys: String, CodingKey {
    case iris
    case messages
    case mapping
    case role
  }

  init(from decoder: any Decoder) throws {
    if var array = try? decoder.unkeyedContainer() {
      kind = array.isAtEnd ? .messages : Self.kind(ofElement: try? array.nestedContainer())
    } else {
      kind = Self.kind(of: try? decoder.container(keyedBy: Keys.self))
    }
  }

  private static func kind(of object: KeyedDecodingContainer<Keys>?) -> Kind {
    guard let object else { return .other }
    if let version = try? object.decode(Int.self, forKey: .iris) {
      return .archive(version: version)
    }
    if object.contains(.mapping) { return .chatGPT }
    if object.contains(.messages) { return .body }
    return object.contains(.role) ? .message : .other
  }

  private static func kind(ofElement object: KeyedDecodingContainer<Keys>?) -> Kind {
    guard let object else { return .other }
    if object.contains(.messages) { return .bodies }
    return object.contains(.role) ? .messages : .other
  }
}

extension UnkeyedDecodingContainer {
  fileprivate mutating func nestedContainer<Key: CodingKey>() throws -> KeyedDecodingContainer<Key>
  {
    try nestedContainer(keyedBy: Key.self)
  }
}
