import Conversation
import Files
import GRDB

/// Copies what sources hold into a store, row by row: the first source that has a row counts.
///
/// Rows that the store has already stay as they are. Each batch is on the disk by itself, and a
/// second run adds what is missing and nothing twice, so a run may end at any moment.
struct SalvageRun {
  private static let batchSize = 200
  /// More messages than any conversation has: what a damaged row says beyond is not believed.
  private static let largestCount = 1_000_000

  private let database: DatabaseQueue
  /// The sources, best first.
  private let sources: [any SalvageSource]
  private let replies: SalvagedReplies
  private var report = Salvage()
  private var touched: Set<Int64> = []
  /// How many messages the read rows of conversations say that each has.
  private var counts: [Int64: Int] = [:]
  /// Whether rows of the first schema were read, in which a message may be without words.
  private var isOfFirstSchema = false

  init(into database: DatabaseQueue, from sources: [any SalvageSource]) throws {
    self.database = database
    self.sources = sources
    replies = try SalvagedReplies(in: sources)
  }

  /// Runs to the end; `known` are messages that should be there.
  mutating func run(known: Set<Int64>) throws -> Salvage {
    try copy(.conversation) { try $0.addConversation($1, $2) }
    for table in [SalvagedTable.firstMessage, .message] {
      try copy(table) { try $0.addMessage($1, of: table, $2) }
    }
    try copy(.part) { try $0.addPart($1, $2) }
    try database.write { database in
      for id in touched.sorted() { try Self.settle(id, database) }
    }
    report.lost = try database.read { try countLost(known, $0) }
    return report
  }

  /// Gives `add` the rows of a table from every source, a batch in a transaction.
  private mutating func copy(
    _ table: SalvagedTable, _ add: (inout SalvageRun, SalvagedRow, Database) throws -> Void
  ) throws {
    for source in sources {
      var batch: [SalvagedRow] = []
      try source.rows(of: table) { row in
        batch.append(row)
        if batch.count >= Self.batchSize { try write(&batch, add) }
      }
      try write(&batch, add)
    }
  }

  private mutating func write(
    _ batch: inout [SalvagedRow], _ add: (inout SalvageRun, SalvagedRow, Database) throws -> Void
  ) throws {
    var run = self
    try database.write { database in
      for row in batch { try add(&run, row, database) }
    }
    self = run
    batch = []
  }

  private mutating func addConversation(_ row: SalvagedRow, _ database: Database) throws {
    touched.insert(row.id)
    // The sources come best first: an older copy knows of fewer, or of what was removed since.
    if counts[row.id] == nil, row.integer(7) == 0 {
      counts[row.id] = row.integer(5).map { Int(clamping: $0) }
    }
    guard try !Self.has(row.id, in: .conversation, database) else { return }
    var row = row
    if row.integer(7) == 0, let name = row.text(1) {
      row.values[1] = try ConversationStore.freeName(like: name, database).databaseValue
    }
    guard try Self.insert(row, into: .conversation, database) else { return }
    report.conversations += 1
  }

  /// Adds a message; one of the first schema, or that was in flight, together with what it says.
  private mutating func addMessage(
    _ row: SalvagedRow, of table: SalvagedTable, _ database: Database
  ) throws {
    guard let conversation = row.integer(1) else { return }
    if table == .firstMessage { isOfFirstSchema = true }
    // Also where the row is there: an earlier run may have ended before it put things in order.
    touched.insert(conversation)
    let isNew = try !Self.has(row.id, in: .message, database)
    if isNew {
      if try !Self.has(conversation, in: .conversation, database) {
        try Self.insertHome(conversation, created: row.integer(6) ?? 0, database)
        report.conversations += 1
      }
      guard try Self.insert(row.ended, into: .message, database) else { return }
      report.messages += 1
    }
    let id = MessageID(rawValue: row.id)
    for (part, partID) in try PartRow.rows(of: parts(of: row, of: table, isNew: isNew), id) {
      try part.addIfMissing(as: partID, of: id, database)
    }
  }

  /// What is stored together with a message's row.
  private func parts(
    of row: SalvagedRow, of table: SalvagedTable, isNew: Bool
  ) -> [ContentPart] {
    if table == .firstMessage { return isNew || !row.isInFlight ? replies.parts(ofFirst: row) : [] }
    return isNew && row.isInFlight ? replies.parts(of: row.id) : []
  }

  /// Adds a part to its message, where that has none in its place.
  private mutating func addPart(_ row: SalvagedRow, _ database: Database) throws {
    guard let message = row.integer(1), let ordinal = row.integer(2), let type = row.text(3),
      !replies.contains(message),
      let conversation = try Int64.fetchOne(
        database, sql: "SELECT conversation FROM message WHERE id = ?", arguments: [message])
    else { return }
    touched.insert(conversation)
    let part = PartRow(
      ordinal: Int(clamping: ordinal), type: type, text: row.text(4), json: row.text(5))
    try part.addIfMissing(
      as: row.id == message ? message : nil, of: MessageID(rawValue: message), database)
  }

  private static func has(
    _ id: Int64, in table: SalvagedTable, _ database: Database
  ) throws -> Bool {
    let sql = "SELECT 1 FROM \(table.name) WHERE id = ?"
    return try Int.fetchOne(try database.cachedStatement(sql: sql), arguments: [id]) != nil
  }

  /// Tells whether the row could be stored: what only damage can have put there the table refuses.
  private static func insert(
    _ row: SalvagedRow, into table: SalvagedTable, _ database: Database
  ) throws -> Bool {
    let places = Array(repeating: "?", count: table.columns.count).joined(separator: ", ")
    let columns = table.columns.joined(separator: ", ")
    let sql = "INSERT INTO \(table.name) (\(columns)) VALUES (\(places))"
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
  /// leaf, and which blobs are used.
  private static func settle(_ id: Int64, _ database: Database) throws {
    let id = ConversationID(rawValue: id)
    guard let (settings, leaf) = try ConversationRow.settings(of: id, database) else { return }
    var conversation = settings
    conversation.messages = ConversationRow.tree(
      of: try ConversationRow.messages(of: id, database), leaf: leaf)
    let messages = conversation.messages.all
    let isHome = try leaf == nil && title(of: id, database).isEmpty
    let newest = isHome ? messages.last?.id : nil
    for message in messages { try MessageRow.noteBlobs(of: message, database) }
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

  /// How many messages are known to have been there, and are not, or have lost what they said.
  ///
  /// The rows that others name and those that conversations counted are for the most part the same ones,
  /// so the larger number of both is told.
  private func countLost(_ known: Set<Int64>, _ database: Database) throws -> Int {
    let parents = try Int64.fetchSet(
      database,
      sql: """
        SELECT parent FROM message
        WHERE parent IS NOT NULL AND parent NOT IN (SELECT id FROM message)
        """)
    let named = try known.union(parents).filter { try !Self.has($0, in: .message, database) }.count
    var counted = 0
    var empty = 0
    for id in touched {
      let sql = "SELECT count(*) FROM message WHERE conversation = ?"
      let messages =
        try Int.fetchOne(
          try database.cachedStatement(sql: sql), arguments: [id]) ?? 0
      counted += max(0, min(counts[id] ?? 0, Self.largestCount) - messages)
      if !isOfFirstSchema { empty += try EmptyMessages.count(in: id, database) }
    }
    return max(named, counted) + empty
  }
}
