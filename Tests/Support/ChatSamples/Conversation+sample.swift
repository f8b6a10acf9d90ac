package import Conversation

extension Conversation {
  package static let empty = Conversation(
    id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 0))

  /// A conversation of texts, the user's first, then replies and questions in turn.
  package static func of(_ texts: String..., id: Int64 = 1) -> Conversation {
    var conversation = Conversation(
      id: ConversationID(rawValue: id), created: Timestamp(milliseconds: 0))
    for (index, text) in texts.enumerated() {
      conversation.messages.append(
        Message(
          id: MessageID(rawValue: id * 100 + Int64(index)), parent: conversation.messages.leaf,
          role: index.isMultiple(of: 2) ? .user : .assistant, parts: [.text(text)],
          created: Timestamp(milliseconds: Int64(index))))
    }
    return conversation
  }

  /// The conversation with one of its messages changed.
  package func changing(_ index: Int, _ change: (inout Message) -> Void) -> Conversation {
    var copy = self
    copy.messages.update(messages.pathIDs[index], change)
    return copy
  }
}
