import Conversation
import GRDB

/// A message as a row of the table `message`, and back; its parts are rows of their own.
enum MessageRow {
  /// The columns that ``message(from:)`` reads first, in its order.
  private static let columns = [
    "id", "parent", "role", "status", "omission", "created", "model", "provider", "finish_reason",
    "is_refusal", "prompt_tokens", "completion_tokens", "cached_tokens", "reasoning_tokens",
    "milliseconds", "system_fingerprint",
  ]

  /// The messages that `condition` chooses by `argument`, under the name `m`, with all their parts, in
  /// no order.
  static func messages(
    where condition: String, _ argument: Int64, _ database: Database
  ) throws -> [Message] {
    let sql = """
      SELECT \(columns.map { "m." + $0 }.joined(separator: ", ")), \(PartRow.columns)
      FROM message m LEFT JOIN part p ON p.id = m.id WHERE \(condition)
      """
    let rows = try Row.fetchCursor(
      try database.cachedStatement(sql: sql), arguments: [argument])
    var messages: [Message] = []
    while let row = try rows.next() { messages.append(message(from: row)) }
    try PartRow.addFurther(to: &messages, where: condition, argument, database)
    return messages
  }

  /// The message in a row of ``columns`` and of one part, where it has one under its identifier.
  ///
  /// A word that no version wrote reads as the plainest one; a role or a part that this one does not
  /// know stays as it is, so that one damaged row hides nothing else.
  private static func message(from row: Row) -> Message {
    let part = columns.count
    var message = Message(
      id: MessageID(rawValue: row.integer(0) ?? 0),
      parent: row.integer(1).map(MessageID.init(rawValue:)),
      role: Role(rawValue: row.text(2) ?? ""),
      parts: row.hasNull(atIndex: part) ? [] : [PartRow.part(from: row, at: part)],
      created: Timestamp(milliseconds: row.integer(5) ?? 0),
      status: row.text(3).flatMap(Message.Status.init(rawValue:)) ?? .complete,
      reply: reply(from: row))
    message.omission = row.text(4).flatMap(Message.Omission.init(rawValue:)) ?? .none
    return message
  }

  private static func reply(from row: Row) -> ReplyDetails? {
    guard let model = row.text(6) else { return nil }
    var reply = ReplyDetails(model: model, provider: row.text(7) ?? "")
    reply.finishReason = row.text(8).map(FinishReason.init(rawValue:))
    reply.isRefusal = row.integer(9) == 1
    reply.usage = row.usage(10)
    reply.milliseconds = row.integer(14).flatMap(ReplyDetails.duration)
    reply.systemFingerprint = row.text(15)
    return reply
  }

  static func insert(
    _ message: Message, in conversation: ConversationID, _ database: Database
  ) throws {
    let places = Array(repeating: "?", count: columns.count + 1).joined(separator: ", ")
    let statement = try database.cachedStatement(
      sql: """
        INSERT INTO message (conversation, \(columns.joined(separator: ", "))) VALUES (\(places))
        """)
    try statement.execute(
      arguments: [conversation.rawValue] + StatementArguments(values(of: message)))
    try PartRow.insert(message.parts, of: message.id, database)
    try noteBlobs(of: message, database)
  }

  /// Writes all of a message but its place in the tree; throws where it is not in the table.
  static func update(_ message: Message, _ database: Database) throws {
    let changes = columns.dropFirst(2).map { "\($0) = ?" }.joined(separator: ", ")
    let statement = try database.cachedStatement(
      sql: "UPDATE message SET \(changes) WHERE id = ?")
    let values = Array(values(of: message).dropFirst(2)) + [message.id.rawValue]
    try statement.execute(arguments: StatementArguments(values))
    guard database.changesCount > 0 else { throw StoreError.unknownMessage(message.id) }
    try PartRow.update(message.parts, of: message.id, database)
    // A part that this version does not know may use blobs that it does not see.
    if message.parts.unknownCount == 0 {
      try database.execute(
        sql: "DELETE FROM blob_use WHERE message = ?", arguments: [message.id.rawValue])
    }
    try noteBlobs(of: message, database)
  }

  /// The values of ``columns``.
  private static func values(of message: Message) -> [(any DatabaseValueConvertible)?] {
    let reply = message.reply
    return [
      message.id.rawValue, message.parent?.rawValue, message.role.rawValue.storable,
      message.status.rawValue, message.omission.rawValue, message.created.milliseconds,
      reply?.model, reply?.provider, reply?.finishReason?.rawValue, reply?.isRefusal ?? false,
      reply?.usage?.prompt.value, reply?.usage?.completion.value, reply?.usage?.cachedColumn,
      reply?.usage?.reasoning.value, reply?.milliseconds, reply?.systemFingerprint,
    ]
  }

  /// Takes note of the blobs that a message uses.
  static func noteBlobs(of message: Message, _ database: Database) throws {
    for digest in message.parts.digests.map(\.rawValue) {
      try database.execute(
        sql: "INSERT OR IGNORE INTO blob_use (message, digest) VALUES (?, ?)",
        arguments: [message.id.rawValue, digest])
    }
  }
}

extension TokenUsage {
  /// What the column of cached tokens holds; null says that all of it is an estimate.
  fileprivate var cachedColumn: Int? { isEstimated ? nil : cached.value }
}
