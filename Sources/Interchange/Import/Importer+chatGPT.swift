import Conversation
import JSON

extension Importer {
  /// The conversation in one element of ChatGPT's export, with its branches.
  mutating func conversation(
    fromChatGPT json: JSONValue, number: Int
  ) throws(ImportFault) -> Conversation {
    let exported = try ChatGPTConversation(json)
    let time = Timestamp(imported: exported.created)
    let created = time ?? now
    var ids = ForeignIdentifiers(source: "chatgpt")
    let name = exported.id ?? "\(number) \(exported.title ?? "")"
    var conversation = Conversation(id: ids.conversation(name, at: time), created: created)
    conversation.name = exported.title.map { Label($0) }.flatMap { $0.text.isEmpty ? nil : $0 }
    var walk = ChatGPTWalk(exported, ids: ids, from: created)
    while let (key, node) = walk.next() { visit(key, node, &walk) }
    // What no root leads to follows itself.
    loss.add(.circle, exported.nodes.count - walk.visited.count)
    conversation.instructions = walk.instructions
    conversation.model = walk.messages.last { $0.reply?.model.isEmpty == false }?.reply?.model
    let leaf = exported.current.flatMap { walk.places[$0]?.message } ?? walk.messages.last?.id
    conversation.messages = MessageTree(messages: walk.messages, leaf: leaf)
    return conversation
  }

  /// Takes a node's message in: as a message, or with what leads to the next reply.
  private mutating func visit(
    _ key: String, _ node: ChatGPTConversation.Node, _ walk: inout ChatGPTWalk
  ) {
    if let entry = node.message { addMessage(entry, at: key, &walk) }
    // What led to a reply that never came is kept as one.
    if node.children.isEmpty { walk.flush(at: key) }
  }

  private mutating func addMessage(
    _ entry: ChatGPTConversation.Entry, at key: String, _ walk: inout ChatGPTWalk
  ) {
    if !entry.instructions.isEmpty {
      walk.instructions = walk.instructions ?? entry.instructions.joined(separator: "\n\n")
    } else if !entry.thoughts.isEmpty {
      walk.places[key]?.pending.reason(entry.thoughts)
    } else if entry.role == "tool" || (entry.recipient ?? "all") != "all" {
      walk.places[key]?.pending.add(
        entry, entry.parts.compactMap { part(from: $0, entry) }, at: key)
    } else if case let role = Role(wireName: entry.role), Role.written.contains(role),
      ["text", "multimodal_text", "code"].contains(entry.contentType)
    {
      let parts = entry.parts.compactMap { part(from: $0, entry) }
      if !parts.isEmpty, !entry.isHidden { walk.append(role, parts, entry, at: key) }
    } else if entry.contentType != "reasoning_recap", !entry.isHidden {
      loss.add(.other)
    }
  }

  private mutating func part(
    from part: ChatGPTConversation.Part, _ entry: ChatGPTConversation.Entry
  ) -> ContentPart? {
    switch part {
    case .text(let text):
      let text = text.replacingChatGPTMarks(by: entry.references)
      return text.isEmpty ? nil : .text(text)
    case .picture(let name):
      return picture(inFileNamedLike: [name])
    case .sound: loss.add(.sound)
    case .other: loss.add(.other)
    }
    return nil
  }
}

extension String {
  /// The text with the words of its references in the place of their marks; a mark without words, from
  /// U+E200 to U+E201, is taken away.
  func replacingChatGPTMarks(by references: [ChatGPTConversation.Reference]) -> String {
    guard utf8.contains(0xEE), contains("\u{E200}") else { return self }
    var text = self
    for reference in references where reference.mark.contains("\u{E200}") {
      text = text.replacing(reference.mark, with: reference.words ?? "")
    }
    var result = ""
    var rest = text[...]
    while let start = rest.firstIndex(of: "\u{E200}"),
      let end = rest[start...].firstIndex(of: "\u{E201}")
    {
      result += rest[..<start]
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }
}
