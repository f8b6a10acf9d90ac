import GRDB

/// Messages that say nothing and are no message of Iris: what they said was lost with a damaged page.
///
/// A reply may be without a word, where it was stopped or broke before its first one.
enum EmptyMessages {
  private static let condition = """
    (role <> 'assistant' OR status = 'complete')
    AND NOT EXISTS (SELECT 1 FROM part WHERE part.message = message.id)
    """

  /// How many a conversation has.
  static func count(in conversation: Int64, _ database: Database) throws -> Int {
    let sql = "SELECT count(*) FROM message WHERE conversation = ? AND \(condition)"
    return try Int.fetchOne(
      try database.cachedStatement(sql: sql), arguments: [conversation]) ?? 0
  }

  /// How many the store has.
  static func count(_ database: Database) throws -> Int {
    try Int.fetchOne(database, sql: "SELECT count(*) FROM message WHERE \(condition)") ?? 0
  }
}
