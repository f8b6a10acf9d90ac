/// A stored conversation as a list shows it.
package struct ConversationSummary: Identifiable, Hashable, Sendable {
  package var id: ConversationID
  package var name: String?
  /// The name, else the first words.
  package var title: String
  package var updated: Timestamp
  package var messageCount: Int
  package var pictureCount: Int
  package var model: String?

  package init(
    id: ConversationID, name: String?, title: String, updated: Timestamp, messageCount: Int,
    pictureCount: Int, model: String?
  ) {
    self.id = id
    self.name = name
    self.title = title
    self.updated = updated
    self.messageCount = messageCount
    self.pictureCount = pictureCount
    self.model = model
  }
}

/// A message in which a search found its text.
package struct SearchHit: Hashable, Sendable {
  package var conversation: ConversationSummary
  package var message: MessageID
  package var role: Role
  /// The line with the match, shortened around it.
  package var line: String

  package init(
    conversation: ConversationSummary, message: MessageID, role: Role, line: String
  ) {
    self.conversation = conversation
    self.message = message
    self.role = role
    self.line = line
  }
}
