import Conversation
import JSON

/// A chat in Open WebUI's export: `chat.history` holds the messages by their identifiers.
///
/// Read as versions 0.3 to 0.9 write it. Thoughts and calls of tools stand within the text of a reply, as
/// HTML `details`.
extension Importer {
  mutating func conversation(fromOpenWebUI json: JSONValue) throws(ImportFault) -> Conversation {
    let chat = try json.required("chat")
    let time = Timestamp(imported: json["created_at"]) ?? Timestamp(imported: chat["timestamp"])
    let created = time ?? now
    var ids = ForeignIdentifiers(source: "open-webui")
    let title = json["title"] ?? chat["title"]
    let name = json["id"]?.string ?? chat["id"]?.string ?? title?.string ?? ""
    var conversation = Conversation(id: ids.conversation(name, at: time), created: created)
    conversation.name = Label(imported: title)
    conversation.instructions = chat["params"]?["system"]?.string ?? chat["system"]?.string
    chat["params"].map { conversation.parameters = Parameters(wire: $0) }
    conversation.model = (chat["models"]?[0]?.string).flatMap { $0.isModelName ? $0 : nil }
    var tree = ForeignTree()
    if case .object(let members)? = chat["history"]?["messages"] {
      for member in members { append(openWebUI: member.value, named: member.name, to: &tree) }
    } else {
      for (index, message) in (chat["messages"]?.elements ?? []).enumerated() {
        append(openWebUI: message, named: message["id"]?.string ?? "\(index)", to: &tree)
      }
    }
    tree.fill(&conversation, &ids, leaf: chat["history"]?["currentId"]?.string, &loss)
    return conversation
  }

  private mutating func append(
    openWebUI message: JSONValue, named name: String, to tree: inout ForeignTree
  ) {
    let role = Role(wireName: message["role"]?.string ?? "")
    var parts: [ContentPart] = []
    for file in message["files"]?.elements ?? [] {
      if let part = part(ofOpenWebUI: file) { parts.append(part) }
    }
    if let content = message["content"]?.string {
      parts +=
        role == .assistant
        ? DetailsMarkup.parts(of: content) : content.isEmpty ? [] : [.text(content)]
    }
    for part in message["content"]?.elements ?? [] {
      if let part = (try? WirePart(part)).flatMap({ self.part(from: $0) }) { parts.append(part) }
    }
    var reply: ReplyDetails?
    if role == .assistant {
      let model = message["model"]?.string ?? ""
      reply = ReplyDetails(model: model.isModelName ? model : "", provider: "Open WebUI")
      reply?.usage = usage(message["usage"] ?? message["info"])
    }
    tree.append(
      ForeignTree.Node(
        name: name, parent: message["parentId"]?.string, role: role, parts: parts,
        created: Timestamp(imported: message["timestamp"]), reply: reply,
        status: message["done"]?.bool == false && role == .assistant ? .cutOff : .complete))
  }

  private mutating func part(ofOpenWebUI file: JSONValue) -> ContentPart? {
    let url = file["url"]?.string ?? ""
    let isPicture =
      file["type"]?.string == "image"
      || file["content_type"]?.string?.hasPrefix("image/") == true
    guard isPicture else {
      loss.add(.file)
      return nil
    }
    if DataURL.isDataURL(url) || url.hasPrefix("http") { return picture(at: url) }
    // Kept by the server, by its identifier: `/api/v1/files/ID/content`, or the identifier alone.
    let id = url.split(separator: "/").drop { $0 != "files" }.dropFirst().first ?? Substring(url)
    return picture(inFileNamedLike: [String(id), file["name"]?.string])
  }

  private func usage(_ json: JSONValue?) -> TokenUsage? {
    json.flatMap { json in
      TokenUsage(
        reportedPrompt: (json["prompt_tokens"] ?? json["prompt_eval_count"])?.integer,
        completion: (json["completion_tokens"] ?? json["eval_count"])?.integer, cached: nil,
        reasoning: nil)
    }
  }
}
