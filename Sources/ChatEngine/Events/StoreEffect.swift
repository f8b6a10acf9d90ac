package import Conversation

/// Work for the store, in order; answered by ``StoreEvent``.
package enum StoreEffect: Equatable, Sendable {
  /// Writes the conversation's own row: name, leaf, settings, draft. Creates it when it is new;
  /// answered by `saveFailed` where that cannot be.
  case saveConversation(Conversation)
  /// Writes a message; answered by `committed`, `branched` or `commitFailed`.
  case append(Message, ConversationID)
  /// Writes a message's status, parts, omission and reply details; answered by `commitFailed`
  /// where that cannot be.
  case update(Message)
  /// Adds to the text of a reply in flight; answered by `commitFailed` where that cannot be.
  case extend(MessageID, by: [PartFragment])
  /// Writes a whole conversation with its messages, as `/fork` makes one; answered by `inserted`
  /// or `insertFailed`.
  case insert(Conversation)
  case load(ConversationQuery, at: MessageID?)
  case list
  case search(String)
  case rename(ConversationID, String)
  case delete(ConversationQuery)
  case restore(ConversationID)
  /// Writes a file; answered by `done`, `failed`, or by `exists` where something else is there and
  /// `isReplacing` is false.
  case export(Conversation, path: String, isReplacing: Bool)
  /// Reads a file beside everything else; answered by `importing`, at last by `imported` or `failed`.
  case importFile(path: String)
  /// Ends the reading of a file, which is then answered by `failed`.
  case cancelImport
  /// Sums the usage of all conversations.
  case usage
  /// Removes the pictures of these digests that nothing uses, such as unfinished ones whose whole one
  /// came.
  case discard(Set<Digest>)
  /// Counts a request whose reply is in no stored message.
  case count(UncountedReply)
}

/// How a conversation is asked for.
package enum ConversationQuery: Hashable, Sendable {
  case id(ConversationID)
  case name(String)
  case last
}

/// The figures of a request whose reply is in no stored message, without a word of it.
package struct UncountedReply: Equatable, Sendable {
  package var id: ReplyID
  package var created: Timestamp
  package var details: ReplyDetails
  /// How many pictures it made.
  package var pictures: Int

  package init(id: ReplyID, created: Timestamp, details: ReplyDetails, pictures: Int = 0) {
    self.id = id
    self.created = created
    self.details = details
    self.pictures = pictures
  }
}
