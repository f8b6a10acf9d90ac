import Conversation
import Files
import GRDB

/// Copies what sources hold into a store, row by row: the first source that has a row counts.
///
/// Rows that the store has already stay as they are. Each batch is on the disk by itself, and a
/// second run adds what is missing and nothing twice, so a run may end at any moment.
struct SalvageRun {
  private static let batchSize = 200

  private let database: DatabaseQueue
  /// The sources, best first.
  private let sources: [any SalvageSource]
  private var report = Salvage()
  /// The pieces of replies in flight by message, each once by its identifier.
  private var fragments: [Int64: [Int64: (text: String, reasoning: String)]] = [:]
  private var touched: Set<Int64> = []

  init(into database: DatabaseQueue, from sources: [any SalvageSource]) {
    self.database = database
    self.sources = sources
  }

  /// Runs to the end; `known` are messages that should be there.
  mutating func run(known: Set<Int64>) throws -> Salvage {
    try collectFragments()
    try copyConversations()
    try copyMessages()
    try database.write { database in
      for id in touched.sorted() { try Self.settle(id, database) }
    }
    report.lost = try database.read { try Self.countMissing(known, $0) }
    return report
  }

  // MARK: - Reading

  private mutating func collectFragments() throws {
    for source in sources {
      try source.rows(of: .fragment) { row in
        guard let message = row.integer(1), fragments[message]?[row.id] == nil else { return }
        fragments[message, default: [:]][row.id] = (row.text(2) ?? "", row.text(3) ?? "")
      }
    }
  }

  /// A reply in flight as one that broke off where its pieces end.
  private func ended(_ row: SalvagedRow) -> SalvagedRow {
    guard row.text(4) == Message.Status.streaming.rawValue else { return row }
    var row = row
    let pieces = (fragments[row.id] ?? [:]).sorted { $0.key < $1.key }.map(\.value)
    let text = pieces.map(\.text).joined()
    row.values[4] = Message.Status.cutOff.rawValue.databaseValue
    row.values[17] = ((row.text(17) ?? "") + pieces.map(\.reasoning).joined()).databaseValue
    row.values[19] = ((row.text(19) ?? "") + text).databaseValue
    if var parts: [ContentPart] = JSONColumn.decode(row.text(18)) {
      parts.append(text: text)
      row.values[18] = (try? JSONColumn.encode(parts))?.databaseValue ?? .null
    }
    return row
  }

  // MARK: - Writing

  private mutating func copyConversations() throws {
    for source in sources {
      var batch = Batch()
      try source.rows(of: .conversation) { row in
        if batch.add(row) { try write(&batch) { try $0.addConversation($1, $2) } }
      }
      try write(&batch) { try $0.addConversation($1, $2) }
    }
  }

  private mutating func copyMessages() throws {
    for source in sources {
      var batch = Batch()
      try source.rows(of: .message) { row in
        if batch.add(ended(row)) { try write(&batch) { try $0.addMessage($1, $2) } }
      }
      try write(&batch) { try $0.addMessage($1, $2) }
    }
  }

  private struct Batch {
    var rows: [SalvagedRow] = []

    /// Tells whether the batch is full.
    mutating func add(_ row: SalvagedRow) -> Bool {
      rows.append(row)
      return rows.count >= SalvageRun.batchSize
    }
  }

  private mutating func write(
    _ batch: inout Batch, _ add: (inout SalvageRun, SalvagedRow, Database) throws -> Void
  ) throws {
    var run = self
    try database.write { database in
      for row in batch.rows { try add(&run, row, database) }
    }
    self = run
    batch.rows = []
  }

  private mutating func addConversation(_ row: SalvagedRow, _ database: Database) throws {
    touched.insert(row.id)
    guard try !Self.has(row.id, in: .conversation, database) else { return }
    var row = row
    if row.integer(7) == 0, let name = row.text(1) {
      row.values[1] = try ConversationStore.freeName(like: name, database).databaseValue
    }
    guard try Self.insert(row, into: .conversation, database) else { return }
    report.conversations += 1
  }

