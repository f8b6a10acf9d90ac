package import Conversation
import GRDB

/// What became of conversations that came from elsewhere.
package struct ImportResult: Hashable, Sendable {
  /// How many were new.
  package private(set) var newCount = 0
  /// How many were there already, and have grown.
  package private(set) var grownCount = 0
  /// How many were there already as they came.
  package private(set) var knownCount = 0
  /// The one that began last, under the identifier that it has here.
  package private(set) var newest: ConversationID?
  private var newestCreated: Timestamp?

  package init() {}

  package var count: Int { newCount + grownCount + knownCount }

  /// Takes in what became of others.
  package mutating func add(_ other: ImportResult) {
    newCount += other.newCount
    grownCount += other.grownCount
    knownCount += other.knownCount
    if let newest = other.newest, let created = other.newestCreated {
      recordNewest(newest, created)
    }
  }

  fileprivate mutating func add(_ conversation: Conversation, _ outcome: Outcome) {
    switch outcome {
    case .new: newCount += 1
    case .grown: grownCount += 1
    case .known: knownCount += 1
    }
    recordNewest(conversation.id, conversation.created)
  }

  /// What became of one conversation.
  package enum Outcome: String, Sendable { case new, grown, known }

  private mutating func recordNewest(_ id: ConversationID, _ created: Timestamp) {
    guard newestCreated.map({ created >= $0 }) ?? true else { return }
    newest = id
    newestCreated = created
  }
}

extension ConversationStore {
  /// Writes whole conversations as another program or another store made them, all or none.
  ///
  /// One that is there already, under its own identifier, takes the messages that it lacks. Where
  /// anything else has one of its identifiers, or a message there says something else, the whole
  /// conversation gets new identifiers and stands beside the other. A name that is taken gets a
  /// number. Who reads many gives them in batches, so that other programs are not locked out.
  ///
  /// `earlier` holds, for a conversation's identifier, those that it had when it had fewer messages: it
  /// takes the place of one that is there under them.
  package func importConversations(
    _ conversations: [Conversation], earlier: [ConversationID: [ConversationID]] = [:],
    ids: IdentifierSource
  ) throws(StoreError) -> ImportResult {
    var ids = ids
    return try writing { database in
      try WordIndex.tune(database)
      var result = ImportResult()
      for conversation in conversations {
        let grown = try Self.grown(conversation, earlier[conversation.id] ?? [], database)
        let (stored, outcome) = try Self.importConversations(
          grown ?? conversation, ids: &ids, database)
        result.add(stored, outcome)
      }
      return result
    }
  }

  /// What an import of a conversation would come to; nothing is written.
  package func outcome(
    ofImporting conversation: Conversation, earlier: [ConversationID] = []
  ) throws(StoreError) -> ImportResult.Outcome {
    try reading { database in
      let conversation = try Self.grown(conversation, earlier, database) ?? conversation
      guard try Self.isTaken(conversation, database),
        let addition = try Self.addition(of: conversation, database)
      else { return .new }
      return addition.isEmpty ? .known : .grown
    }
  }

  private static func importConversations(
    _ conversation: Conversation, ids: inout IdentifierSource, _ database: Database
  ) throws -> (Conversation, ImportResult.Outcome) {
    var conversation = conversation
    if try isTaken(conversation, database) {
      if let outcome = try merge(conversation, database) { return (conversation, outcome) }
      conversation = conversation.renumbered(from: &ids)
    }
    conversation.name = try conversation.name.map {
      Label(try freeName(like: $0.text.storable, database))
    }
    try insert(conversation, database)
    return (conversation, .new)
  }

  /// What a stored conversation lacks of the same one from elsewhere.
  private struct Addition {
    var missing: [Message] = []
    /// Messages that have more parts than they have here.
    var richer: [Message] = []
    /// The message in use here.
    var leaf: MessageID?

    var isEmpty: Bool { missing.isEmpty && richer.isEmpty }
  }

  /// Nil where what is stored under the identifiers is something else.
  private static func addition(
    of conversation: Conversation, _ database: Database
  ) throws -> Addition? {
    let id = conversation.id
    guard let (stored, leaf) = try ConversationRow.settings(of: id, database),
      stored.created == conversation.created || id.isTimeless
    else { return nil }
    let held = MessageTree(messages: try ConversationRow.messages(of: id, database), leaf: leaf)
    var addition = Addition(leaf: leaf)
    for message in conversation.messages.all {
      guard let other = held[message.id] else {
        addition.missing.append(message)
        continue
      }
      guard other.role == message.role, other.parent == message.parent,
        other.text.storable == message.text.storable
      else { return nil }
      if message.parts.count > other.parts.count { addition.richer.append(message) }
    }
    return try addition.missing.allSatisfy { try !isStored($0.id, database) } ? addition : nil
  }

  /// Adds to the stored conversation what it lacks; nil where it is another one.
  private static func merge(
    _ conversation: Conversation, _ database: Database
  ) throws -> ImportResult.Outcome? {
    let id = conversation.id
    guard let addition = try addition(of: conversation, database) else { return nil }
    try restore(id, database)
    if addition.isEmpty { return .known }
    for message in addition.missing { try MessageRow.insert(message, in: id, database) }
    for message in addition.richer { try MessageRow.update(message, database) }
    let leaf = addition.missing.isEmpty ? addition.leaf : conversation.messages.leaf
    try recount(id, leaf: leaf, database)
    return .grown
  }

  private static func isStored(_ id: MessageID, _ database: Database) throws -> Bool {
    let statement = try database.cachedStatement(sql: "SELECT 1 FROM message WHERE id = ?")
    return try Int.fetchOne(statement, arguments: [id.rawValue]) != nil
  }

  /// Brings the counts of a conversation's row in step with its messages.
  private static func recount(
    _ id: ConversationID, leaf: MessageID?, _ database: Database
  ) throws {
    let messages = try ConversationRow.messages(of: id, database)
    try database.execute(
      sql: """
        UPDATE conversation
        SET leaf = ?, message_count = ?, picture_count = ?, updated = max(updated, ?) WHERE id = ?
        """,
      arguments: [
        leaf?.rawValue, messages.count, messages.reduce(0) { $0 + $1.pictures.count },
        messages.map(\.created).max()?.milliseconds ?? 0, id.rawValue,
      ])
  }
}
