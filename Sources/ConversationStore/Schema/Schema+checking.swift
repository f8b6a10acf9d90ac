import GRDB

extension Schema {
  /// The steps that a database has taken.
  struct Applied {
    fileprivate let count: Int
    /// Whether a later version took others after them.
    fileprivate(set) var isKnown = true

    /// What these steps make; of some of them it is asked of SQLite itself, in memory (1 ms).
    func objects() throws -> Objects {
      if count == Schema.names.count { return Objects(of: Schema.statements) }
      let database = try DatabaseQueue()
      defer { database.retire() }
      try database.write { database in try Schema.runSteps(count, database) }
      return try database.read { try Objects(of: $0) }
    }
  }

  /// The steps that the database has taken; nil where the list is not one that any version wrote:
  /// a later one adds to the end and leaves the beginning as it is.
  static func applied(in database: Database) throws -> Applied? {
    let applied = try String.fetchAll(
      database, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
    let known = names
    let common = zip(applied, known).prefix { $0 == $1 }.count
    guard common == min(applied.count, known.count) else { return nil }
    return Applied(count: common, isKnown: applied.count <= known.count)
  }

  /// Whether this version's statements find what they read, as in a newer store they may not.
  static func isReadable(_ database: Database) throws -> Bool {
    try SalvagedTable.present.allSatisfy { table in
      guard try database.tableExists(table.name) else { return false }
      let columns = try database.columns(in: table.name).map(\.name)
      return Set(table.columns).isSubset(of: columns)
    }
  }

  /// Compares the index of the texts with itself and with the messages (SQLite FTS5 §6.5).
  ///
  /// - Throws: `SQLITE_CORRUPT` where they differ.
  static func checkTextIndex(_ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO message_text(message_text, rank) VALUES ('integrity-check', 1)")
  }

  /// Tables, indices and triggers by name, as their text says, blanks aside.
  struct Objects: Equatable {
    private var texts: [String: [UInt8]] = [:]

    var isEmpty: Bool { texts.isEmpty }

    /// Those of `database`, without what SQLite and its modules make by themselves.
    init(of database: Database) throws {
      let rows = try Row.fetchCursor(database, sql: "SELECT name, sql FROM sqlite_schema")
      while let row = try rows.next() {
        guard let name = row.text(0), let text = row.text(1),
          name != "grdb_migrations", !name.hasPrefix("message_text_") || text.contains("TRIGGER")
        else { continue }
        texts[name] = Self.withoutBlanks(text)
      }
    }

    /// Those that `statements` make, each of one: CREATE, perhaps UNIQUE or VIRTUAL, a kind, a name.
    init(of statements: [String]) {
      for statement in statements {
        let words = statement.split(maxSplits: 5) { $0.isWhitespace || $0 == "(" }
        let kind = words.firstIndex { ["TABLE", "VIEW", "INDEX", "TRIGGER"].contains($0) }
        guard let kind, kind + 1 < words.count else { continue }
        texts[String(words[kind + 1])] = Self.withoutBlanks(statement)
      }
    }

    private static func withoutBlanks(_ text: String) -> [UInt8] { text.utf8.filter { $0 > 0x20 } }

    /// The name of an object that is missing here, or has another text; others are somebody else's.
    func firstDifference(from expected: Objects) -> String? {
      expected.texts.sorted { $0.key < $1.key }.first { texts[$0.key] != $0.value }?.key
    }
  }
}
