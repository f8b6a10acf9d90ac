package import JSON

/// The object in which a part is stored and archived, told by its `type`: `text`, `reasoning`,
/// `media`, `tool_call`, `tool_result`, `hosted_call`, `citations`, `drawing`, or `unknown` with the
/// part's own JSON as a text.
///
/// An object of another type, or one that lacks what its type needs, throws: who reads parts that a
/// newer version may have written decodes them one by one and keeps those texts as
/// ``ContentPart/unknown(json:)``. Objects of the first version, `{"text":{"_0":"…"}}` and
/// `{"picture":{"_0":{…}}}`, are read as well.
extension ContentPart: Codable {
  private enum Key: String, CodingKey {
    case type, text, opaque, id, name, arguments, state, parts, json, milliseconds, citations
    case callID = "call_id"
    case isError = "is_error"
    case userOnly = "user_only"
  }

  /// What `type` says.
  package enum Tag: String, Sendable {
    case text, reasoning, media, citations, drawing, unknown
    case toolCall = "tool_call"
    case toolResult = "tool_result"
    case hostedCall = "hosted_call"
  }

  package var tag: Tag {
    switch self {
    case .text: .text
    case .reasoning: .reasoning
    case .media: .media
    case .toolCall: .toolCall
    case .toolResult: .toolResult
    case .drawing: .drawing
    case .hostedCall: .hostedCall
    case .citations: .citations
    case .unknown: .unknown
    }
  }

  /// Only of a value's own decoder, ``JSONValue/decode(_:)``.
  package init(from decoder: any Decoder) throws {
    try self.init(json: try JSONValue(from: decoder))
  }

  /// The part in an object that was parsed already.
  ///
  /// Its members are asked for by name: the containers of a `Decoder` took more than half of the time in
  /// which a conversation of a thousand calls is read.
  ///
  /// - Throws: `DecodingError` where it is no part that this version knows.
  package init(json: JSONValue) throws {
    guard json[Key.type.rawValue] != nil else {
      self = try json.decode(PartOfFirstVersion.self).part
      return
    }
    guard let tag = Tag(rawValue: try Self.string(.type, of: json)) else { throw Self.noPart }
    self =
      switch tag {
      case .text: .text(try Self.string(.text, of: json))
      case .reasoning:
        .reasoning(
          Reasoning(
            text: try Self.string(.text, of: json),
            opaque: try Self.optionalString(.opaque, of: json)))
      case .media: .media(try json.decode(MediaReference.self))
      case .toolCall: .toolCall(try Self.call(in: json))
      case .toolResult: .toolResult(try Self.result(in: json))
      case .drawing: .drawing(try json.decode(Drawing.self))
      case .hostedCall: .hostedCall(try json.decode(HostedToolCall.self))
      case .citations:
        .citations(try Self.member(.citations, of: json).decode([Citation].self))
      case .unknown: .unknown(json: try Self.string(.json, of: json))
      }
  }

  private static func result(in json: JSONValue) throws -> ToolResult {
    guard let parts = try member(.parts, of: json).elements else { throw noPart }
    var result = ToolResult(
      callID: try string(.callID, of: json), parts: try parts.map(ContentPart.init(json:)),
      isError: try json[Key.isError.rawValue]?.decode(Bool.self) ?? false,
      milliseconds: try json[Key.milliseconds.rawValue].map { try $0.decode(Int64.self) }
        .flatMap(ReplyDetails.duration))
    result.userOnly = Set(try json[Key.userOnly.rawValue]?.decode([Int].self) ?? [])
    return result
  }

  private static func call(in json: JSONValue) throws -> ToolCall {
    guard let state = ToolCall.State(rawValue: try string(.state, of: json)) else { throw noPart }
    return ToolCall(
      id: try string(.id, of: json), name: try string(.name, of: json),
      arguments: try string(.arguments, of: json), state: state,
      opaque: try optionalString(.opaque, of: json))
  }

