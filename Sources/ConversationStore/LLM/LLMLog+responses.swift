import Conversation
import GRDB

extension LLMLog {
  /// The conversations of the table `responses`: each row is a prompt and its reply.
  mutating func readResponses() throws -> [Conversation] {
    let rows = try Row.fetchAll(
      database,
      sql: """
        SELECT *, \(Self.milliseconds("datetime_utc")) AS milliseconds
        FROM responses ORDER BY datetime_utc, id
        """)
    var conversations: [Conversation] = []
    /// The place of each conversation among `conversations`.
    var places: [String: Int] = [:]
    for row in rows {
      let time = Timestamp(milliseconds: row.integer(named: "milliseconds") ?? now.milliseconds)
      let place = row.text(named: "conversation_id").flatMap { places[$0] } ?? conversations.count
      if place == conversations.count {
        conversations.append(Conversation(id: ids.next(at: time), created: time))
        if let id = row.text(named: "conversation_id") { places[id] = place }
      }
      try append(row, at: time, to: &conversations[place])
    }
    return conversations
  }

  private mutating func append(
    _ row: Row, at time: Timestamp, to conversation: inout Conversation
  ) throws {
    let reply = Self.reply(from: row)
    conversation.model = reply.model
    if let system = row.text(named: "system"), !system.isEmpty {
      conversation.instructions = conversation.instructions ?? system
    }
    let response = row.text(named: "id") ?? ""
    var parts: [ContentPart] = []
    let prompt = try fragments(of: response) + [row.text(named: "prompt") ?? ""]
    let text = prompt.filter { !$0.isEmpty }.joined(separator: "\n")
    if !text.isEmpty { parts.append(.text(text)) }
    for attachment in try attachments(of: response) {
      if let part = part(from: attachment) { parts.append(part) }
    }
    append(.user, parts, nil, at: time, to: &conversation)
    let answer = row.text(named: "response") ?? ""
    append(.assistant, answer.isEmpty ? [] : [.text(answer)], reply, at: time, to: &conversation)
  }

  mutating func append(
    _ role: Role, _ parts: [ContentPart], _ reply: ReplyDetails?, at time: Timestamp,
    to conversation: inout Conversation
  ) {
    if parts.isEmpty { return }
    conversation.messages.append(
      Message(
        id: ids.next(at: time), parent: conversation.messages.leaf, role: role, parts: parts,
        created: time, reply: reply))
  }

  private func fragments(of response: String) throws -> [String] {
    guard try database.tableExists("prompt_fragments") else { return [] }
    return try String.fetchAll(
      database,
      sql: """
        SELECT content FROM prompt_fragments p JOIN fragments f ON f.id = p.fragment_id
        WHERE p.response_id = ? AND content IS NOT NULL ORDER BY p."order"
        """, arguments: [response])
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
