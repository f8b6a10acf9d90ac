package import Conversation

extension [RequestMessage] {
  /// The messages with neighbours of one role joined, and the user's before the model's first: chat
  /// templates with strict turns (Gemma, Mistral; deepseek-reasoner) take no others.
  var takingTurns: [RequestMessage] {
    var turns: [RequestMessage] = []
    for message in self {
      if let last = turns.last, last.joins(message) {
        turns[turns.count - 1].append(message)
        continue
      }
      if message.role == .assistant, !turns.contains(where: { $0.role == .user }) {
        turns.append(RequestMessage(.user, "…"))
      }
      turns.append(message)
    }
    return turns
  }

  /// The messages with the instructions at the head of the user's first message, for templates that
  /// know no role `system` (Gemma 2).
  var foldingSystem: [RequestMessage] {
    let system = filter { $0.role == .system }.flatMap(\.parts)
    var others = filter { $0.role != .system }
    guard !system.isEmpty else { return others }
    var instructions = RequestMessage(role: .user, parts: system)
    if let first = others.firstIndex(where: { $0.role == .user }) {
      instructions.append(others[first])
      others[first] = instructions
    } else {
      others.insert(instructions, at: 0)
    }
    return others
  }
}

extension [RequestMessage] {
  /// The messages with the pictures of all roles but these, of which the user is one, moved to the
  /// user's next message.
  ///
  /// On chat only a user's message may hold pictures (OpenAI API reference, chat/create). One is added
  /// where none follows, and directly behind the answers of tools, which the model shall see before it
  /// goes on; a mark stands where each picture was.
  package func withPicturesMoved(except roles: Set<Role>) -> [RequestMessage] {
    guard contains(where: { !roles.contains($0.role) && $0.hasPictures }) else { return self }
    var messages: [RequestMessage] = []
    var moved: [RequestMessage.Part] = []
    var count = 0
    for var message in self {
      if message.role != .tool, messages.last?.role == .tool, !moved.isEmpty, message.role != .user
      {
        messages.append(RequestMessage(role: .user, parts: moved))
        moved = []
      }
      if message.role == .user {
        message.parts = moved + message.parts
        moved = []
      } else if !roles.contains(message.role) {
        message.parts = message.parts.map { part in
          guard part.isPicture else { return part }
          count += 1
          moved += [.text("[picture \(count), from above]"), part]
          return .text("[picture \(count)]")
        }
      }
      messages.append(message)
    }
    if !moved.isEmpty { messages.append(RequestMessage(role: .user, parts: moved)) }
    return messages
  }
}

extension RequestMessage {
  /// Whether `next` can be joined to it: one of the same role that answers no call and asks for none.
  fileprivate func joins(_ next: RequestMessage) -> Bool {
    role == next.role && role != .tool && calls.isEmpty && next.calls.isEmpty
  }

  /// Goes on with what `other` says, in a new paragraph; its reasoning joins that of this one.
  mutating func append(_ other: RequestMessage) {
    let start = parts.firstIndex(where: \.isContent) ?? parts.endIndex
    parts.insert(contentsOf: other.parts.filter { !$0.isContent }, at: start)
    var added = other.parts.filter(\.isContent)
    if case .text(let before)? = parts.last, case .text(let behind)? = added.first {
      parts[parts.count - 1] = .text(before + "\n\n" + behind)
      added.removeFirst()
    }
    parts += added
  }
}
