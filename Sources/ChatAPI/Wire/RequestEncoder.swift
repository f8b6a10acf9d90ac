import Conversation
import JSON
import ModelCatalog

/// What the encoders of all wires know of a request, and what they make of it alike.
protocol RequestEncoder {
  var request: ModelRequest { get }
  /// How the server's wire differs from OpenAI's.
  var dialect: Dialect { get }
  /// The changes that are known to be needed.
  var adaptations: Set<Adaptation> { get }
  var family: ModelFamily { get }
}

extension RequestEncoder {
  /// The messages as this server takes them, their pictures moved out of those of other roles.
  func messages(
    _ messages: [RequestMessage]? = nil, withPicturesIn roles: Set<Role>
  ) -> [RequestMessage] {
    var messages = (messages ?? request.messages).withPicturesMoved(except: roles)
    if adaptations.contains(.foldSystem) { messages = messages.foldingSystem }
    return adaptations.contains(.joinRoles) ? messages.takingTurns : messages
  }

  func wireRole(of role: Role) -> String {
    let isDeveloper =
      role == .system && dialect.knowsDeveloperRole && family.isReasoning
      && !adaptations.contains(.systemRole)
    return isDeveloper ? "developer" : role.rawValue
  }

  /// Whether the level at which a picture is looked at is sent.
  var knowsDetail: Bool { dialect.knowsDetail && !isLearnedAway("detail") }

  /// Whether the server was seen to refuse a setting.
  func isLearnedAway(_ name: String) -> Bool { adaptations.contains(.omit(name)) }

  /// The members that have a value, but for those that the user gave by name.
  func present(_ members: [(String, JSONValue?)], beside others: [JSONMember]) -> [JSONMember] {
    let names = Set(others.map(\.name))
    return members.compactMap { name, value in
      names.contains(name) ? nil : value.map { JSONMember(name, $0) }
    }
  }
}

extension RequestBody.Writer {
  /// Writes the name and the bytes of a document, the values of the members `filename` and `file_data`
  /// of both wires; the first member's name stands there already.
  mutating func append(document file: PictureFile, named name: String) {
    text.append(jsonString: name)
    text.append(",\"file_data\":\"data:\(file.mediaType);base64,")
    append(base64: file)
    text.append("\"")
  }

  /// Writes a part with sound (OpenAI API reference, chat/create, `input_audio`); `/responses` has no such
  /// part, and relays that take one there take this.
  mutating func append(sound file: PictureFile, format: String) {
    text.append("{\"type\":\"input_audio\",\"input_audio\":{\"format\":")
    text.append(jsonString: format)
    text.append(",\"data\":\"")
    append(base64: file)
    text.append("\"}}")
  }

  /// Writes further members of an object that has one already.
  mutating func append(_ members: [JSONMember]) {
    for member in members {
      text.append(",")
      text.append(jsonString: member.name)
      text.append(":")
      text.append(json: member.value)
    }
  }
}
