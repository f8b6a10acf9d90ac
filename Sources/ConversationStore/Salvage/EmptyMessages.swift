import GRDB

/// Messages that say nothing, though Iris stores none such: what they said was lost with a damaged page.
enum EmptyMessages {
  private static let saysNothing =
    "NOT EXISTS (SELECT 1 FROM part WHERE part.message = message.id)"

  /// How many a conversation has of those that were saved.
  ///
  /// A reply that was stopped or broke may be without a word.
  static func count(in conversation: Int64, _ database: Database) throws -> Int {
    let sql = """
      SELECT count(*) FROM message WHERE conversation = ?
      AND (role <> 'assistant' OR status = 'complete') AND \(saysNothing)
      """
    return try Int.fetchOne(
      try database.cachedStatement(sql: sql), arguments: [conversation]) ?? 0
  }

  /// How many the store has beside replies, of which some server's may be empty.
  static func count(_ database: Database) throws -> Int {
    let sql = "SELECT count(*) FROM message WHERE role <> 'assistant' AND \(saysNothing)"
    return try Int.fetchOne(database, sql: sql) ?? 0
  }
}
