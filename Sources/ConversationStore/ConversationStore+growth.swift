import Conversation
import GRDB

extension ConversationStore {
  /// The conversation under the identifiers of one that is stored, and that it is the continuation of;
  /// nil where none is, or where it is stored itself.
  ///
  /// `earlier` are the identifiers under which it may be, the longest first.
  static func grown(
    _ conversation: Conversation, _ earlier: [ConversationID], _ database: Database
  ) throws -> Conversation? {
    guard !earlier.isEmpty, try ConversationRow.settings(of: conversation.id, database) == nil
    else { return nil }
    for id in earlier {
      guard let (_, leaf) = try ConversationRow.settings(of: id, database) else { continue }
      let held = MessageTree(messages: try ConversationRow.messages(of: id, database), leaf: leaf)
      return conversation.renamed(id, continuing: held)
    }
    return nil
  }
}

extension Conversation {
  /// A copy with the identifiers of `held` for its first messages, as far as they say the same, and
  /// with the next free ones for the others.
  fileprivate func renamed(_ id: ConversationID, continuing held: MessageTree) -> Conversation {
    var copy = Conversation(id: id, created: created)
    copy.name = name
    copy.instructions = instructions
    copy.model = model
    copy.parameters = parameters
    var parent: MessageID?
    var isHeld = true
    let chain = messages.path.map { message in
      let same = isHeld ? held.child(of: parent, like: message) : nil
      isHeld = same != nil
      let next = same ?? held.freeIdentifier(after: parent ?? MessageID(rawValue: id.rawValue))
      defer { parent = next }
      return Message(
        id: next, parent: parent, role: message.role, parts: message.parts,
        created: message.created, status: message.status, reply: message.reply)
    }
    copy.messages = MessageTree(messages: chain, leaf: chain.last?.id)
    return copy
  }
}

extension MessageTree {
  /// The message below `parent` that says the same.
  fileprivate func child(of parent: MessageID?, like message: Message) -> MessageID? {
    all.first {
      $0.parent == parent && $0.role == message.role && $0.text.storable == message.text.storable
    }?.id
  }

  fileprivate func freeIdentifier(after id: MessageID) -> MessageID {
    var next = id.rawValue + 1
    while self[MessageID(rawValue: next)] != nil { next += 1 }
    return MessageID(rawValue: next)
  }
}
