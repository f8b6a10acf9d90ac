import GRDB

/// The full-text index of what messages say, as FTS5 builds it.
enum WordIndex {
  /// Sets how the index grows, for this store and from now on: many words wait in memory for the segment that
  /// they become, and many segments for the one that they are merged into.
  ///
  /// FTS5's own values, of 1 MiB and 4 segments, rewrite each word some five times while an export of a
  /// gigabyte comes in; these do so half as often. A search looks into more segments, which is not to be
  /// noticed. They stand in the index itself (SQLite FTS5 §6.8, §6.9, `hashsize` and `automerge`); what an
  /// older Iris writes is the same index.
  static func tune(_ database: Database) throws {
    let known = try Int.fetchOne(
      database, sql: "SELECT v FROM message_text_config WHERE k = 'automerge'")
    guard known != mergedSegments else { return }
    for (name, value) in [("automerge", mergedSegments), ("hashsize", waitingBytes)] {
      try database.execute(
        sql: "INSERT INTO message_text(message_text, rank) VALUES (?, ?)", arguments: [name, value])
    }
  }

  private static let mergedSegments = 16
  private static let waitingBytes = 8 << 20
}
