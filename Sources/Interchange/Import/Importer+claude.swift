import Conversation
import JSON

/// Claude's export (`conversations.json` of claude.ai): an array of conversations, each with its
/// `chat_messages`.
///
/// The format is not published; this reads what exports of 2023 to 2026 hold. Pictures and files are not
/// in it, only their names; the text of documents is.
extension Importer {
  mutating func conversation(fromClaude json: JSONValue) throws(ImportFault) -> Conversation {
    guard let messages = json["chat_messages"]?.elements else { throw ImportFault("chat_messages") }
    let time = Timestamp(imported: json["created_at"])
    let created = time ?? now
    var ids = ForeignIdentifiers(source: "claude")
    let id = ids.conversation(json["uuid"]?.string ?? json["name"]?.string ?? "", at: time)
    var conversation = Conversation(id: id, created: created)
    conversation.name = Label(imported: json["name"])
    let model = json["model"]?.string.flatMap { $0.isModelName ? $0 : nil }
    conversation.model = model
    var tree = ForeignTree()
    for (index, message) in messages.enumerated() {
      let isReply = message["sender"]?.string == "assistant"
      var reply = isReply ? ReplyDetails(model: model ?? "", provider: "Claude") : nil
      message["model"]?.string.map { reply?.model = $0 }
      tree.append(
        ForeignTree.Node(
          name: message["uuid"]?.string ?? "\(index)",
          parent: message["parent_message_uuid"]?.string ?? tree.last,
          role: isReply ? .assistant : .user, parts: parts(ofClaude: message),
          created: Timestamp(imported: message["created_at"]), reply: reply))
    }
    tree.fill(&conversation, &ids, leaf: json["current_leaf_message_uuid"]?.string, &loss)
    return conversation
  }

  private mutating func parts(ofClaude message: JSONValue) -> [ContentPart] {
    var parts: [ContentPart] = []
    for attachment in message["attachments"]?.elements ?? [] {
      let name = attachment["file_name"]?.string ?? ""
      if let text = attachment["extracted_content"]?.string, !text.isEmpty {
        parts.append(.text(name.isEmpty ? text : name + "\n\n" + text))
      } else {
        loss.add(.file)
      }
    }
    for file in (message["files_v2"] ?? message["files"])?.elements ?? [] {
      let name = file["file_name"]?.string ?? ""
      guard file["file_kind"]?.string == "image" || PictureFormat.isNamed(by: name) else {
        loss.add(.file)
        continue
      }
      if let part = picture(inFileNamedLike: [file["file_uuid"]?.string, name]) {
        parts.append(part)
      }
    }
    let blocks = message["content"]?.elements ?? []
    if blocks.isEmpty {
      parts.append(text: message["text"]?.string ?? "")
    }
    for block in blocks { append(claude: block, to: &parts) }
    return parts
  }

  /// Adds a block of a message's content.
  private mutating func append(claude block: JSONValue, to parts: inout [ContentPart]) {
    switch block["type"]?.string {
    case "text":
      let text = block["text"]?.string ?? ""
      if !text.isEmpty { parts.append(.text(text)) }
    case "thinking": parts.append(reasoning: block["thinking"]?.string ?? "")
    case "tool_use":
      let name = block["name"]?.string ?? ""
      parts.append(
        .toolCall(
          ToolCall(
            id: block["id"]?.string ?? name, name: name,
            arguments: block["input"]?.description ?? "", state: .finished)))
    case "tool_result":
      var inner: [ContentPart] = []
      if let text = block["content"]?.string { inner = [.text(text)] }
      for part in block["content"]?.elements ?? [] { append(claude: part, to: &inner) }
      parts.append(
        .toolResult(
          ToolResult(
            callID: block["tool_use_id"]?.string ?? parts.toolCalls.last?.id ?? "",
            parts: inner, isError: block["is_error"]?.bool ?? false)))
    case "image":
      let picture =
        block["source"]?["data"]?.string.flatMap { self.picture(Base64.decoded($0.utf8)) }
        ?? picture(inFileNamedLike: [block["file_uuid"]?.string])
      if let picture { parts.append(picture) }
    case "token_budget", "flag": break
    default: parts.append(.unknown(json: block.description))
    }
  }
}

extension Label {
  /// A name in a file of another program; nil for what is none.
  init?(imported name: JSONValue?) {
    guard let name = name?.string else { return nil }
    self.init(name)
    if text.isEmpty { return nil }
  }
}
