/// The object in which a part is stored and archived: `{"text":{"_0":"…"}}`,
/// `{"picture":{"_0":{…}}}`, or `{"unknown":{"_0":"…"}}` with the part's JSON as a text.
///
/// An object with another member throws: who reads parts that a newer version may have written
/// decodes them one by one and keeps those texts as ``ContentPart/unknown(json:)``.
extension ContentPart: Codable {
  private enum Kind: CodingKey { case text, picture, unknown }

  private enum Member: String, CodingKey { case value = "_0" }

  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Kind.self)
    guard object.allKeys.count == 1, let kind = object.allKeys.first else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "no known part"))
    }
    let member = try object.nestedContainer(keyedBy: Member.self, forKey: kind)
    self =
      switch kind {
      case .text: .text(try member.decode(String.self, forKey: .value))
      case .picture: .picture(try member.decode(PictureReference.self, forKey: .value))
      case .unknown: .unknown(json: try member.decode(String.self, forKey: .value))
      }
  }

  package func encode(to encoder: any Encoder) throws {
    var object = encoder.container(keyedBy: Kind.self)
    switch self {
    case .text(let text):
      var member = object.nestedContainer(keyedBy: Member.self, forKey: .text)
      try member.encode(text, forKey: .value)
    case .picture(let picture):
      var member = object.nestedContainer(keyedBy: Member.self, forKey: .picture)
      try member.encode(picture, forKey: .value)
    case .unknown(let json):
      var member = object.nestedContainer(keyedBy: Member.self, forKey: .unknown)
      try member.encode(json, forKey: .value)
    }
  }
}
