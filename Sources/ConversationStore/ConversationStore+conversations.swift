package import Conversation
import GRDB

extension ConversationStore {
  /// Writes the conversation's own row: leaf, settings and draft; makes it when it is new.
  ///
  /// Its messages are not written. Its name is written only with a new row: later names come
  /// through ``rename(_:to:)``, so that an older value never takes back a newer name. Of the rest
  /// what this program changed since it last read or wrote the row is written, and no older value
  /// takes back what another program wrote beside it.
  package func save(_ conversation: Conversation) throws(StoreError) {
    let before = held[conversation.id]
    held[conversation.id] = try writing {
      try ConversationRow.save(conversation, over: before, $0)
    }
    if known[conversation.id] == nil { known[conversation.id] = [] }
  }

  /// Writes whole conversations with their messages, all of them or none.
  ///
  /// Their identifiers and those of their messages must be new to the store.
  package func insert(_ conversations: [Conversation]) throws(StoreError) {
    try writing { database in
      for conversation in conversations { try Self.insert(conversation, database) }
    }
    for conversation in conversations {
      known[conversation.id] = Set(conversation.messages.unordered.map(\.id))
      held[conversation.id] = ConversationRow.Held(conversation)
    }
  }

  /// Whether the store has one of the conversation's identifiers.
  static func isTaken(_ conversation: Conversation, _ database: Database) throws -> Bool {
    if try ConversationRow.settings(of: conversation.id, database) != nil { return true }
    let statement = try database.cachedStatement(sql: "SELECT 1 FROM message WHERE id = ?")
    return try conversation.messages.unordered.contains { message in
      try Int.fetchOne(statement, arguments: [message.id.rawValue]) != nil
    }
  }

  static func insert(_ conversation: Conversation, _ database: Database) throws {
    if try ConversationRow.settings(of: conversation.id, database) != nil {
      throw StoreError.duplicate(conversation.id.rawValue)
    }
    _ = try ConversationRow.save(conversation, over: nil, database)
    let messages = conversation.messages.all
    for message in messages {
      do {
        try MessageRow.insert(message, in: conversation.id, database)
      } catch DatabaseError.SQLITE_CONSTRAINT_PRIMARYKEY {
        throw StoreError.duplicate(message.id.rawValue)
      }
    }
    var unnamed = conversation
    unnamed.name = nil
    try database.execute(
      sql: """
        UPDATE conversation
        SET updated = min(?, 1000 * CAST(strftime('%s', 'now') AS INTEGER)),
          message_count = ?, picture_count = ?, title = ? WHERE id = ?
        """,
      arguments: [
        messages.map(\.created).max()?.milliseconds ?? conversation.created.milliseconds,
        messages.count, messages.reduce(0) { $0 + $1.pictures.count }, unnamed.title.storable,
        conversation.id.rawValue,
      ])
  }

  /// The conversation with all its messages, read in one moment.
  ///
  /// A reply that is still marked as streaming reads as cut off, with the text that has come.
  package func load(_ id: ConversationID) throws(StoreError) -> Conversation {
    let loaded = try reading { try ConversationRow.load(id, $0) }
    guard let loaded else { throw .notFound(id.description) }
    known[id] = Set(loaded.messages.unordered.map(\.id))
    held[id] = ConversationRow.Held(loaded, readAfter: held[id])
    return loaded
  }

  /// The conversation of that name, or of that number; else the newest without a name that begins
  /// with these first words.
  ///
  /// What a list shows of a name finds it as well: earlier versions stored names of any length.
  package func identifier(named name: String) throws(StoreError) -> ConversationID {
    let sql = """
      SELECT id FROM conversation
      WHERE is_deleted = 0 AND (name IN (:name, :label) OR id = :id)
      ORDER BY name IS :name DESC, name IS NULL LIMIT 1
      """
    let label = Label(name).text
    let arguments: StatementArguments = ["name": name, "label": label, "id": Int64(name)]
    let id = try reading { database in
      try Int64.fetchOne(database, sql: sql, arguments: arguments)
        ?? Self.identifier(label, shownBy: "name", database) { Label($0).text }
        ?? Self.identifier(name.firstWords, shownBy: "title", database, \.firstWords)
    }
    guard let id else { throw .notFound(name) }
    return ConversationID(rawValue: id)
  }

