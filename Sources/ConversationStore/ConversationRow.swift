import Conversation
import GRDB

/// A conversation without its messages as a row of the table `conversation`, and back.
enum ConversationRow {
  /// Does `change`, and tells a name that another conversation has as such.
  static func naming(_ name: String?, _ change: () throws -> Void) throws {
    do {
      try change()
    } catch DatabaseError.SQLITE_CONSTRAINT_UNIQUE {
      throw StoreError.nameTaken(name ?? "")
    }
  }

  /// The conversation with all its messages; nil where there is none, or it was deleted.
  static func load(_ id: ConversationID, _ database: Database) throws -> Conversation? {
    guard let (row, leaf) = try settings(of: id, database, "AND is_deleted = 0") else { return nil }
    var conversation = row
    conversation.messages = tree(of: try messages(of: id, database), leaf: leaf)
    return conversation
  }

  /// The conversation without its messages, and its leaf.
  static func settings(
    of id: ConversationID, _ database: Database, _ condition: String = ""
  ) throws -> (Conversation, leaf: MessageID?)? {
    let sql = """
      SELECT created, name, leaf, model, provider, instructions, parameters, draft
      FROM conversation WHERE id = ? \(condition)
      """
    guard let row = try Row.fetchOne(database, sql: sql, arguments: [id.rawValue]) else {
      return nil
    }
    var conversation = Conversation(
      id: id, created: Timestamp(milliseconds: row.integer(0) ?? 0))
    conversation.name = row.text(1).map { Label($0) }
    conversation.model = row.text(3)
    conversation.provider = row.text(4)
    conversation.instructions = row.text(5)
    // Most set nothing, and a decoder costs as much as some messages.
    let parameters = row.text(6)
    conversation.parameters =
      parameters == "{}" ? Parameters() : JSONColumn.decode(parameters) ?? Parameters()
    conversation.draft = JSONColumn.decode(row.text(7)) ?? Draft()
    return (conversation, row.integer(2).map(MessageID.init(rawValue:)))
  }

  /// The tree of `messages`; where its leaf is lost, the newest message stands for it.
  static func tree(of messages: [Message], leaf: MessageID?) -> MessageTree {
    var tree = MessageTree(messages: messages, leaf: leaf)
    if leaf != nil, tree.leaf == nil { tree.select(leaf: messages.map(\.id).max()) }
    return tree
  }

  /// The messages of a conversation, in no order.
  ///
  /// A reply that is marked as streaming broke off with the program that received it, or
  /// another program receives it now: it reads as cut off where it stands.
  static func messages(of id: ConversationID, _ database: Database) throws -> [Message] {
    var messages = try MessageRow.messages(where: "m.conversation = ?", id.rawValue, database)
    for index in messages.indices where messages[index].status == .streaming {
      try ReplyFragments.end(&messages[index], database)
    }
    return messages
  }
}
