import Files
import FoundationEssentials
import GRDB

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Indexes of texts by their vectors, in an SQLite database of their own beside the store
/// (docs/decisions/0220): what they hold can be made again, and the store need not carry it.
///
/// Vectors of one index have one model, server and size. Each is kept twice: as it is, and in blocks of one
/// byte a number, which a search reads whole. Calls block; several programs may use one file. May be used
/// from any task.
package final class VectorIndex: Sendable {
  /// The vectors that an index holds.
  package struct Collection: Hashable, Sendable {
    package let id: Int64
    package let name: String
    /// The address of the server that made the vectors.
    package let server: String
    package let model: String
    /// The size that was asked for; nil for the model's own.
    package let asked: Int?
    /// How many numbers each has; nil before the first.
    package var dimensions: Int?
  }

  let path: String
  let database: DatabaseQueue

  /// Opens the file, and makes it where there is none.
  package init(path: String) throws(VectorError) {
    self.path = path
    do {
      var configuration = GRDB.Configuration()
      configuration.busyMode = .timeout(10)
      configuration.label = "iris.vectors"
      configuration.prepareDatabase { database in
        // A row with a vector of 1,536 numbers has 6 KiB: five of them fill a page of a new file.
        try database.execute(sql: "PRAGMA page_size = 32768")
        try database.execute(sql: "PRAGMA journal_mode = WAL")
        try database.execute(sql: "PRAGMA synchronous = NORMAL")
      }
      try FileSystem.makePrivateFolder(String(path.prefix(upTo: path.lastSlash)))
      database = try Self.opened(path, configuration)
      try database.read(Self.checkList)
    } catch {
      throw Self.failure(error, path)
    }
  }

  /// How long another program is waited for that makes the file at the same time.
  private static let patience = Duration.seconds(2)

  /// Opens the file and makes its tables; again where another program was just doing so: SQLite refuses the
  /// second to change the journal's mode without waiting, and the migrator looks before it holds the lock
  /// under which it writes.
  private static func opened(
    _ path: String, _ configuration: GRDB.Configuration
  ) throws -> DatabaseQueue {
    let deadline = ContinuousClock.now + patience
    while true {
      do {
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try migrator.migrate(database)
        return database
      } catch let error as DatabaseError
        where [.SQLITE_BUSY, .SQLITE_ERROR].contains(error.resultCode)
        && ContinuousClock.now < deadline
      {
        usleep(20_000)
      }
    }
  }

  /// Looks whether the list of the indexes is whole, which is short: no index is missing then without a word.
  private static func checkList(_ database: Database) throws {
    let faults = try String.fetchAll(database, sql: "PRAGMA integrity_check(collection)")
    if let fault = faults.first, fault != "ok" { throw IndexDamage(fault) }
  }

  private static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 vectors") { database in
      for statement in statements { try database.execute(sql: statement) }
    }
    return migrator
  }()

  /// The tables of the first version.
  ///
  /// `source` is the file, or what else a text is of; `line` where in it. A `block` holds up to 512 codes
  /// one behind the other, and beside each the item, 0 where it has gone, its step and its loss.
  private static let statements = [
    """
    CREATE TABLE collection (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      server TEXT NOT NULL,
      model TEXT NOT NULL,
      asked INTEGER,
      dimensions INTEGER
    ) STRICT
    """,
    """
    CREATE TABLE item (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      collection INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
      source TEXT NOT NULL,
      line INTEGER NOT NULL,
      digest BLOB NOT NULL,
      text TEXT NOT NULL,
      block INTEGER NOT NULL,
      place INTEGER NOT NULL
    ) STRICT
    """,
    "CREATE INDEX item_source ON item(collection, source)",
    """
    CREATE TABLE vector (
      item INTEGER PRIMARY KEY REFERENCES item(id) ON DELETE CASCADE,
      numbers BLOB NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE block (
      id INTEGER PRIMARY KEY,
      collection INTEGER NOT NULL REFERENCES collection(id) ON DELETE CASCADE,
      heads BLOB NOT NULL
    ) STRICT
    """,
    "CREATE INDEX block_collection ON block(collection)",
    """
    CREATE TABLE block_codes (
      block INTEGER PRIMARY KEY REFERENCES block(id) ON DELETE CASCADE,
      codes BLOB NOT NULL
    ) STRICT
    """,
  ]

  /// Reads, and translates what goes wrong.
  func reading<Value>(_ body: (Database) throws -> Value) throws(VectorError) -> Value {
    do { return try database.read(body) } catch { throw Self.failure(error, path) }
  }

  /// Changes all of what `body` does, or nothing, and translates what goes wrong.
  func writing<Value>(_ body: (Database) throws -> Value) throws(VectorError) -> Value {
    do { return try database.write(body) } catch { throw Self.failure(error, path) }
  }

  /// What SQLite says of a damaged file: that it is one, that tables or columns are not there, or that rows break
  /// the rules of their tables.
  private static let damages: [ResultCode] = [
    .SQLITE_NOTADB, .SQLITE_CORRUPT, .SQLITE_ERROR, .SQLITE_MISMATCH, .SQLITE_CONSTRAINT,
    .SQLITE_FORMAT,
  ]

  static func failure(_ error: any Error, _ path: String) -> VectorError {
    switch error {
    case let error as VectorError: error
    case let error as IndexDamage: .damaged(path: path, reason: error.reason)
    case let error as DatabaseError where damages.contains(error.resultCode):
      .damaged(path: path, reason: error.message ?? "\(error.resultCode)")
    case let error as RowDecodingError: .damaged(path: path, reason: "\(error)")
    case let error as DatabaseError:
      .storage(path: path, reason: error.message ?? "\(error.resultCode)")
    case let error as FileError: .storage(path: path, reason: error.reason)
    default: .storage(path: path, reason: "\(error)")
    }
  }
}

