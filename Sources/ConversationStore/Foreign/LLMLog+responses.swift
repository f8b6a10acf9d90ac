import Conversation
import GRDB

extension LLMLog {
  /// The conversations of the table `responses`: each row is a prompt and its reply.
  mutating func readResponses() throws -> [Named] {
    let rows = try Row.fetchCursor(
      database,
      sql: """
        SELECT *, \(Self.milliseconds("datetime_utc")) AS milliseconds
        FROM responses ORDER BY datetime_utc, id
        """)
    var conversations: [Named] = []
    var identifiers: [ForeignIdentifiers] = []
    /// The place of each conversation among `conversations`.
    var places: [String: Int] = [:]
    while let row = try rows.next() {
      if Task.isCancelled { throw CancellationError() }
      let time = Timestamp(milliseconds: row.integer(named: "milliseconds") ?? now.milliseconds)
      let name = row.text(named: "conversation_id")
      let place = name.flatMap { places[$0] } ?? conversations.count
      if place == conversations.count {
        var ids = ForeignIdentifiers(source: "llm")
        let id = ids.conversation(name ?? row.text(named: "id") ?? "", at: time)
        conversations.append(
          Named(name: name, conversation: Conversation(id: id, created: time)))
        identifiers.append(ids)
        if let name { places[name] = place }
      }
      try append(row, at: time, to: &conversations[place].conversation, &identifiers[place])
    }
    return conversations
  }

  private mutating func append(
    _ row: Row, at time: Timestamp, to conversation: inout Conversation,
    _ ids: inout ForeignIdentifiers
  ) throws {
    let reply = Self.reply(from: row)
    conversation.model = reply.model
    let response = row.text(named: "id") ?? ""
    let system = try fragments(of: response, "system_fragments") + [row.text(named: "system") ?? ""]
    let instructions = system.filter { !$0.isEmpty }.joined(separator: "\n\n")
    if !instructions.isEmpty {
      conversation.instructions = conversation.instructions ?? instructions
    }
    var parts: [ContentPart] = []
    let prompt = try fragments(of: response, "prompt_fragments") + [row.text(named: "prompt") ?? ""]
    let text = prompt.filter { !$0.isEmpty }.joined(separator: "\n")
    if !text.isEmpty { parts.append(.text(text)) }
    for attachment in try attachments(of: response) {
      if let part = part(from: attachment) { parts.append(part) }
    }
    let results = try results(for: response)
    append(.tool, results, nil, "\(response)/results", at: time, to: &conversation, &ids)
    append(.user, parts, nil, "\(response)/prompt", at: time, to: &conversation, &ids)
    let answer = row.text(named: "response") ?? ""
    var replied: [ContentPart] = []
    replied.append(reasoning: row.text(named: "reasoning") ?? "")
    replied.append(text: answer)
    let calls = try calls(of: response)
    append(
      .assistant, answer.isEmpty && calls.isEmpty ? [] : replied + calls, reply,
      "\(response)/reply", at: time,
      to: &conversation, &ids)
  }

  mutating func append(
    _ role: Role, _ parts: [ContentPart], _ reply: ReplyDetails?, _ name: String,
    at time: Timestamp, to conversation: inout Conversation, _ ids: inout ForeignIdentifiers
  ) {
    if parts.isEmpty { return }
    let parent = conversation.messages.leaf
    conversation.messages.append(
      Message(
        id: ids.message(name, at: time, after: parent), parent: parent, role: role, parts: parts,
        created: time, reply: reply))
  }

  private func fragments(of response: String, _ table: String) throws -> [String] {
    guard try database.tableExists(table) else { return [] }
    return try String.fetchAll(
      database,
      sql: """
        SELECT content FROM \(table) p JOIN fragments f ON f.id = p.fragment_id
        WHERE p.response_id = ? AND content IS NOT NULL ORDER BY p."order"
        """, arguments: [response])
  }

  /// The tools that a reply asked for.
  private func calls(of response: String) throws -> [ContentPart] {
    guard try database.tableExists("tool_calls") else { return [] }
    let sql = "SELECT * FROM tool_calls WHERE response_id = ? ORDER BY id"
    return try Row.fetchAll(database, sql: sql, arguments: [response]).map { row in
      let name = row.text(named: "name") ?? ""
      return .toolCall(
        ToolCall(
          id: row.text(named: "tool_call_id") ?? name, name: name,
          arguments: row.text(named: "arguments") ?? "", state: .finished))
    }
  }

  /// What tools answered that a prompt went on with.
  private func results(for response: String) throws -> [ContentPart] {
    guard try database.tableExists("tool_results") else { return [] }
    let sql = "SELECT * FROM tool_results WHERE response_id = ? ORDER BY id"
    return try Row.fetchAll(database, sql: sql, arguments: [response]).map { row in
      Self.result(
        of: row.text(named: "tool_call_id") ?? row.text(named: "name"),
        row.text(named: "output"), row.text(named: "exception"))
    }
  }

  private func attachments(of response: String) throws -> [Row] {
    guard try database.tableExists("prompt_attachments") else { return [] }
    return try Row.fetchAll(
      database,
      sql: """
        SELECT a.* FROM prompt_attachments p JOIN attachments a ON a.id = p.attachment_id
        WHERE p.response_id = ? ORDER BY p."order"
        """, arguments: [response])
  }
}