  private static let noPart = DecodingError.dataCorrupted(
    .init(codingPath: [], debugDescription: "no known part"))

  private static func member(_ key: Key, of json: JSONValue) throws -> JSONValue {
    guard let value = json[key.rawValue] else { throw noPart }
    return value
  }

  private static func string(_ key: Key, of json: JSONValue) throws -> String {
    guard let text = try member(key, of: json).string else { throw noPart }
    return text
  }

  private static func optionalString(_ key: Key, of json: JSONValue) throws -> String? {
    json[key.rawValue] == nil ? nil : try string(key, of: json)
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(tag.rawValue, forKey: .type)
    switch self {
    case .text(let text): try object.encode(text, forKey: .text)
    case .reasoning(let reasoning):
      try object.encode(reasoning.text, forKey: .text)
      try object.encodeIfPresent(reasoning.opaque, forKey: .opaque)
    case .media(let media): try media.encode(to: encoder)
    case .toolCall(let call):
      try object.encode(call.id, forKey: .id)
      try object.encode(call.name, forKey: .name)
      try object.encode(call.arguments, forKey: .arguments)
      try object.encode(call.state.rawValue, forKey: .state)
      try object.encodeIfPresent(call.opaque, forKey: .opaque)
    case .toolResult(let result):
      try object.encode(result.callID, forKey: .callID)
      try object.encode(result.parts, forKey: .parts)
      try object.encode(result.isError, forKey: .isError)
      if !result.userOnly.isEmpty {
        try object.encode(result.userOnly.sorted(), forKey: .userOnly)
      }
      try object.encodeIfPresent(result.milliseconds, forKey: .milliseconds)
    case .drawing(let drawing): try drawing.encode(to: encoder)
    case .hostedCall(let call): try call.encode(to: encoder)
    case .citations(let citations): try object.encode(citations, forKey: .citations)
    case .unknown(let json): try object.encode(json, forKey: .json)
    }
  }
}

// MARK: - The first version

/// A part as the first version wrote it: one member, named for its kind.
private struct PartOfFirstVersion: Decodable {
  private enum Kind: CodingKey { case text, picture, unknown }

  private enum Member: String, CodingKey { case value = "_0" }

  let part: ContentPart

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Kind.self)
    guard object.allKeys.count == 1, let kind = object.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no known part"))
    }
    let member = try object.nestedContainer(keyedBy: Member.self, forKey: kind)
    part =
      switch kind {
      case .text: .text(try member.decode(String.self, forKey: .value))
      case .picture: .picture(try member.decode(PictureReference.self, forKey: .value))
      case .unknown: .unknown(json: try member.decode(String.self, forKey: .value))
      }
  }
}

// MARK: - Media

/// The members of a `media` part: `source`, `media_type`, `bytes`, `name`, and one named for its
/// kind.
extension MediaReference: Codable {
  private enum Key: String, CodingKey {
    case source, bytes, name, picture, sound, document, film
    case mediaType = "media_type"
  }

  private enum SourceKey: String, CodingKey { case digest, url, file, provider }