  private mutating func addMessage(_ row: SalvagedRow, _ database: Database) throws {
    guard let conversation = row.integer(1) else { return }
    // Also where the row is there: an earlier run may have ended before it put things in order.
    touched.insert(conversation)
    guard try !Self.has(row.id, in: .message, database) else { return }
    if try !Self.has(conversation, in: .conversation, database) {
      try Self.insertHome(conversation, created: row.integer(6) ?? 0, database)
      report.conversations += 1
    }
    if try Self.insert(row, into: .message, database) { report.messages += 1 }
  }

  private static func has(
    _ id: Int64, in table: SalvagedTable, _ database: Database
  ) throws -> Bool {
    let sql = "SELECT 1 FROM \(table.rawValue) WHERE id = ?"
    return try Int.fetchOne(try database.cachedStatement(sql: sql), arguments: [id]) != nil
  }

  /// Tells whether the row could be stored: what only damage can have put there the table refuses.
  private static func insert(
    _ row: SalvagedRow, into table: SalvagedTable, _ database: Database
  ) throws -> Bool {
    let places = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
    let columns = table.columns.joined(separator: ", ")
    let sql = "INSERT INTO \(table.rawValue) (\(columns)) VALUES (\(places))"
    do {
      try database.cachedStatement(sql: sql).execute(arguments: StatementArguments(row.values))
      return true
    } catch DatabaseError.SQLITE_CONSTRAINT {
      return false
    }
  }

  /// A conversation for messages whose own cannot be read.
  private static func insertHome(_ id: Int64, created: Int64, _ database: Database) throws {
    try database.execute(
      sql: "INSERT INTO conversation (id, created, updated, parameters) VALUES (?, ?, ?, '{}')",
      arguments: [id, created, created])
  }

  // MARK: - Putting in order

  /// Makes what is kept twice agree with the messages that are there: counts, first words, the
  /// leaf, and which pictures are used.
  private static func settle(_ id: Int64, _ database: Database) throws {
    let id = ConversationID(rawValue: id)
    guard let (settings, leaf) = try ConversationRow.settings(of: id, database) else { return }
    var conversation = settings
    conversation.messages = ConversationRow.tree(
      of: try ConversationRow.messages(of: id, database), leaf: leaf)
    let messages = conversation.messages.all
    let isHome = try leaf == nil && title(of: id, database).isEmpty
    let newest = isHome ? messages.last?.id : nil
    for message in messages where !message.pictures.isEmpty {
      for digest in Set(message.pictures.compactMap(\.stored?.digest.rawValue)) {
        try database.execute(
          sql: "INSERT OR IGNORE INTO picture_use (message, digest) VALUES (?, ?)",
          arguments: [message.id.rawValue, digest])
      }
    }
    try database.execute(
      sql: """
        UPDATE conversation SET message_count = ?, picture_count = ?, leaf = coalesce(?, leaf),
          title = iif(title = '', ?, title), updated = max(updated, ?) WHERE id = ?
        """,
      arguments: [
        messages.count, messages.reduce(0) { $0 + $1.pictures.count },
        (conversation.messages.leaf ?? newest)?.rawValue,
        (messages.first { $0.role == .user && !$0.text.isEmpty }?.firstWords ?? "").storable,
        messages.map(\.created.milliseconds).max() ?? 0, id.rawValue,
      ])
  }

  private static func title(of id: ConversationID, _ database: Database) throws -> String {
    try String.fetchOne(
      database, sql: "SELECT title FROM conversation WHERE id = ?", arguments: [id.rawValue]) ?? ""
  }

  /// How many of the messages that are known of, or that others follow, are not in the store.
  private static func countMissing(_ known: Set<Int64>, _ database: Database) throws -> Int {
    let parents = try Int64.fetchSet(
      database,
      sql: """
        SELECT parent FROM message
        WHERE parent IS NOT NULL AND parent NOT IN (SELECT id FROM message)
        """)
    return try known.union(parents).filter { try !has($0, in: .message, database) }.count
  }
}
