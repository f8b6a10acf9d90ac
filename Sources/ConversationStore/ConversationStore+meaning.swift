package import Conversation
import GRDB

/// What a search by meaning needs of the store: which messages have words, those words, and whose they are.
extension ConversationStore {
  /// Every message that was said, by a user or a model, in conversations that are not deleted; replies in
  /// flight are left out.
  package func saidMessages() throws(StoreError) -> [MessageID] {
    try reading { database in
      try Int64.fetchAll(
        database,
        sql: """
          SELECT m.id FROM message m CROSS JOIN conversation c ON c.id = m.conversation
          WHERE c.is_deleted = 0 AND m.role IN ('user', 'assistant') AND m.status <> 'streaming'
          ORDER BY m.id
          """
      ).map(MessageID.init(rawValue:))
    }
  }

  /// The text of each of these messages that has any.
  package func texts(
    of messages: some Collection<MessageID>
  ) throws(StoreError) -> [(message: MessageID, text: String)] {
    let ids = messages.map(\.rawValue)
    return try reading { database in
      try ids.compactMap { id in
        let statement = try database.cachedStatement(
          sql: """
            SELECT group_concat(text, char(10)) FROM (
              SELECT text FROM part WHERE message = ? AND type = 'text' ORDER BY ordinal)
            """)
        return try String.fetchOne(statement, arguments: [id]).map {
          (MessageID(rawValue: id), $0)
        }
      }
    }
  }

  /// The conversations of these messages, each with the line that is shown of it, in the same order; those
  /// that are gone are left out.
  package func hits(
    for messages: [(message: MessageID, line: String)]
  ) throws(StoreError) -> [SearchHit] {
    try reading { database in
      try messages.compactMap { message, line in
        try Row.fetchOne(
          database,
          sql: """
            SELECT \(SummaryRow.columns), m.role FROM message m
              CROSS JOIN conversation c ON c.id = m.conversation
            WHERE m.id = ? AND c.is_deleted = 0
            """, arguments: [message.rawValue]
        ).map { row in
          SearchHit(
            conversation: SummaryRow.summary(from: row), message: message,
            role: Role(rawValue: row.text(7) ?? ""), line: line)
        }
      }
    }
  }
}
