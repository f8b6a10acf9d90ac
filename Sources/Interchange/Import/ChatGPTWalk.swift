import Conversation

/// The way through the nodes of a ChatGPT conversation, each parent before its children.
struct ChatGPTWalk {
  /// Where a node stands: below which message, and after which thoughts and pictures of tools that
  /// belong to the next reply.
  struct Place {
    var message: MessageID?
    var pending = Pending()
  }

  /// What comes before a reply and becomes part of it.
  struct Pending {
    var parts: [ContentPart] = []

    mutating func reason(_ text: String) {
      if case .reasoning = parts.last { parts.append(reasoning: "\n\n") }
      parts.append(reasoning: text)
    }

    /// Takes in a call of a tool, or what one answered; its pictures stay parts of their own, as they
    /// are what the reply shows.
    mutating func add(
      _ entry: ChatGPTConversation.Entry, _ said: [ContentPart], at key: String
    ) {
      guard entry.role == "tool" else {
        let name = entry.recipient ?? ""
        parts.append(
          .toolCall(ToolCall(id: key, name: name, arguments: said.text, state: .finished)))
        return
      }
      let words = said.filter { $0.picture == nil }
      if !words.isEmpty {
        let call = parts.toolCalls.last?.id ?? ""
        parts.append(.toolResult(ToolResult(callID: call, parts: words)))
      }
      parts += said.filter { $0.picture != nil }
    }
  }

  var places: [String: Place] = [:]
  var instructions: String?
  private(set) var messages: [Message] = []
  private(set) var visited: Set<String> = []
  private let exported: ChatGPTConversation
  private let start: Timestamp
  private var ids: ForeignIdentifiers
  private var waiting: [String]

  init(_ exported: ChatGPTConversation, ids: ForeignIdentifiers, from start: Timestamp) {
    self.exported = exported
    self.ids = ids
    self.start = start
    waiting = exported.nodes.filter { exported.nodes[$0.value.parent ?? ""] == nil }
      .map(\.key).sorted()
  }

  /// The next node, whose place is that of its parent until it is changed.
  ///
  /// - Complexity: each node comes once, also where they go in a circle.
  mutating func next() -> (String, ChatGPTConversation.Node)? {
    while let key = waiting.popLast(), let node = exported.nodes[key] {
      guard visited.insert(key).inserted else { continue }
      places[key] = node.parent.flatMap { places[$0] } ?? Place()
      waiting += node.children.reversed().filter { exported.nodes[$0] != nil }
      return (key, node)
    }
    return nil
  }

  /// Adds a message below the node's place; a reply takes with it what led to it.
  mutating func append(
    _ role: Role, _ parts: [ContentPart], _ entry: ChatGPTConversation.Entry, at key: String
  ) {
    if role != .assistant { flush(at: key) }
    let pending = places[key]?.pending ?? Pending()
    let time = Timestamp(imported: entry.created) ?? start
    var reply: ReplyDetails?
    if role == .assistant {
      reply = ReplyDetails(
        model: entry.model.flatMap { $0.isModelName ? $0 : nil } ?? "", provider: "ChatGPT")
    }
    add(role, pending.parts + parts, reply, key, at: time, below: key)
  }

  /// Makes a reply of what waits for one.
  mutating func flush(at key: String) {
    guard let pending = places[key]?.pending, !pending.parts.isEmpty else { return }
    let reply = ReplyDetails(model: "", provider: "ChatGPT")
    add(.assistant, pending.parts, reply, key + "/", at: start, below: key)
  }

  private mutating func add(
    _ role: Role, _ parts: [ContentPart], _ reply: ReplyDetails?, _ name: String,
    at time: Timestamp, below key: String
  ) {
    let parent = places[key]?.message
    let id = ids.message(name, at: time, after: parent)
    messages.append(
      Message(id: id, parent: parent, role: role, parts: parts, created: time, reply: reply))
    places[key] = Place(message: id)
  }
}
