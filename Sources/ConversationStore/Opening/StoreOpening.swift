import Conversation
import Files
import GRDB

/// The way from a path to a database that is sound and of the newest schema.
struct StoreOpening {
  let path: String
  let settings: ConversationStore.Settings
  let isAlone: Bool

  /// The file whose presence asks for a check of every page.
  static func mark(of path: String) -> String { path + "-check" }

  /// Opens the database, and makes it where there is none.
  ///
  /// A damaged one is set aside where no other program has the store open.
  func open(now: Timestamp) throws -> (DatabaseQueue, ConversationStore.Opening) {
    if isAlone { try SetAsideFile.finishMoves(of: path) }
    if isAlone, let copy = try copyOfMissing() {
      let aside = try SetAsideFile.setAside(path, now: now)
      return (try make(), .missing(aside, copy: copy))
    }
    do {
      return try openSound()
    } catch {
      let error = meaning(of: error)
      guard isAlone, case .damaged = error else { throw error }
      let aside = try SetAsideFile.setAside(path, now: now)
      return (try make(), .setAside(path: aside.path))
    }
  }

  /// What stopped an opening, whose statements are all fixed: where SQLite does not understand them,
  /// the schema is damaged.
  private func meaning(of error: any Error) -> StoreError {
    guard let error = error as? DatabaseError, error.resultCode == .SQLITE_ERROR else {
      return StoreError(ofStore: error, at: path)
    }
    return damaged(error.message ?? "", error.sql ?? "")
  }

  /// The copy of a database that is gone, or of which nothing is left.
  private func copyOfMissing() throws -> String? {
    guard try FileSystem.status(of: path)?.byteCount ?? 0 == 0 else { return nil }
    let copy = StoreBackup.path(of: path)
    return try FileSystem.status(of: copy)?.byteCount ?? 0 > 0 ? copy : nil
  }

  private func openSound() throws -> (DatabaseQueue, ConversationStore.Opening) {
    let isNew = try FileSystem.status(of: path)?.byteCount ?? 0 == 0
    let hasMark = try FileSystem.status(of: Self.mark(of: path)) != nil
    let hasLog = try FileSystem.status(of: path + "-wal")?.byteCount ?? 0 > 0
    // Before SQLite, which would drop what stands behind damage in its log.
    let isCounted = isAlone && !isNew ? try checkFiles(hasLog: hasLog) : true
    let database = try connect()
    // A log is left behind by a kill or a power cut.
    if isAlone, hasMark || hasLog || !isCounted { try check(database) }
    try checkSchema(database)
    try database.namingShortage(at: path) {
      try upgrade(database)
      guard isAlone else { return }
      if hasMark { try repairIndex(database) }
      try recover(database)
      try FileSystem.remove(Self.mark(of: path))
    }
    return (database, isNew ? .created : .sound)
  }

  /// A new database in the place of one that was set aside.
  private func make() throws -> DatabaseQueue {
    let database = try connect()
    try database.namingShortage(at: path) { try upgrade(database) }
    try FileSystem.remove(Self.mark(of: path))
    return database
  }

  var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(settings.patience / .seconds(1))
    return configuration
  }

  private func connect() throws -> DatabaseQueue {
    // SQLite gives the log and its index the rights of the database, so this closes all three.
    _ = try OpenFile(path, for: .writing)
    // They keep those that the database had when they were made: a store that was made read-only
    // for a moment would stay so.
    for suffix in ["-wal", "-shm"] { try FileSystem.allowOwner(path + suffix) }
    var configuration = self.configuration
    configuration.prepareDatabase { [path, pageLimit = settings.pageLimit] database in
      // The index of the log is made here.
      try database.namingShortage(at: path) {
        try database.execute(
          sql: """
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA journal_size_limit = 4194304;
            """)
      }
      if let pageLimit { try database.execute(sql: "PRAGMA max_page_count = \(pageLimit)") }
    }
    return try DatabaseQueue(path: path, configuration: configuration)
  }

  /// Brings a database of an older schema to this version's, beside a copy of it as it was.
  ///
  /// The change is one transaction: where it fails half-way, or the program is killed, the database is
  /// as it was.
  ///
  /// - Throws: `olderInUse` where another program has the store open, which would find its tables gone.
  private func upgrade(_ database: DatabaseQueue) throws {
    if try isCurrent(database) { return }
    if try database.read({ try $0.tableExists("grdb_migrations") }) {
      guard isAlone else { throw StoreError.olderInUse(path: path) }
      try OlderCopy(of: path).make(from: database)
    }
    try Schema.migrator.migrate(database)
    // The connection still has the old statements of tables that were changed.
    database.releaseMemory()
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
    let broken = try database.read {
      // As the index has it.
      try MessageRow.messages(where: "m.status = 'streaming' AND m.id >= ?", .min, $0)
    }
    if broken.isEmpty { return }
    do {
      try database.write { database in
        for var message in broken {
          try ReplyFragments.end(&message, database)
          try MessageRow.update(message, database)
          try ReplyFragments.remove(from: message.id, database)
        }
      }
    } catch DatabaseError.SQLITE_FULL, DatabaseError.SQLITE_BUSY, DatabaseError.SQLITE_READONLY {
      return
    }
  }
}
