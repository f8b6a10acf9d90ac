import Conversation
import GRDB

extension LLMLog {
  /// The conversations of the table `threads`, each from its last message up to the first.
  mutating func readThreads() throws -> [Named] {
    let sql = """
      SELECT tip_message_hash, \(Self.milliseconds("datetime_utc")), id FROM threads
      WHERE tip_message_hash IS NOT NULL ORDER BY datetime_utc, id
      """
    return try Row.fetchAll(database, sql: sql).map { row in
      let time = Timestamp(milliseconds: row.integer(1) ?? now.milliseconds)
      let name = row.text(2)
      return Named(
        name: name,
        conversation: try readThread(name ?? "", endingAt: row.text(0) ?? "", at: time))
    }
  }

  private mutating func readThread(
    _ name: String, endingAt tip: String, at time: Timestamp
  ) throws -> Conversation {
    var ids = ForeignIdentifiers(source: "llm")
    var conversation = Conversation(id: ids.conversation(name, at: time), created: time)
    var time = time
    for row in try chain(endingAt: tip) {
      let reply = row.text(named: "model") == nil ? nil : Self.reply(from: row)
      time = row.integer(named: "milliseconds").map(Timestamp.init(milliseconds:)) ?? time
      let hash = row.text(named: "hash") ?? ""
      let parts = try parts(of: hash)
      switch row.text(named: "role") {
      case "system" where conversation.messages.isEmpty && parts.pictures.isEmpty:
        conversation.instructions = parts.text
      case "system": append(.system, parts, nil, hash, at: time, to: &conversation, &ids)
      case "user": append(.user, parts, nil, hash, at: time, to: &conversation, &ids)
      case "assistant":
        let details = reply ?? ReplyDetails(model: "", provider: "llm")
        conversation.model = reply?.model ?? conversation.model
        append(.assistant, parts, details, hash, at: time, to: &conversation, &ids)
      case "tool": append(.tool, parts, nil, hash, at: time, to: &conversation, &ids)
      case let role:
        append(Role(rawValue: role ?? ""), parts, nil, hash, at: time, to: &conversation, &ids)
      }
    }
    return conversation
  }

  /// The rows of the messages from the first to `tip`, with the turn that each of them ended.
  ///
  /// - Complexity: the number of the rows; a circle of parents ends them, and counts.
  private mutating func chain(endingAt tip: String) throws -> [Row] {
    let statement = try database.cachedStatement(
      sql: """
        SELECT m.hash, m.parent_hash, m.role, t.model, t.resolved_model, t.input_tokens,
          t.output_tokens, t.duration_ms, \(Self.milliseconds("t.datetime_utc")) AS milliseconds
        FROM messages m LEFT JOIN turns t ON t.id = (
          SELECT id FROM turns WHERE tip_message_hash = m.hash LIMIT 1)
        WHERE m.hash = ?
        """)
    var rows: [Row] = []
    var visited: Set<String> = []
    var next: String? = tip
    while let hash = next, let row = try Row.fetchOne(statement, arguments: [hash]) {
      guard visited.insert(hash).inserted else {
        loss.add(.circle)
        break
      }
      if Task.isCancelled { throw CancellationError() }
      rows.append(row)
      next = row.text(1)
    }
    return rows.reversed()
  }

  /// The parts of a message in their order.
  private mutating func parts(of message: String) throws -> [ContentPart] {
    let rows = try Row.fetchAll(
      database,
      sql: "SELECT id, type, text, payload FROM parts WHERE message_hash = ? ORDER BY position",
      arguments: [message])
    var parts: [ContentPart] = []
    for row in rows {
      switch row.text(1) {
      case "text":
        let text = try text(of: row)
        if !text.isEmpty { parts.append(.text(text)) }
      case "reasoning": parts.append(reasoning: try text(of: row))
      case "attachment":
        for attachment in try attachments(ofPart: row.integer(0) ?? 0) {
          if let part = part(from: attachment) { parts.append(part) }
        }
      case let type: if let part = toolPart(type, row.text(3)) { parts.append(part) }
      }
    }
    return parts
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

// MARK: - Tools

extension LLMLog {
  /// The part of a call or of a result, else one that is kept as it is; nil where nothing is there.
  private func toolPart(_ type: String?, _ payload: String?) -> ContentPart? {
    guard let payload else { return nil }
    let tool: ToolPayload? = JSONColumn.decode(payload)
    switch type {
    case "tool_call":
      guard let tool, let name = tool.name else { return .unknown(json: payload) }
      return .toolCall(
        ToolCall(
          id: tool.callID ?? name, name: name, arguments: member("arguments", of: payload),
          state: .finished))
    case "tool_result":
      guard let tool else { return .unknown(json: payload) }
      return Self.result(of: tool.callID ?? tool.name, tool.output, tool.exception)
    default: return .unknown(json: payload)
    }
  }

  static func result(of call: String?, _ output: String?, _ exception: String?) -> ContentPart {
    let words = [output, exception].compactMap(\.self).filter { !$0.isEmpty }
    return .toolResult(
      ToolResult(
        callID: call ?? "", parts: words.map(ContentPart.text), isError: exception != nil))
  }

  /// The JSON of a member of an object; empty where it has none.
  private func member(_ name: String, of object: String) -> String {
    (try? String.fetchOne(database, sql: "SELECT ? -> ?", arguments: [object, "$." + name])) ?? ""
  }
}

/// What a call and a result of a tool have.
private struct ToolPayload: Decodable {
  var name: String?
  var callID: String?
  var output: String?
  var exception: String?

  private enum CodingKeys: String, CodingKey {
    case name, output, exception
    case callID = "tool_call_id"
  }
}
