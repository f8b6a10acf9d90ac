import Conversation
import Files
import FoundationEssentials
import GRDB

/// The way from a path to a database that is sound and of the newest schema.
struct StoreOpening {
  let path: String
  let settings: ConversationStore.Settings
  let isAlone: Bool

  /// The file whose presence asks for a check of every page.
  static func mark(of path: String) -> String { path + "-check" }

  func open(now: Timestamp) throws -> (DatabaseQueue, ConversationStore.Opening) {
    let isNew = try FileSystem.status(of: path)?.byteCount ?? 0 == 0
    let hasMark = try FileSystem.status(of: Self.mark(of: path)) != nil
    let hasLog = try FileSystem.status(of: path + "-wal")?.byteCount ?? 0 > 0
    do {
      let database = try connect()
      // A log is left behind by a kill or a power cut.
      if isAlone, hasMark || hasLog { try check(database) }
      try migrate(database)
      if isAlone {
        if hasMark { try repairIndex(database) }
        try recover(database)
        try FileSystem.remove(Self.mark(of: path))
      }
      return (database, isNew ? .created : .sound)
    } catch {
      guard isAlone, case .damaged = StoreError(error, at: path) else { throw error }
      let aside = try setAside(now: now)
      let database = try connect()
      try migrate(database)
      try FileSystem.remove(Self.mark(of: path))
      return (database, .setAside(path: aside))
    }
  }

  var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(settings.patience / .seconds(1))
    return configuration
  }

  private func connect() throws -> DatabaseQueue {
    // SQLite gives the log and its index the rights of the database, so this closes all three.
    _ = try OpenFile(path, for: .writing)
    var configuration = self.configuration
    configuration.prepareDatabase { [pageLimit = settings.pageLimit] database in
      try database.execute(
        sql: """
          PRAGMA journal_mode = WAL;
          PRAGMA synchronous = FULL;
          PRAGMA journal_size_limit = 4194304;
          """)
      if let pageLimit { try database.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Reads every page (0.15 s of CPU for 120 MB).
  private func check(_ database: DatabaseQueue) throws {
    let answer = try database.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
    if let answer, answer != "ok" {
      throw StoreError.damaged(
        StoreError.Cause(
          path: path, code: ResultCode.SQLITE_CORRUPT.rawValue, message: answer,
          sql: "PRAGMA quick_check(1)"))
    }
  }

  /// Makes the index of the texts anew from the messages where it does not hold together, which a
  /// check of the pages does not tell (SQLite FTS5 §6.5, §6.9).
  private func repairIndex(_ database: DatabaseQueue) throws {
    // Each by itself: a transaction does not outlive the first finding of damage.
    try database.writeWithoutTransaction { database in
      let command = "INSERT INTO message_text(message_text) VALUES (?)"
      do {
        try database.execute(sql: command, arguments: ["integrity-check"])
      } catch DatabaseError.SQLITE_CORRUPT {
        try database.execute(sql: command, arguments: ["rebuild"])
      }
    }
  }

  private func migrate(_ database: DatabaseQueue) throws {
    if try !isCurrent(database) { try Schema.migrator.migrate(database) }
  }

  /// Whether the database has this version's schema; an older one may be brought there.
  ///
  /// - Throws: `newer` where a later version wrote it.
  func isCurrent(_ database: DatabaseQueue) throws -> Bool {
    try database.read { database in
      if try Schema.migrator.hasBeenSuperseded(database) { throw StoreError.newer(path: path) }
      return try Schema.migrator.hasCompletedMigrations(database)
    }
  }

  /// Ends the replies that were in flight when their program was killed.
  ///
  /// What cannot be written now (a full disk, a lock) is read in the same way by every loading,
  /// and tried again at the next opening.
  private func recover(_ database: DatabaseQueue) throws {
    let sql = "SELECT \(MessageRow.columns) FROM message WHERE status = 'streaming'"
    let broken = try database.read { try Row.fetchAll($0, sql: sql) }
    if broken.isEmpty { return }
    do {
      try database.write { database in
        for var message in broken.map(MessageRow.message(from:)) {
          try ReplyFragments.end(&message, database)
          try MessageRow.update(message, database)
          try ReplyFragments.remove(from: message.id, database)
        }
      }
    } catch DatabaseError.SQLITE_FULL, DatabaseError.SQLITE_BUSY, DatabaseError.SQLITE_READONLY {
      return
    }
  }

  /// Renames the database and its log; answers the new name.
  private func setAside(now: Timestamp) throws -> String {
    let date = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
    let style = Date.ISO8601FormatStyle(dateSeparator: .dash, timeSeparator: .omitted)
    var aside = "\(path)-damaged-\(date.formatted(style))"
    while try FileSystem.status(of: aside) != nil { aside += "x" }
    for suffix in ["-wal", "-shm", ""] where try FileSystem.status(of: path + suffix) != nil {
      try FileSystem.rename(path + suffix, to: aside + suffix)
    }
    return aside
  }
}
