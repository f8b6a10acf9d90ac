import Conversation
import JSON

extension Importer {
  /// A conversation of the messages of a request; one system message at the start becomes its
  /// instructions.
  ///
  /// Such a file has no names and no times: a conversation that says the same, in the same place among
  /// equals, is the same one; one that says more behind the same is the same, grown.
  mutating func conversation(from body: WireBody) -> Conversation {
    var conversation = Conversation(id: ConversationID(rawValue: 0), created: now)
    conversation.model = body.model.flatMap { $0.isModelName ? $0 : nil }
    conversation.parameters = body.parameters
    var nodes = messages(of: body.messages, &conversation)
    let words = nodes.map { "\($0.role.rawValue)\n\($0.parts.fingerprint)" }
    let head = "\(conversation.model ?? "")\n\n\(conversation.instructions ?? "")\n\n"
    let name = head + words.joined(separator: "\n\n")
    var ids = ForeignIdentifiers(source: "openai")
    let id = ids.timelessConversation(name)
    let number = (equals[id] ?? 0) + 1
    equals[id] = number
    for index in nodes.indices { nodes[index].name = String(index) }
    // Another one of this file is no earlier state of it.
    earlier = ids.timelessConversations(head, growingBy: words, "\n1").dropLast().reversed()
      .filter { !given.contains($0) }
    let result = chain(nodes, into: conversation, source: "openai", name: "\(name)\n\(number)")
    given.insert(result.id)
    return result
  }

  /// The conversation of nodes that follow each other, known by its name alone.
  mutating func chain(
    _ nodes: [ForeignTree.Node], into settings: Conversation, source: String, name: String
  ) -> Conversation {
    var linked = nodes
    for index in linked.indices.dropFirst() { linked[index].parent = linked[index - 1].name }
    return tree(linked, leaf: nil, into: settings, source: source, name: name)
  }

  /// The conversation of nodes that name their parents, known by its name alone.
  mutating func tree(
    _ nodes: [ForeignTree.Node], leaf: String?, into settings: Conversation, source: String,
    name: String
  ) -> Conversation {
    var ids = ForeignIdentifiers(source: source)
    var conversation = settings.renamed(ids.timelessConversation(name))
    var tree = ForeignTree()
    for node in nodes { tree.append(node) }
    tree.fill(&conversation, &ids, leaf: leaf, &loss)
    return conversation
  }

  /// The messages as nodes without names; instructions and a reply's model are the conversation's.
  private mutating func messages(
    of messages: [WireMessage], _ conversation: inout Conversation
  ) -> [ForeignTree.Node] {
    var nodes: [ForeignTree.Node] = []
    for (index, message) in messages.enumerated() {
      let role = Role(wireName: message.role)
      var parts = message.parts.compactMap { part(from: $0) }
      if index == 0, role == .system, parts.pictures.isEmpty {
        conversation.instructions = parts.text
        continue
      }
      if role == .tool {
        parts = [.toolResult(ToolResult(callID: message.answeredCall ?? "", parts: parts))]
      }
      parts += message.toolCalls
      if role == .assistant, let reasoning = message.reasoning, !reasoning.isEmpty {
        parts.insert(.reasoning(reasoning), at: 0)
      }
      var node = ForeignTree.Node(name: "", role: role, parts: parts)
      if role == .assistant,
        message.reasoning != nil || message.isRefusal || conversation.model != nil
      {
        var reply = ReplyDetails(model: conversation.model ?? "", provider: "")
        reply.isRefusal = message.isRefusal
        node.reply = reply
      }
      nodes.append(node)
    }
    return nodes
  }

  /// A part of the wire; nil for a picture that cannot be kept, which counts.
  mutating func part(from wire: WirePart) -> ContentPart? {
    switch wire {
    case .text(let text): text.isEmpty ? nil : .text(text)
    case .picture(let url, let detail): picture(at: url, detail: detail)
    case .other(let json): .unknown(json: json.description)
    }
  }

  /// The picture in a `data:` URL, or at an http(s) address; nil for one that cannot be kept.
  mutating func picture(at url: String, detail: String? = nil) -> ContentPart? {
    let detail = detail.flatMap(Detail.init(rawValue:)) ?? .auto
    guard !DataURL.isDataURL(url) else { return picture(DataURL(url)?.bytes, detail: detail) }
    guard let address = SafeURL(rawValue: url) else {
      loss.add(.address)
      return nil
    }
    return .picture(PictureReference(source: .remote(address), name: url, detail: detail))
  }
}

extension [ContentPart] {
  /// What is said, and which pictures are shown.
  fileprivate var fingerprint: String {
    map { part in
      switch part {
      case .media(let media): media.digest?.rawValue ?? media.name
      default: "\(part)"
      }
    }.joined(separator: "\n")
  }
}

extension Conversation {
  /// The same settings under another identifier; messages are not taken along.
  fileprivate func renamed(_ id: ConversationID) -> Conversation {
    var copy = Conversation(id: id, created: created)
    copy.name = name
    copy.instructions = instructions
    copy.model = model
    copy.provider = provider
    copy.parameters = parameters
    return copy
  }
}
