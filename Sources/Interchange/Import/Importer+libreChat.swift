import Conversation
import JSON

/// A conversation in LibreChat's export: `messages`, flat or with `children` in each other, or
/// `messagesTree`.
extension Importer {
  mutating func conversation(fromLibreChat json: JSONValue) throws(ImportFault) -> Conversation {
    var tree = ForeignTree()
    var first: Timestamp?
    for member in ["messages", "messagesTree", NestedMessages.member] {
      for message in Self.family(of: json[member]) {
        append(libreChat: message, to: &tree)
        let created = Timestamp(imported: message["createdAt"])
        first = [first, created].compactMap(\.self).min()
      }
    }
    guard tree.last != nil else { throw ImportFault("messages") }
    let created = first ?? now
    var ids = ForeignIdentifiers(source: "librechat")
    let id = json["conversationId"]?.string ?? json["title"]?.string ?? ""
    var conversation = Conversation(id: ids.conversation(id, at: first), created: created)
    conversation.name = Label(imported: json["title"])
    let options = json["options"]
    conversation.instructions = (options?["promptPrefix"] ?? options?["system"])?.string
    conversation.model = options?["model"]?.string.flatMap { $0.isModelName ? $0 : nil }
    options.map { conversation.parameters = Parameters(wire: $0) }
    tree.fill(&conversation, &ids, leaf: nil, &loss)
    return conversation
  }

  /// The messages of a list, and those that are in each other.
  private static func family(of list: JSONValue?) -> [JSONValue] {
    var family: [JSONValue] = []
    var waiting = list?.elements ?? list.map { [$0] } ?? []
    waiting.reverse()
    while let message = waiting.popLast() {
      family.append(message)
      waiting += (message["children"]?.elements ?? []).reversed()
    }
    return family
  }

  private mutating func append(libreChat message: JSONValue, to tree: inout ForeignTree) {
    guard let name = message["messageId"]?.string else {
      loss.add(.other)
      return
    }
    let isUser = message["isCreatedByUser"]?.bool ?? (message["sender"]?.string == "User")
    var parts: [ContentPart] = []
    for file in message["files"]?.elements ?? [] {
      if let part = part(ofLibreChat: file) { parts.append(part) }
    }
    // An error of the server stands in the place of a reply.
    if message["error"]?.bool == true {
      loss.add(.other)
    } else if let content = message["content"]?.elements {
      for part in content { append(libreChat: part, to: &parts) }
    } else {
      let text = message["text"]?.string ?? ""
      if !text.isEmpty { parts.append(.text(text)) }
    }
    var reply: ReplyDetails?
    if !isUser {
      let model = message["model"]?.string ?? ""
      reply = ReplyDetails(model: model.isModelName ? model : "", provider: "LibreChat")
      reply?.finishReason = message["finish_reason"]?.string.flatMap(FinishReason.init(rawValue:))
    }
    tree.append(
      ForeignTree.Node(
        name: name, parent: message["parentMessageId"]?.string,
        role: isUser ? .user : .assistant, parts: parts,
        created: Timestamp(imported: message["createdAt"]), reply: reply,
        status: message["unfinished"]?.bool == true && !isUser ? .cutOff : .complete))
  }

  private mutating func append(libreChat part: JSONValue, to parts: inout [ContentPart]) {
    switch part["type"]?.string {
    case "text":
      let text = (part["text"]?["value"] ?? part["text"])?.string ?? ""
      if !text.isEmpty { parts.append(.text(text)) }
    case "think": parts.append(reasoning: (part["think"]?["value"] ?? part["think"])?.string ?? "")
    case "tool_call":
      guard let call = part["tool_call"] else { return }
      let name = (call["name"] ?? call["function"]?["name"])?.string ?? ""
      let id = call["id"]?.string ?? name
      let arguments = call["args"] ?? call["function"]?["arguments"]
      parts.append(
        .toolCall(
          ToolCall(
            id: id, name: name, arguments: arguments.map { $0.string ?? $0.description } ?? "",
            state: .finished)))
      if let output = (call["output"] ?? call["function"]?["output"])?.string, !output.isEmpty {
        parts.append(.toolResult(ToolResult(callID: id, parts: [.text(output)])))
      }
    case "image_url":
      if let part = (try? WirePart(part)).flatMap({ self.part(from: $0) }) { parts.append(part) }
    case "image_file":
      if let part = self.part(ofLibreChat: part["image_file"] ?? part) { parts.append(part) }
    case "error": loss.add(.other)
    default: parts.append(.unknown(json: part.description))
    }
  }

  /// A file, of which the export holds the name alone.
  private mutating func part(ofLibreChat file: JSONValue) -> ContentPart? {
    let isPicture =
      file["type"]?.string?.hasPrefix("image/") ?? (file["width"] != nil || file["height"] != nil)
    guard isPicture else {
      loss.add(.file)
      return nil
    }
    let path = file["filepath"]?.string ?? ""
    if path.hasPrefix("http") { return picture(at: path) }
    return picture(inFileNamedLike: [
      path.split(separator: "/").last.map(String.init), file["file_id"]?.string,
      file["filename"]?.string,
    ])
  }
}
