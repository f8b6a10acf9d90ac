import Conversation
import Files
import JSON

/// A log of gptme (`logs/NAME/conversation.jsonl`): a message a line, attached files by their paths, and
/// their bytes in `files/`, named by their SHA-256.
extension Importer {
  /// Whether a message has what those of gptme have and those of the wire have not.
  static func isGptme(_ json: JSONValue) -> Bool {
    json["role"]?.string != nil && json["content"]?.string != nil
      && json["timestamp"]?.string != nil
  }

  /// The conversation of a log and its branches, each with all of its messages, under the name of the
  /// log's folder.
  mutating func conversation(
    fromGptme logs: [[JSONValue]], named name: String
  ) throws(ImportFault) -> Conversation {
    let main = logs.first ?? []
    var nodes: [ForeignTree.Node] = []
    for (number, log) in logs.enumerated() {
      // A branch has all that came before it.
      let shared = number == 0 ? 0 : zip(main, log).prefix { Self.areSame($0, $1) }.count
      for (index, message) in log.enumerated().dropFirst(shared) {
        var node = try node(ofGptme: message)
        let branch = { (index: Int) in index < shared ? "\(index)" : "\(number)/\(index)" }
        node.name = number == 0 ? "\(index)" : branch(index)
        node.parent = index == 0 ? nil : number == 0 ? "\(index - 1)" : branch(index - 1)
        nodes.append(node)
      }
    }
    var settings = Conversation(id: ConversationID(rawValue: 0), created: now)
    settings.created = Timestamp(imported: main.first?["timestamp"]) ?? now
    settings.name = Label(name)
    settings.model = nodes.last { $0.reply?.model.isEmpty == false }?.reply?.model
    return tree(
      nodes, leaf: "\(main.count - 1)", into: settings, source: "gptme", name: name)
  }

  private static func areSame(_ one: JSONValue, _ other: JSONValue) -> Bool {
    ["role", "content", "timestamp"].allSatisfy { one[$0] == other[$0] }
  }

  private mutating func node(ofGptme message: JSONValue) throws(ImportFault) -> ForeignTree.Node {
    let role = Role(wireName: try message.requiredString("role"))
    let text = try message.requiredString("content")
    let parts = (text.isEmpty ? [] : [ContentPart.text(text)]) + attachments(ofGptme: message)
    var reply: ReplyDetails?
    if role == .assistant {
      let metadata = message["metadata"]
      let model = metadata?["model"]?.string ?? ""
      reply = ReplyDetails(model: model.isModelName ? model : "", provider: "gptme")
      reply?.usage = TokenUsage(
        reportedPrompt: metadata?["usage"]?["input_tokens"]?.integer,
        completion: metadata?["usage"]?["output_tokens"]?.integer, cached: nil,
        reasoning: metadata?["usage"]?["reasoning_tokens"]?.integer)
    }
    return ForeignTree.Node(
      name: "", role: role, parts: parts, created: Timestamp(imported: message["timestamp"]),
      reply: reply)
  }

  private mutating func attachments(ofGptme message: JSONValue) -> [ContentPart] {
    var parts: [ContentPart] = []
    for path in (message["files"]?.elements ?? []).compactMap(\.string) {
      guard PictureFormat.isNamed(by: path) else {
        loss.add(.file)
        continue
      }
      let hash = message["file_hashes"]?[path]?.string ?? ""
      let ending = path.lastIndex(of: ".").map { String(path[$0...]) } ?? ""
      if let picture = picture(kept: "files/" + hash + ending, of: path) { parts.append(picture) }
    }
    return parts
  }

  /// The picture that was kept beside the log, else the one at its own path.
  private mutating func picture(kept: String, of path: String) -> ContentPart? {
    guard case .bytes(let bytes) = files.contents(of: kept) else { return picture(inFile: path) }
    return picture(bytes, name: path.split(separator: "/").last.map(String.init))
  }
}