  fileprivate enum FactKey: String, CodingKey {
    case width, height, detail, seconds, pages
    case hasLocation = "has_location"
    case isUnfinished = "unfinished"
    case textTokens = "text_tokens"
  }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Key.self)
    let source = try object.nestedContainer(keyedBy: SourceKey.self, forKey: .source)
    self.init(
      source: try Self.source(from: source),
      mediaType: try object.decodeIfPresent(String.self, forKey: .mediaType),
      byteCount: try object.decodeIfPresent(ByteCount.self, forKey: .bytes),
      name: try object.decode(String.self, forKey: .name), facts: try Self.facts(from: object))
  }

  private static func source(from object: KeyedDecodingContainer<SourceKey>) throws -> Source {
    if let digest = try object.decodeIfPresent(Digest.self, forKey: .digest) {
      return .stored(digest)
    }
    if let url = try object.decodeIfPresent(SafeURL.self, forKey: .url) { return .remote(url) }
    return .serverFile(
      id: try object.decode(String.self, forKey: .file),
      provider: try object.decode(String.self, forKey: .provider))
  }

  private static func facts(from object: KeyedDecodingContainer<Key>) throws -> Facts {
    func facts(_ key: Key) throws -> KeyedDecodingContainer<FactKey>? {
      object.contains(key) ? try object.nestedContainer(keyedBy: FactKey.self, forKey: key) : nil
    }
    if let picture = try facts(.picture) { return .picture(try PictureFacts(from: picture)) }
    if let sound = try facts(.sound) {
      return .sound(seconds: try sound.decodeIfPresent(Double.self, forKey: .seconds))
    }
    if let document = try facts(.document) {
      return .document(
        pages: try document.decodeIfPresent(Int.self, forKey: .pages),
        textTokens: try document.decodeIfPresent(Int.self, forKey: .textTokens))
    }
    if let film = try facts(.film) {
      return .film(seconds: try film.decodeIfPresent(Double.self, forKey: .seconds))
    }
    return .file
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Key.self)
    var place = object.nestedContainer(keyedBy: SourceKey.self, forKey: .source)
    switch source {
    case .stored(let digest): try place.encode(digest, forKey: .digest)
    case .remote(let url): try place.encode(url, forKey: .url)
    case .serverFile(let id, let provider):
      try place.encode(id, forKey: .file)
      try place.encode(provider, forKey: .provider)
    }
    try object.encodeIfPresent(mediaType, forKey: .mediaType)
    try object.encodeIfPresent(byteCount, forKey: .bytes)
    try object.encode(name, forKey: .name)
    try encodeFacts(to: &object)
  }

  private func encodeFacts(to object: inout KeyedEncodingContainer<Key>) throws {
    switch facts {
    case .picture(let picture):
      var facts = object.nestedContainer(keyedBy: FactKey.self, forKey: .picture)
      try facts.encodeIfPresent(picture.size?.width, forKey: .width)
      try facts.encodeIfPresent(picture.size?.height, forKey: .height)
      try facts.encode(picture.detail, forKey: .detail)
      try facts.encode(picture.hasLocation, forKey: .hasLocation)
      if picture.isUnfinished { try facts.encode(true, forKey: .isUnfinished) }
    case .sound(let seconds):
      var facts = object.nestedContainer(keyedBy: FactKey.self, forKey: .sound)
      try facts.encodeIfPresent(seconds, forKey: .seconds)
    case .document(let pages, let textTokens):
      var facts = object.nestedContainer(keyedBy: FactKey.self, forKey: .document)
      try facts.encodeIfPresent(pages, forKey: .pages)
      try facts.encodeIfPresent(textTokens, forKey: .textTokens)
    case .film(let seconds):
      var facts = object.nestedContainer(keyedBy: FactKey.self, forKey: .film)
      try facts.encodeIfPresent(seconds, forKey: .seconds)
    case .file: break
    }
  }
}

extension PictureFacts {
  /// Sides that are out of range read as the nearest of at least one pixel.
  fileprivate init(from object: KeyedDecodingContainer<MediaReference.FactKey>) throws {
    let width = try object.decodeIfPresent(Int.self, forKey: .width)
    let height = try object.decodeIfPresent(Int.self, forKey: .height)
    let size = width.flatMap { width in
      height.map { PixelSize(width: max(1, width), height: max(1, $0)) }
    }
    self.init(
      size: size, detail: try object.decode(Detail.self, forKey: .detail),
      hasLocation: try object.decodeIfPresent(Bool.self, forKey: .hasLocation) ?? false,
      isUnfinished: try object.decodeIfPresent(Bool.self, forKey: .isUnfinished) ?? false)
  }
}
