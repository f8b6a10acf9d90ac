import Conversation
import GRDB

/// The messages whose own rows cannot be read, from the index that tells their places in the tree.
///
/// Only those that still have parts: with their words they are worth more than nothing. Who speaks
/// follows from the place, as people and models take turns; figures are lost. This source comes last:
/// every other that has a row knows more of it.
struct MessagePlaces: SalvageSource {
  private struct Place {
    let conversation: Int64
    let parent: Int64?
  }

  private var places: [Int64: Place] = [:]

  init(in database: DatabaseQueue) {
    database.unsafeRead { database in
      let sql = "SELECT id, conversation, parent FROM message INDEXED BY message_conversation"
      guard let rows = try? Row.fetchCursor(database, sql: sql) else { return }
      while let row = try? rows.next() {
        guard let id = row.integer(0), let conversation = row.integer(1) else { continue }
        places[id] = Place(conversation: conversation, parent: row.integer(2))
      }
      places = places.filter { Self.hasParts($0.key, database) }
    }
  }

  private static func hasParts(_ message: Int64, _ database: Database) -> Bool {
    let statement = try? database.cachedStatement(sql: "SELECT 1 FROM part WHERE message = ?")
    return statement.flatMap { try? Int.fetchOne($0, arguments: [message]) } != nil
  }

  func rows(of table: SalvagedTable, _ body: (SalvagedRow) throws -> Void) throws {
    guard table == .message else { return }
    for (id, place) in places.sorted(by: { $0.key < $1.key }) {
      var values = Array(repeating: DatabaseValue.null, count: table.columns.count)
      values[1] = place.conversation.databaseValue
      values[2] = place.parent?.databaseValue ?? .null
      values[3] = role(of: id).rawValue.databaseValue
      values[4] = Message.Status.complete.rawValue.databaseValue
      values[5] = Message.Omission.none.rawValue.databaseValue
      // An identifier begins with its moment.
      values[6] = (id >> 22).databaseValue
      values[10] = false.databaseValue
      try body(SalvagedRow(id: id, values: values))
    }
  }

  private func role(of id: Int64) -> Role {
    var depth = 0
    var next = places[id]?.parent
    while let parent = next, depth < places.count {
      depth += 1
      next = places[parent]?.parent
    }
    return depth.isMultiple(of: 2) ? .user : .assistant
  }
}
