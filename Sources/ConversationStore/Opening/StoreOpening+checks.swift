import Files
import GRDB

/// What is looked at before a database is trusted.
extension StoreOpening {
  /// Looks at the header and at the log, byte by byte; tells whether the file is as long as its
  /// header says.
  ///
  /// - Throws: `damaged`.
  func checkFiles(hasLog: Bool) throws -> Bool {
    var source = try FileSource(path)
    let header = DatabaseHeader(try source.read(upTo: DatabaseHeader.byteCount))
    if let mistake = header.mistake(fileByteCount: nil) { throw damaged(mistake, "header") }
    if hasLog, try DatabaseLog(path: path + "-wal").isDamaged { throw damaged("checksum", "log") }
    let byteCount = try FileSystem.status(of: path)?.byteCount
    return hasLog || header.mistake(fileByteCount: byteCount) == nil
  }

  /// Reads every page (0.15 s of CPU for 120 MB).
  func check(_ database: DatabaseQueue) throws {
    let answer = try database.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
    if let answer, answer != "ok" { throw damaged(answer, "PRAGMA quick_check(1)") }
  }

  /// Compares the text of every table, index and trigger with what this version would make: what a
  /// damaged one means nobody knows, and SQLite only says that it finds no such column.
  ///
  /// - Throws: `damaged`, or `newer` where a later version wrote it.
  func checkSchema(_ database: DatabaseQueue) throws {
    do {
      try database.read { try checkSchema($0) }
    } catch DatabaseError.SQLITE_ERROR {
      throw damaged("the schema cannot be read", "sqlite_schema")
    }
  }

  private func checkSchema(_ database: Database) throws {
    let stored = try Schema.Objects(of: database)
    let hasMigrations = try Int.fetchOne(
      database, sql: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'grdb_migrations'"
    )
    guard hasMigrations != nil else {
      let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      if !stored.isEmpty || pages > 1 { throw damaged("no list of migrations", "sqlite_schema") }
      return
    }
    guard let applied = try Schema.applied(in: database) else {
      throw damaged("the list of migrations", "grdb_migrations")
    }
    // Only steps that this version knows say what is to be there.
    guard applied.isKnown else { return }
    if let name = try stored.firstDifference(from: applied.objects()) {
      throw damaged("the schema of \(name)", "sqlite_schema")
    }
  }

  /// Makes the index of the texts anew from the messages where it does not hold together or does
  /// not fit them, which a check of the pages does not tell (SQLite FTS5 §6.5, §6.9).
  func repairIndex(_ database: DatabaseQueue) throws {
    // Each by itself: a transaction does not outlive the first finding of damage.
    try database.writeWithoutTransaction { database in
      do {
        try Schema.checkTextIndex(database)
      } catch DatabaseError.SQLITE_CORRUPT {
        try database.execute(
          sql: "INSERT INTO message_text(message_text) VALUES (?)", arguments: ["rebuild"])
      }
    }
  }

  func damaged(_ message: String, _ sql: String) -> StoreError {
    .damaged(
      StoreError.Cause(
        path: path, code: ResultCode.SQLITE_CORRUPT.rawValue, message: message, sql: sql))
  }
}
