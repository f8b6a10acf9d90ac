import Files
import GRDB

/// A database that SQLite reads as far as it can, row by row, from every side that leads to rows.
///
/// An error on one way means that a row cannot be had on that way; the others are tried all the
/// same. The file is opened for reading alone.
struct DamagedDatabase: SalvageSource {
  let database: DatabaseQueue

  /// - Throws: `DatabaseError` where SQLite does not take the file for a database at all.
  init(path: String) throws {
    var configuration = Configuration()
    configuration.readonly = true
    // Without a log there is nothing that SQLite must make files for beside it.
    let hasLog = try FileSystem.status(of: path + "-wal")?.byteCount ?? 0 > 0
    database = try DatabaseQueue(
      path: hasLog ? path : "file:\(StoreOpening.escaped(path))?immutable=1",
      configuration: configuration)
  }

  func rows(of table: SalvagedTable, _ body: (SalvagedRow) throws -> Void) throws {
    let columns = table.columns.joined(separator: ", ")
    let sql = "SELECT \(columns) FROM \(table.name) WHERE id = ?"
    // Without a transaction, which could not end after the first damaged page.
    try database.unsafeRead { database in
      for id in Self.identifiers(of: table, database).sorted() {
        guard let statement = try? database.cachedStatement(sql: sql),
          let row = try? Row.fetchOne(statement, arguments: [id])
        else { continue }
        try body(SalvagedRow(id: id, values: Array(row.databaseValues)))
      }
    }
  }

  /// The identifiers of the messages that are known to be there, whether they can be read or not.
  func knownMessages() -> Set<Int64> {
    database.unsafeRead { Self.identifiers(of: .message, $0) }
  }

  /// The identifiers to which the table and its indices lead, as far as each goes.
  private static func identifiers(of table: SalvagedTable, _ database: Database) -> Set<Int64> {
    var ways = ["ORDER BY id", "ORDER BY id DESC"]
    if let index = table.index { ways.append("INDEXED BY \(index)") }
    var found: Set<Int64> = []
    for way in ways {
      let sql = "SELECT id FROM \(table.name) \(way)"
      guard let ids = try? Int64.fetchCursor(database, sql: sql) else { continue }
      while let id = try? ids.next() { found.insert(id) }
    }
    return found
  }
}
