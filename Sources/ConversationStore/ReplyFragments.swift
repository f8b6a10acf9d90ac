import Conversation
import GRDB

/// The pieces of replies in flight, which stand apart until the reply ends.
enum ReplyFragments {
  static func add(
    _ fragments: [PartFragment], to message: MessageID, _ database: Database
  ) throws {
    let statement = try database.cachedStatement(
      sql: "INSERT INTO reply_fragment (message, ordinal, type, text) VALUES (?, ?, ?, ?)")
    for fragment in fragments {
      try statement.execute(
        arguments: [
          message.rawValue, fragment.ordinal, fragment.kind.rawValue, fragment.text.storable,
        ])
    }
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
      database,
      sql: "SELECT ordinal, type, text FROM reply_fragment WHERE message = ? ORDER BY id",
      arguments: [message.id.rawValue])
    while let row = try rows.next() { message.parts.add(fragment(from: row, at: 0)) }
  }

  /// The piece in three columns from `start` on; one of a kind that this version does not know reads
  /// as text.
  private static func fragment(from row: Row, at start: Int) -> PartFragment {
    PartFragment(
      ordinal: Int(clamping: row.integer(start) ?? 0),
      kind: row.text(start + 1).flatMap(PartFragment.Kind.init(rawValue:)) ?? .text,
      text: row.text(start + 2) ?? "")
  }
}
