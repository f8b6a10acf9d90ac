import Conversation
import GRDB

extension LLMLog {
  /// The conversations of the table `threads`, each from its last message up to the first.
  mutating func readThreads() throws -> [Conversation] {
    let sql = """
      SELECT tip_message_hash, \(Self.milliseconds("datetime_utc")) FROM threads
      WHERE tip_message_hash IS NOT NULL ORDER BY datetime_utc, id
      """
    return try Row.fetchAll(database, sql: sql).map { row in
      let time = Timestamp(milliseconds: row.integer(1) ?? now.milliseconds)
      return try readThread(endingAt: row.text(0) ?? "", at: time)
    }
  }

  private mutating func readThread(
    endingAt tip: String, at time: Timestamp
  ) throws -> Conversation {
    var conversation = Conversation(id: ids.next(at: time), created: time)
    var time = time
    for row in try chain(endingAt: tip) {
      let reply = row.text(named: "model") == nil ? nil : Self.reply(from: row)
      time = row.integer(named: "milliseconds").map(Timestamp.init(milliseconds:)) ?? time
      let (parts, reasoning) = try parts(of: row.text(named: "hash") ?? "")
      switch row.text(named: "role") {
      case "system" where conversation.messages.isEmpty && parts.pictures.isEmpty:
        conversation.instructions = parts.text
      case "system": append(.system, parts, nil, at: time, to: &conversation)
      case "user": append(.user, parts, nil, at: time, to: &conversation)
      case "assistant":
        var details = reply ?? ReplyDetails(model: "", provider: "llm")
        details.reasoning = reasoning
        conversation.model = reply?.model ?? conversation.model
        append(.assistant, parts, details, at: time, to: &conversation)
      default: leftOut += parts.count
      }
    }
    return conversation
  }

  /// The rows of the messages from the first to `tip`, with the turn that each of them ended.
  private func chain(endingAt tip: String) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        WITH RECURSIVE chain(hash, parent, role, depth) AS (
          SELECT hash, parent_hash, role, 0 FROM messages WHERE hash = ?
          UNION ALL
          SELECT m.hash, m.parent_hash, m.role, depth + 1
          FROM messages m JOIN chain c ON m.hash = c.parent WHERE depth < 100000)
        SELECT c.hash, c.role, t.model, t.resolved_model, t.input_tokens, t.output_tokens,
          t.duration_ms, \(Self.milliseconds("t.datetime_utc")) AS milliseconds
        FROM chain c LEFT JOIN turns t ON t.id = (
          SELECT id FROM turns WHERE tip_message_hash = c.hash LIMIT 1)
        ORDER BY depth DESC
        """, arguments: [tip])
  }

  /// The parts of a message in their order, its reasoning apart.
  private mutating func parts(
    of message: String
  ) throws -> (parts: [ContentPart], reasoning: String) {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT id, type, text, payload FROM parts WHERE message_hash = ? ORDER BY position",
      arguments: [message])
    var parts: [ContentPart] = []
    var reasoning = ""
    for row in rows {
      switch row.text(1) {
      case "text":
        let text = try text(of: row)
        if !text.isEmpty { parts.append(.text(text)) }
      case "reasoning": reasoning += try text(of: row)
      case "attachment":
        for attachment in try attachments(ofPart: row.integer(0) ?? 0) {
          if let part = part(from: attachment) { parts.append(part) }
        }
      default: leftOut += 1
      }
    }
    return (parts, reasoning)
  }

  /// The text of a part: its own, or pieces of which some stand in the table `fragments`.
  private func text(of part: Row) throws -> String {
    if let text = part.text(2) { return text }
    let reference: TextReference? = JSONColumn.decode(part.text(3))
    return try (reference?.pieces ?? []).map { piece in
      if let literal = piece.literal { return literal }
      return try String.fetchOne(
        database, sql: "SELECT content FROM fragments WHERE id = ?", arguments: [piece.fragment])
        ?? ""
    }.joined()
  }

  private func attachments(ofPart part: Int64) throws -> [Row] {
    try Row.fetchAll(
      database,
      sql: """
        SELECT a.* FROM part_attachments p JOIN attachments a ON a.id = p.attachment_id
        WHERE p.part_id = ? ORDER BY p."order"
        """, arguments: [part])
  }
}

/// A text that is put together from fragments.
private struct TextReference: Decodable {
  struct Piece: Decodable {
    var fragment: Int64?
    var literal: String?
  }

  var pieces: [Piece]

  private enum CodingKeys: String, CodingKey {
    case pieces = "text_ref"
  }
}
