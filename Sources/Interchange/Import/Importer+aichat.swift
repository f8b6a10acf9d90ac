import Conversation
import JSON

/// A session of aichat (`sessions/NAME.yaml`): settings, and messages as on the wire.
///
/// Read as versions 0.20 to 0.30 write it. A session has no times: it is known by its file's name.
extension Importer {
  mutating func conversation(
    fromAichat json: JSONValue, named name: String
  ) throws(ImportFault) -> Conversation {
    var settings = Conversation(id: ConversationID(rawValue: 0), created: now)
    settings.name = Label(name)
    // `openai:gpt-4o`: the server's name in aichat, and the model.
    let model = json["model"]?.string.map { $0.split(separator: ":", maxSplits: 1).last ?? "" }
    settings.model = model.map(String.init).flatMap { $0.isModelName ? $0 : nil }
    settings.parameters = Parameters(wire: json)
    var nodes: [ForeignTree.Node] = []
    // What was summed up before is kept as it was said.
    for member in ["compressed_messages", "messages"] {
      guard let list = json[member] else { continue }
      guard let messages = list.elements else { throw ImportFault(member) }
      for message in messages { nodes += try self.nodes(ofAichat: message, model: settings.model) }
    }
    if let first = nodes.first, first.role == .system, first.parts.pictures.isEmpty {
      settings.instructions = first.parts.text
      nodes.removeFirst()
    }
    for index in nodes.indices { nodes[index].name = String(index) }
    return chain(nodes, into: settings, source: "aichat", name: name)
  }

  private mutating func nodes(
    ofAichat message: JSONValue, model: String?
  ) throws(ImportFault) -> [ForeignTree.Node] {
    let role = Role(wireName: try message.requiredString("role"))
    var parts: [ContentPart] = []
    let content = message["content"]
    if let text = content?.string ?? content?["text"]?.string, !text.isEmpty {
      parts.append(.text(text))
    }
    for part in content?.elements ?? [] {
      if let part = self.part(from: try WirePart(part)) { parts.append(part) }
    }
    for (index, result) in (content?["tool_results"]?.elements ?? []).enumerated() {
      let name = result["call"]?["name"]?.string ?? ""
      let id = result["call"]?["id"]?.string ?? "\(name) \(index + 1)"
      let arguments = result["call"]?["arguments"].map { $0.string ?? $0.description }
      parts.append(
        .toolCall(ToolCall(id: id, name: name, arguments: arguments ?? "", state: .finished)))
      let output = result["output"].map { $0.string ?? $0.description } ?? ""
      parts.append(.toolResult(ToolResult(callID: id, parts: [.text(output)])))
    }
    let isReply = role == .assistant || content?["tool_results"] != nil
    return [
      ForeignTree.Node(
        name: "", role: isReply ? .assistant : role, parts: parts,
        reply: isReply ? ReplyDetails(model: model ?? "", provider: "aichat") : nil)
    ]
  }
}
