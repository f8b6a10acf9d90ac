package import Conversation
import GRDB

extension ConversationStore {
  /// The messages that hold every word of `query`, newest first.
  ///
  /// Words of three characters up are found by their trigrams, in upper and lower case; shorter
  /// ones by a look at each text, where only the letters A to Z match in both cases. Text in
  /// double quotes is one word. A reply in flight is found when it has ended.
  package func search(_ query: String, limit: Int = 200) throws(StoreError) -> [SearchHit] {
    let query = SearchQuery(query)
    if query.isEmpty { return [] }
    return try reading { database in
      let rows = try Row.fetchCursor(
        database, sql: Self.sql(for: query),
        arguments: StatementArguments(
          (query.indexed.isEmpty ? [] : [query.match]) + query.conditions.map(\.argument))
          + [limit])
      var hits: [SearchHit] = []
      while let row = try rows.next() {
        hits.append(
          SearchHit(
            conversation: SummaryRow.summary(from: row),
            message: MessageID(rawValue: row.integer(7) ?? 0),
            role: Role(rawValue: row.text(8) ?? ""),
            line: MatchingLine.line(with: query.leadingWord, in: row.text(9) ?? "")))
      }
      return hits
    }
  }

  /// Whether a part stands for its message, see ``Schema``.
  private static let isMain = "p.id = p.message AND p.type IN (\(Schema.searchedTypes))"

  /// Reads the messages from the newest on, so that the limit ends the work.
  private static func sql(for query: SearchQuery) -> String {
    let from =
      query.indexed.isEmpty ? "part p" : "message_text t CROSS JOIN part p ON p.id = t.rowid"
    let conditions =
      (query.indexed.isEmpty ? [] : ["t.message_text MATCH ?"]) + query.conditions.map(\.sql)
    return """
      SELECT \(SummaryRow.columns), m.id, m.role, \(SearchQuery.words)
      FROM \(from) CROSS JOIN message m ON m.id = p.id
        CROSS JOIN conversation c ON c.id = m.conversation
      WHERE \((conditions + [isMain, "c.is_deleted = 0"]).joined(separator: " AND "))
      ORDER BY \(query.indexed.isEmpty ? "p.id" : "t.rowid") DESC LIMIT ?
      """
  }
}