  /// The newest conversation whose `column` a list shows as `text`; of the titles only those of
  /// conversations without a name.
  private static func identifier(
    _ text: String, shownBy column: String, _ database: Database, _ shown: (String) -> String
  ) throws -> Int64? {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, \(column) FROM conversation
        WHERE is_deleted = 0 AND \(column) > '' AND iif(\(column) = name, length(name) > ?, name IS NULL)
        ORDER BY updated DESC
        """, arguments: [Label.columns / 2])
    while let row = try rows.next() {
      if let stored = row.text(1), shown(stored) == text { return row.integer(0) }
    }
    return nil
  }

  /// The conversation that was last used: of those with messages, else of all.
  ///
  /// The last in the order of use in this store, whatever its messages' dates say: a clock that was
  /// wrong for a while, here or where a conversation comes from, decides nothing.
  package func last() throws(StoreError) -> ConversationID {
    let sql = """
      SELECT id FROM conversation
      WHERE is_deleted = 0 AND (message_count > 0 OR name IS NOT NULL OR draft IS NOT NULL)
      ORDER BY message_count > 0 DESC, updated DESC, id DESC LIMIT 1
      """
    guard let id = try reading({ try Int64.fetchOne($0, sql: sql) }) else { throw .empty }
    return ConversationID(rawValue: id)
  }

  /// What was last written and never sent, in a conversation that holds nothing else, where it was
  /// begun after the last use of `conversation`.
  package func draft(
    newerThan conversation: ConversationID
  ) throws(StoreError) -> ConversationSummary? {
    let sql = """
      SELECT \(SummaryRow.columns) FROM conversation c
      WHERE is_deleted = 0 AND message_count = 0 AND draft IS NOT NULL AND id <> :id
        AND updated > (SELECT updated FROM conversation WHERE id = :id)
      ORDER BY updated DESC, id DESC LIMIT 1
      """
    return try reading { database in
      try Row.fetchOne(database, sql: sql, arguments: ["id": conversation.rawValue])
        .map { SummaryRow.summary(from: $0) }
    }
  }

  /// What a list shows of the conversations that hold something, newest first.
  package func summaries(limit: Int = .max) throws(StoreError) -> [ConversationSummary] {
    let sql = """
      SELECT \(SummaryRow.columns) FROM conversation c
      WHERE is_deleted = 0 AND (message_count > 0 OR name IS NOT NULL OR draft IS NOT NULL)
      ORDER BY updated DESC, id DESC LIMIT ?
      """
    return try reading { database in
      try Row.fetchAll(database, sql: sql, arguments: [limit]).map { SummaryRow.summary(from: $0) }
    }
  }

  /// Gives a conversation a name that no other has; nil takes its name away.
  package func rename(_ id: ConversationID, to name: String?) throws(StoreError) {
    try change(id) { database in
      try ConversationRow.naming(name) {
        try database.execute(
          sql: "UPDATE conversation SET name = ? WHERE id = ? AND is_deleted = 0",
          arguments: [name, id.rawValue])
      }
    }
  }

  /// `name`, or the first of “name 2”, “name 3”… that no conversation has.
  package func freeName(like name: String) throws(StoreError) -> String {
    try reading { try Self.freeName(like: name, $0) }
  }

  static func freeName(like name: String, _ database: Database) throws -> String {
    let name = Label(name).text
    let sql = "SELECT 1 FROM conversation WHERE is_deleted = 0 AND name = ?"
    let statement = try database.cachedStatement(sql: sql)
    guard try Int.fetchOne(statement, arguments: [name]) != nil else { return name }
    var number = 2 + (try countNumbered(name, database))
    var free = Label("\(name) \(number)").text
    while try Int.fetchOne(statement, arguments: [free]) != nil {
      number += 1
      free = Label("\(name) \(number)").text
    }
    return free
  }

  /// How many names begin with `name` and a space: of a thousand alike, not each must be tried.
  private static func countNumbered(_ name: String, _ database: Database) throws -> Int {
    let statement = try database.cachedStatement(
      sql: "SELECT count(*) FROM conversation WHERE is_deleted = 0 AND name >= ? AND name < ?")
    return try Int.fetchOne(statement, arguments: [name + " ", name + "!"]) ?? 0
  }

  /// Hides a conversation; it can be restored until the last program closes the store.
  package func delete(_ id: ConversationID) throws(StoreError) {
    try change(id) { database in
      try database.execute(
        sql: "UPDATE conversation SET is_deleted = 1 WHERE id = ? AND is_deleted = 0",
        arguments: [id.rawValue])
    }
    deletedHere.insert(id)
  }

  /// Brings a deleted conversation back, without its name where that has been given away.
  package func restore(_ id: ConversationID) throws(StoreError) {
    try change(id) { try Self.restore(id, $0) }
    deletedHere.remove(id)
  }

  /// Brings back the conversation of a message that this program writes, where another one deleted it
  /// meanwhile: a reply that is coming is wanted.
  func restoreConversation(of message: MessageID, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        SELECT c.id FROM conversation c JOIN message m ON m.conversation = c.id
        WHERE m.id = ? AND c.is_deleted = 1
        """)
    guard let id = try Int64.fetchOne(statement, arguments: [message.rawValue]) else { return }
    let conversation = ConversationID(rawValue: id)
    if !deletedHere.contains(conversation) { try Self.restore(conversation, database) }
  }

  static func restore(_ id: ConversationID, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: """
        UPDATE conversation SET is_deleted = 0, name = iif(
          EXISTS (
            SELECT 1 FROM conversation o WHERE o.name = conversation.name AND o.is_deleted = 0),
          NULL, name)
        WHERE id = ? AND is_deleted = 1
        """)
    try statement.execute(arguments: [id.rawValue])
  }

  /// Removes the deleted conversations for good.
  func purge() throws(StoreError) {
    let sql = "SELECT id FROM conversation WHERE is_deleted = 1"
    let deleted = try reading { try Int64.fetchAll($0, sql: sql) }
    guard !deleted.isEmpty else { return }
    try writing { try $0.execute(sql: "DELETE FROM conversation WHERE is_deleted = 1") }
    backup.remove(deleted)
  }

  /// Does `body`, which must change the row of `id`.
  private func change(
    _ id: ConversationID, _ body: (Database) throws -> Void
  ) throws(StoreError) {
    try writing { database in
      try body(database)
      if database.changesCount == 0 { throw StoreError.notFound(id.description) }
    }
  }
}
