package import Conversation
import GRDB

/// What another program did meanwhile in the conversation that a message was added to.
package enum Appended: Hashable, Sendable {
  case inLine
  /// Others wrote in the conversation since this program last looked: their messages, oldest first.
  case branched([Message])
}

extension ConversationStore {
  /// Adds a message, on the disk when this returns, and makes it the conversation's leaf, unless its
  /// answer is stored already: then it was refused before, and comes late.
  ///
  /// A message that is stored already, because an earlier call failed after its work was done, is
  /// stored again in the same place.
  package func append(
    _ message: Message, to conversation: ConversationID
  ) throws(StoreError) -> Appended {
    let known = known[conversation]
    var isLeaf = true
    let (remote, all) = try writing { database in
      if try Self.isStored(message, in: conversation, database) {
        try MessageRow.update(message, database)
        try ReplyFragments.remove(from: message.id, database)
        isLeaf = false
      } else {
        // What another program deleted meanwhile, and this one goes on with, is wanted.
        try Self.restore(conversation, database)
        isLeaf = try !Self.isAnswered(message.id, in: conversation, database)
        try Self.count(message, in: conversation, isLeaf: isLeaf, database)
        try MessageRow.insert(message, in: conversation, database)
      }
      return try Self.remote(to: known, besides: message.id, in: conversation, database)
    }
    self.known[conversation] = all
    if isLeaf { held[conversation]?.leaf = message.id }
    return remote.isEmpty ? .inLine : .branched(remote)
  }

  /// Writes what changed in a message: its parts, status, omission and reply details.
  ///
  /// This takes the place of all that ``extend(_:by:)`` added before.
  package func update(_ message: Message) throws(StoreError) {
    try writing { database in
      try MessageRow.update(message, database)
      try ReplyFragments.remove(from: message.id, database)
      try restoreConversation(of: message.id, database)
    }
  }

  /// Adds to a reply in flight; the cost is that of the new text alone.
  ///
  /// The pieces are joined when the reply is loaded, and stored as one by
  /// ``update(_:)`` when it ends. The caller paces the calls.
  package func extend(
    _ message: MessageID, by fragments: [PartFragment]
  ) throws(StoreError) {
    try writing { database in
      do {
        try ReplyFragments.add(fragments, to: message, database)
        try restoreConversation(of: message, database)
      } catch DatabaseError.SQLITE_CONSTRAINT_FOREIGNKEY {
        throw StoreError.unknownMessage(message)
      }
    }
  }

  /// Whether the very message is there; another under the same identifier is an error.
  private static func isStored(
    _ message: Message, in conversation: ConversationID, _ database: Database
  ) throws -> Bool {
    let sql = "SELECT conversation, parent, role, created FROM message WHERE id = ?"
    guard let row = try Row.fetchOne(database, sql: sql, arguments: [message.id.rawValue]) else {
      return false
    }
    guard row.integer(0) == conversation.rawValue, row.integer(1) == message.parent?.rawValue,
      row.text(2) == message.role.rawValue, row.integer(3) == message.created.milliseconds
    else { throw StoreError.duplicate(message.id.rawValue) }
    return true
  }

  /// Whether a message's answer is stored already, as it is where the message was refused before.
  private static func isAnswered(
    _ message: MessageID, in conversation: ConversationID, _ database: Database
  ) throws -> Bool {
    try Bool.fetchOne(
      database, sql: "SELECT EXISTS (SELECT 1 FROM message WHERE conversation = ? AND parent = ?)",
      arguments: [conversation.rawValue, message.rawValue]) ?? false
  }

  /// Keeps the conversation's own row in step with a new message, which becomes its leaf.
  private static func count(
    _ message: Message, in conversation: ConversationID, isLeaf: Bool, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: """
        UPDATE conversation SET
          leaf = iif(?, ?, leaf), message_count = message_count + 1,
          updated = max(?, updated, 1 + (
            SELECT coalesce(max(updated), 0) FROM conversation WHERE id <> ?)),
          picture_count = picture_count + ?, title = iif(title = '', ?, title)
        WHERE id = ?
        """)
    try statement.execute(
      arguments: [
        isLeaf, message.id.rawValue, message.created.milliseconds, conversation.rawValue,
        message.pictures.count,
        message.role == .user ? message.firstWords.storable : "", conversation.rawValue,
      ])
    if database.changesCount == 0 { throw StoreError.notFound(conversation.description) }
  }

  /// The messages that are news to this program, and the identifiers of all there are.
  private static func remote(
    to known: Set<MessageID>?, besides id: MessageID, in conversation: ConversationID,
    _ database: Database
  ) throws -> ([Message], all: Set<MessageID>) {
    if var known, try known.union([id]).count == count(of: conversation, database) {
      known.insert(id)
      return ([], known)
    }
    let sql = "SELECT id FROM message WHERE conversation = ?"
    let ids = try Int64.fetchSet(database, sql: sql, arguments: [conversation.rawValue])
    let all = Set(ids.map(MessageID.init(rawValue:)))
    guard let known else { return ([], all) }
    let remote = try all.subtracting(known).subtracting([id]).sorted().compactMap {
      try message($0, database)
    }
    return (remote, all)
  }

  private static func count(of conversation: ConversationID, _ database: Database) throws -> Int? {
    try Int.fetchOne(
      database, sql: "SELECT message_count FROM conversation WHERE id = ?",
      arguments: [conversation.rawValue])
  }

  /// One message as it stands, a reply in flight with what has come of it.
  private static func message(_ id: MessageID, _ database: Database) throws -> Message? {
    guard var message = try MessageRow.messages(where: "m.id = ?", id.rawValue, database).first
    else { return nil }
    try ReplyFragments.merge(into: &message, database)
    return message
  }
}
