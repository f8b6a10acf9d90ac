/// A conversation: a tree of messages, the leaf that is in use, and the settings it goes on with.
package struct Conversation: Identifiable, Hashable, Sendable {
  package let id: ConversationID
  /// Chosen by the user, unique in a store; nil until then.
  package var name: String?
  package var created: Timestamp
  /// The system message that opens every request; nil for none.
  package var instructions: String?
  package var model: String?
  package var provider: String?
  package var parameters = Parameters()
  package var messages = MessageTree()
  /// What stood in the composer, and the pictures waiting with it.
  package var draft = Draft()

  package init(id: ConversationID, created: Timestamp) {
    self.id = id
    self.created = created
  }
}

/// A message that has not been sent yet.
package struct Draft: Hashable, Codable, Sendable {
  package var text = ""
  package var pictures: [PictureReference] = []

  package init() {}
}

extension Conversation {
  /// What to call the conversation in a list: its name, else its first words (at most 60
  /// characters of the first user message's first line), else an empty text.
  package var title: String {
    if let name { return name }
    let path = messages.pathIDs.lazy.compactMap { messages[$0] }
    return path.first { $0.role == .user && !$0.text.isEmpty }?.firstWords ?? ""
  }
}

extension Message {
  /// What of the message a conversation without a name is called by: at most 60 characters of its
  /// first line; however long the text is, no more of it is looked at.
  package var firstWords: String {
    let line = text.drop(while: \.isNewline).prefix(61).prefix { !$0.isNewline }
    return line.count > 60 ? line.prefix(59) + "…" : String(line)
  }
}
