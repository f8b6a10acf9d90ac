import Conversation
import GRDB

/// A message as a row of the table `message`, and back.
enum MessageRow {
  /// The columns that ``message(from:)`` reads, in its order.
  static let columns = """
    id, parent, role, status, omission, created, model, provider, finish_reason, is_refusal, \
    prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens, milliseconds, \
    system_fingerprint, reasoning, parts, text
    """

  /// The message in a row of ``columns``.
  ///
  /// A word that no version wrote reads as the plainest one; a part that this one cannot read stays
  /// as it is, and where the column holds no parts at all the text is left, so that one damaged row
  /// hides nothing else.
  static func message(from row: Row) -> Message {
    let text = row.text(18) ?? ""
    let stored = row.text(17).flatMap(PartsColumn.decode)
    var message = Message(
      id: MessageID(rawValue: row.integer(0) ?? 0),
      parent: row.integer(1).map(MessageID.init(rawValue:)),
      role: Role(rawValue: row.text(2) ?? ""),
      parts: stored ?? parts(of: text),
      created: Timestamp(milliseconds: row.integer(5) ?? 0),
      status: row.text(3).flatMap(Message.Status.init(rawValue:)) ?? .complete,
      reply: reply(from: row))
    if let reasoning = row.text(16), !reasoning.isEmpty {
      message.parts.insert(.reasoning(reasoning), at: 0)
    }
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
    let sql = """
      INSERT INTO message (conversation, \(columns))
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """
    let statement = try database.cachedStatement(sql: sql)
    try statement.execute(
      arguments: [conversation.rawValue] + StatementArguments(try values(of: message)))
    try countPictures(of: message, database)
  }

  /// Writes all of a message but its place in the tree; throws where it is not in the table.
  static func update(_ message: Message, _ database: Database) throws {
    let sql = """
      UPDATE message SET (\(columns)) = (?, parent, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      WHERE id = ?
      """
    var values = try values(of: message)
    values.remove(at: 1)
    let statement = try database.cachedStatement(sql: sql)
    try statement.execute(arguments: StatementArguments(values + [message.id.rawValue]))
    guard database.changesCount > 0 else { throw StoreError.unknownMessage(message.id) }
    try database.execute(
      sql: "DELETE FROM picture_use WHERE message = ?", arguments: [message.id.rawValue])
    try countPictures(of: message, database)
  }

  /// The values of ``columns``.
  private static func values(of message: Message) throws -> [(any DatabaseValueConvertible)?] {
    let text = message.text.storable
    let reply = message.reply
    return [
      message.id.rawValue, message.parent?.rawValue, message.role.rawValue,
      message.status.rawValue, message.omission.rawValue, message.created.milliseconds,
      reply?.model, reply?.provider, reply?.finishReason?.rawValue, reply?.isRefusal ?? false,
      reply?.usage?.prompt.value, reply?.usage?.completion.value, reply?.usage?.cached.value,
      reply?.usage?.reasoning.value, reply?.milliseconds, reply?.systemFingerprint,
      "",
      message.parts == parts(of: text) ? nil : try PartsColumn.encode(message.parts), text,
    ]
  }

  /// The parts of a message that has nothing but `text`.
  private static func parts(of text: String) -> [ContentPart] {
    text.isEmpty ? [] : [.text(text)]
  }

  private static func countPictures(of message: Message, _ database: Database) throws {
    for digest in Set(message.pictures.compactMap(\.stored?.digest.rawValue)) {
      try database.execute(
        sql: "INSERT INTO picture_use (message, digest) VALUES (?, ?)",
        arguments: [message.id.rawValue, digest])
    }
  }
}
