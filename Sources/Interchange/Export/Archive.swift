import Conversation
import JSON

/// Everything that Iris knows of a conversation, in the shape of its own JSON (`.iris.json`).
///
/// The file is one object: `iris` (the version of this shape), `conversation`, `messages` (every
/// branch, oldest first) and `pictures` (the originals by digest, as `data:` URLs). Times are
/// milliseconds since 1970. In version 1 a reply's reasoning stands among its details, and parts have
/// no `type`.
struct Archive: Codable {
  static let version = 2

  var iris = version
  var conversation: Settings
  var messages: [Entry]

  /// A conversation without its messages.
  struct Settings: Codable {
    var id: ConversationID
    var name: Label?
    var created: Timestamp
    var leaf: MessageID?
    var instructions: String?
    var model: String?
    var provider: String?
    var parameters: Parameters
    var draft: Draft
  }

  /// A message.
  struct Entry: Codable {
    var id: MessageID
    var parent: MessageID?
    var role: Role
    var parts: [ContentPart]
    var created: Timestamp
    var status: Message.Status
    var omission: Message.Omission
    var reply: ReplyDetails?
  }
}

extension Archive {
  init(_ conversation: Conversation) {
    self.conversation = Settings(
      id: conversation.id, name: conversation.name, created: conversation.created,
      leaf: conversation.messages.leaf, instructions: conversation.instructions,
      model: conversation.model, provider: conversation.provider,
      parameters: conversation.parameters, draft: conversation.draft)
    messages = conversation.messages.all.map {
      Entry(
        id: $0.id, parent: $0.parent, role: $0.role, parts: $0.parts, created: $0.created,
        status: $0.status, omission: $0.omission, reply: $0.reply)
    }
  }

  /// The conversation that was archived.
  var restored: Conversation {
    var restored = Conversation(id: conversation.id, created: conversation.created)
    restored.name = conversation.name
    restored.instructions = conversation.instructions
    restored.model = conversation.model.flatMap { $0.isModelName ? $0 : nil }
    restored.provider = conversation.provider.flatMap { $0.isModelName ? $0 : nil }
    restored.parameters = conversation.parameters
    restored.draft = conversation.draft
    let messages = messages.map { entry in
      var message = Message(
        id: entry.id, parent: entry.parent, role: entry.role, parts: entry.parts,
        created: entry.created, status: entry.status, reply: entry.reply)
      message.omission = entry.omission
      return message
    }
    restored.messages = MessageTree(messages: messages, leaf: conversation.leaf)
    return restored
  }
}

extension Archive.Entry {
  private enum FirstKey: CodingKey { case reply, reasoning }

  /// Reads entries of both versions.
  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    id = try object.decode(MessageID.self, forKey: .id)
    parent = try object.decodeIfPresent(MessageID.self, forKey: .parent)
    role = try object.decode(Role.self, forKey: .role)
    parts = try object.decode([ArchivedPart].self, forKey: .parts).map(\.part)
    created = try object.decode(Timestamp.self, forKey: .created)
    status = try object.decode(Message.Status.self, forKey: .status)
    omission = try object.decode(Message.Omission.self, forKey: .omission)
    reply = try object.decodeIfPresent(ReplyDetails.self, forKey: .reply)
    let first = try decoder.container(keyedBy: FirstKey.self)
    guard reply != nil,
      let reasoning = try first.nestedContainer(keyedBy: FirstKey.self, forKey: .reply)
        .decodeIfPresent(String.self, forKey: .reasoning), !reasoning.isEmpty
    else { return }
    parts.insert(.reasoning(reasoning), at: 0)
  }
}

/// A part of an archive; one that this version does not know keeps its JSON as it was written.
private struct ArchivedPart: Decodable {
  private enum Key: CodingKey { case type }

  let part: ContentPart

  /// - Throws: where a part of a known type is not what its type says.
  init(from decoder: any Decoder) throws {
    let type = try? decoder.container(keyedBy: Key.self).decode(String.self, forKey: .type)
    if let type, ContentPart.Tag(rawValue: type) == nil {
      part = .unknown(json: try decoder.singleValueContainer().decode(JSONValue.self).description)
    } else {
      part = try ContentPart(from: decoder)
    }
  }
}

extension [ContentPart] {
  /// What an archive holds the originals of: all media, and the masks of drawings.
  var originals: [MediaReference] {
    media
      + compactMap { part in
        if case .drawing(let drawing) = part {
          drawing.mask.map { MediaReference($0) }
        } else {
          nil
        }
      }
  }
}
