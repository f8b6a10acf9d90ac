import Conversation
import GRDB

/// The way from the first schema to a row for each part.
///
/// Takes about a second for 100,000 messages: the texts are copied once and the index of their words
/// stays as it is, since it says the same of the same identifiers. All is one transaction.
struct PartsMigration {
  private let database: Database

  init(_ database: Database) {
    self.database = database
  }

  func run() throws {
    try dropTextTriggers()
    try execute(Schema.parts[0])
    try copyTexts()
    try copyParts()
    try endReplies()
    try execute("DROP TABLE reply_fragment")
    for statement in Schema.parts.dropFirst() { try execute(statement) }
    try execute("INSERT INTO blob_use (message, digest) SELECT message, digest FROM picture_use")
    try execute("DROP TABLE picture_use")
    // The last column first: the others are then small rows.
    for column in ["text", "parts", "reasoning"] {
      try execute("ALTER TABLE message DROP COLUMN \(column)")
    }
    try execute(Schema.wordsView)
    for statement in Schema.triggers { try execute(statement) }
    try repointTextIndex()
  }

  private func execute(_ sql: String) throws { try database.execute(sql: sql) }

  /// A message without words is in the index no longer.
  private func dropTextTriggers() throws {
    for event in ["insert", "delete", "update"] {
      try execute("DROP TRIGGER message_text_\(event)")
    }
    try execute(
      """
      INSERT INTO message_text(message_text, rowid, text)
      SELECT 'delete', id, text FROM message
      WHERE text = '' AND parts IS NULL AND status <> 'streaming'
      """)
  }

  /// Nearly every message: reasoning, and a text.
  private func copyTexts() throws {
    let isPlain = "parts IS NULL AND status <> 'streaming'"
    try execute(
      """
      INSERT INTO part (id, message, ordinal, type, text)
      SELECT id, id, reasoning <> '', 'text', text FROM message WHERE \(isPlain) AND text <> ''
      """)
    try execute(
      """
      INSERT INTO part (id, message, ordinal, type, text)
      SELECT (SELECT min(min(id), 0) FROM message) - row_number() OVER (ORDER BY id), id, 0,
        'reasoning', reasoning
      FROM message WHERE \(isPlain) AND reasoning <> ''
      """)
  }

  /// Messages of several parts.
  private func copyParts() throws {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT id, reasoning, parts, text FROM message
        WHERE parts IS NOT NULL AND status <> 'streaming'
        """)
    while let row = try rows.next() {
      let id = MessageID(rawValue: row.integer(0) ?? 0)
      let parts = FirstSchema.parts(
        reasoning: row.text(1) ?? "", parts: row.text(2), text: row.text(3) ?? "")
      try PartRow.insert(parts, of: id, database)
      try index(parts, of: id, insteadOf: row.text(3) ?? "")
    }
  }

  /// Replies that were in flight when their program was killed; nobody else has the store open.
  private func endReplies() throws {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT id, reasoning, parts, text FROM message WHERE status = 'streaming'")
    for row in rows {
      let id = MessageID(rawValue: row.integer(0) ?? 0)
      let pieces = try Row.fetchAll(
        database, sql: "SELECT text, reasoning FROM reply_fragment WHERE message = ? ORDER BY id",
        arguments: [id.rawValue])
      let text = pieces.map { $0.text(0) ?? "" }.joined()
      let reasoning = (row.text(1) ?? "") + pieces.map { $0.text(1) ?? "" }.joined()
      var parts = FirstSchema.parts(
        reasoning: reasoning, parts: row.text(2), text: row.text(3) ?? "")
      parts.append(text: text)
      try PartRow.insert(parts, of: id, database)
      try index(parts, of: id, insteadOf: row.text(3) ?? "")
      try database.execute(
        sql: "UPDATE message SET status = ? WHERE id = ?",
        arguments: [Message.Status.cutOff.rawValue, id.rawValue])
    }
  }

  /// Puts the words of the parts into the index where it has others.
  private func index(
    _ parts: [ContentPart], of id: MessageID, insteadOf text: String
  ) throws {
    let words = PartRow.words(of: parts)
    if words == text { return }
    try database.execute(
      sql: "INSERT INTO message_text(message_text, rowid, text) VALUES ('delete', ?, ?)",
      arguments: [id.rawValue, text])
    guard let words else { return }
    try database.execute(
      sql: "INSERT INTO message_text(rowid, text) VALUES (?, ?)", arguments: [id.rawValue, words])
  }

  /// Tells the index that its words stand in the view of the parts (SQLite ALTER TABLE §7: a change
  /// that touches nothing on the disk but the statement); where SQLite does not allow that, the index
  /// is made anew.
  ///
  /// The connection must be opened anew afterwards: it still has the old statement.
  private func repointTextIndex() throws {
    try execute("PRAGMA writable_schema = ON")
    do {
      try execute(
        """
        UPDATE sqlite_schema SET sql = replace(sql, '=''message''', '=''message_words''')
        WHERE name = 'message_text'
        """)
      try execute("PRAGMA writable_schema = RESET")
    } catch DatabaseError.SQLITE_ERROR {
      try execute("PRAGMA writable_schema = RESET")
      try execute("DROP TABLE message_text")
      try execute(Schema.textIndex)
      try execute("INSERT INTO message_text(message_text) VALUES ('rebuild')")
    }
  }
}
