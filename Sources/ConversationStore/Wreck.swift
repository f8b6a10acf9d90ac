import Conversation
import GRDB

/// A damaged database, read row by row from every side that still leads to rows.
///
/// An error here means that a row cannot be had on that way; the others are tried all the same.
struct Wreck {
  /// What could be read; messages whose conversation is lost have one of their own.
  private(set) var conversations: [Conversation] = []
  /// Messages whose place is known and that could not be read.
  private(set) var lost = 0

  init(path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    let database = try DatabaseQueue(path: path, configuration: configuration)
    // Without a transaction, which could not end after the first damaged page.
    database.unsafeRead { database in
      let messages = readMessages(database)
      let ids = Self.identifiers(in: "conversation", ["ORDER BY id", "ORDER BY id DESC"], database)
      for id in Set(ids.map(ConversationID.init(rawValue:))).union(messages.keys).sorted() {
        let found = messages[id] ?? []
        let (settings, leaf) =
          (try? ConversationRow.settings(of: id, database)) ?? Self.newHome(id, of: found)
        var conversation = settings
        conversation.messages = ConversationRow.tree(of: found, leaf: leaf)
        conversations.append(conversation)
      }
    }
  }

  /// A conversation for messages whose own cannot be read.
  private static func newHome(
    _ id: ConversationID, of messages: [Message]
  ) -> (Conversation, leaf: MessageID?) {
    let created = messages.map(\.created).min() ?? Timestamp(milliseconds: 0)
    return (Conversation(id: id, created: created), messages.map(\.id).max())
  }

  private mutating func readMessages(_ database: Database) -> [ConversationID: [Message]] {
    let ways = ["ORDER BY id", "ORDER BY id DESC", "INDEXED BY message_conversation"]
    let sql = "SELECT \(MessageRow.columns), conversation FROM message WHERE id = ?"
    var messages: [ConversationID: [Message]] = [:]
    for id in Self.identifiers(in: "message", ways, database) {
      guard let row = try? Row.fetchOne(database, sql: sql, arguments: [id]),
        let conversation = row.integer(19)
      else {
        lost += 1
        continue
      }
      var message = MessageRow.message(from: row)
      if message.status == .streaming {
        try? ReplyFragments.merge(into: &message, database)
        message.status = .cutOff
      }
      messages[ConversationID(rawValue: conversation), default: []].append(message)
    }
    return messages
  }

  /// The identifiers to which each of `ways` leads, as far as it goes.
  private static func identifiers(
    in table: String, _ ways: [String], _ database: Database
  ) -> [Int64] {
    var found: Set<Int64> = []
    for way in ways {
      let sql = "SELECT id FROM \(table) \(way)"
      guard let ids = try? Int64.fetchCursor(database, sql: sql) else { continue }
      while let id = try? ids.next() { found.insert(id) }
    }
    return found.sorted()
  }
}