extension VectorIndex {
  /// The index of that name.
  ///
  /// - Throws: ``VectorError/indexMissing(_:)``.
  package func collection(named name: String) throws(VectorError) -> Collection {
    let collection = try reading { try Self.collection(named: name, $0) }
    guard let collection else { throw .indexMissing(name) }
    return collection
  }

  /// The index of that name, which is made where there is none.
  ///
  /// - Throws: ``VectorError/otherModel(index:model:server:)`` where it is of another model, server or size.
  package func collection(
    named name: String, server: String, model: String, asked: Int?
  ) throws(VectorError) -> Collection {
    let collection = try writing { database -> Collection? in
      try database.execute(
        sql: """
          INSERT OR IGNORE INTO collection (name, server, model, asked) VALUES (?, ?, ?, ?)
          """, arguments: [name, server, model, asked])
      return try Self.collection(named: name, database)
    }
    guard let collection else { throw .indexMissing(name) }
    guard collection.server == server, collection.model == model, collection.asked == asked else {
      throw .otherModel(index: name, model: collection.model, server: collection.server)
    }
    try reading { try Self.checkItems(of: collection, $0) }
    return collection
  }

  /// Looks whether all texts are found by their sources: what is not would be paid for again.
  private static func checkItems(of collection: Collection, _ database: Database) throws {
    let counts = try Row.fetchOne(
      database,
      sql: """
        SELECT (SELECT count(*) FROM item WHERE collection = ?1) AS found,
          (SELECT count(*) FROM item NOT INDEXED WHERE collection = ?1) AS there
        """, arguments: [collection.id])
    guard let counts, try counts.number("found") == counts.number("there") else {
      throw IndexDamage("wrong # of entries in item_source")
    }
  }

  /// Looks whether the index is there still, and the same: another program may take it away at any time.
  ///
  /// - Throws: ``VectorError/indexTakenAway(_:)``.
  static func check(_ collection: Collection, _ database: Database) throws {
    // The identifier may be another's by now.
    let there = try Self.collection(named: collection.name, database)
    guard let there, there.id == collection.id, there.server == collection.server,
      there.model == collection.model, there.asked == collection.asked
    else { throw VectorError.indexTakenAway(collection.name) }
  }

  /// Every index with the number of its texts, by name.
  package func collections() throws(VectorError) -> [(Collection, texts: Int)] {
    try reading { database in
      try Row.fetchAll(
        database,
        sql: """
          SELECT id, name, server, model, asked, dimensions, (SELECT count(*) FROM item WHERE collection = collection.id) AS texts
          FROM collection ORDER BY name
          """
      ).map { (try Self.collection($0), texts: Int(try $0.number("texts"))) }
    }
  }

  /// Takes an index away with all its vectors.
  ///
  /// - Throws: ``VectorError/indexMissing(_:)``.
  package func remove(_ name: String) throws(VectorError) {
    let collection = try collection(named: name)
    try writing { database in
      try database.execute(sql: "DELETE FROM collection WHERE id = ?", arguments: [collection.id])
    }
  }

  static func collection(named name: String, _ database: Database) throws -> Collection? {
    try Row.fetchOne(
      database,
      sql: """
        SELECT id, name, server, model, asked, dimensions FROM collection WHERE name = ?
        """, arguments: [name]
    ).map(collection)
  }

  private static func collection(_ row: Row) throws -> Collection {
    let range = 1...EmbeddingRequest.mostNumbers
    return Collection(
      id: try row.number("id"), name: try row.text("name"), server: try row.text("server"),
      model: try row.text("model"), asked: try row.number("asked", ifIn: 1...Int.max),
      dimensions: try row.number("dimensions", ifIn: range))
  }
}

extension String {
  /// The place of the last slash; the start where there is none.
  fileprivate var lastSlash: Index { lastIndex(of: "/") ?? startIndex }
}
