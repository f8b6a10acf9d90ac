import Conversation
import GRDB

/// The pieces of replies in flight, which stand apart until the reply ends.
enum ReplyFragments {
  static func add(
    text: String, reasoning: String, to message: MessageID, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO reply_fragment (message, text, reasoning) VALUES (?, ?, ?)")
    try statement.execute(arguments: [message.rawValue, text.storable, reasoning.storable])
  }

  static func remove(from message: MessageID, _ database: Database) throws {
    let statement = try database.cachedStatement(
      sql: "DELETE FROM reply_fragment WHERE message = ?")
    try statement.execute(arguments: [message.rawValue])
  }

  /// Makes a reply in flight one that was cut off where its pieces end.
  static func end(_ message: inout Message, _ database: Database) throws {
    try merge(into: &message, database)
    message.status = .cutOff
  }

  /// Joins the pieces that are stored for `message` to it.
  ///
  /// Only the value changes: the program that receives the reply may be another, and alive.
  static func merge(into message: inout Message, _ database: Database) throws {
    let rows = try Row.fetchCursor(
      database, sql: "SELECT text, reasoning FROM reply_fragment WHERE message = ? ORDER BY id",
      arguments: [message.id.rawValue])
    var text = ""
    while let row = try rows.next() {
      text += row.text(0) ?? ""
      message.parts.append(reasoning: row.text(1) ?? "")
    }
    message.parts.append(text: text)
  }
}
