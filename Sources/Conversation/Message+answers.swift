extension [Message] {
  /// The messages of a path with each call that is answered, and the answers to these, alone.
  ///
  /// The answers to a reply's calls stand in the messages of role `tool` directly behind it. A server
  /// refuses a request with a call that nothing answers, and with an answer to no call (OpenAI API
  /// reference, chat/create, `messages`). A message of which nothing is left goes too.
  package var withAnsweredCallsAlone: [Message] {
    guard contains(where: { $0.parts.contains(where: \.isOfCall) }) else { return self }
    var messages = self
    var start = startIndex
    while start < endIndex {
      let end = messages[(start + 1)...].firstIndex { $0.role != .tool } ?? endIndex
      messages[start..<end].keepPairs()
      start = end
    }
    return messages.filter(\.hasContent)
  }
}

extension ArraySlice<Message> {
  /// Of a reply and the messages of tools behind it, leaves the calls and results that belong together.
  fileprivate mutating func keepPairs() {
    guard let first else { return }
    let answered = Set(dropFirst().flatMap(\.parts.toolResults).map(\.callID))
    let asked = Set(first.role == .assistant ? first.parts.toolCalls.map(\.id) : [])
    let order = first.parts.toolCalls.map(\.id)
    let start = startIndex
    for place in indices {
      self[place].parts.removeAll { part in
        switch part {
        case .toolCall(let call): place != start || !answered.contains(call.id)
        case .toolResult(let result): place == start || !asked.contains(result.callID)
        default: false
        }
      }
      self[place].parts.sortResults(by: order)
    }
  }
}

extension [ContentPart] {
  /// Puts results in the order of their calls, whatever the order in which they came.
  fileprivate mutating func sortResults(by calls: [String]) {
    guard toolResults.count > 1 else { return }
    let places = Dictionary(calls.enumerated().map { ($1, $0) }) { first, _ in first }
    let results = toolResults.sorted {
      places[$0.callID] ?? .max < places[$1.callID] ?? .max
    }
    removeAll { if case .toolResult = $0 { true } else { false } }
    self += results.map(ContentPart.toolResult)
  }
}

extension ContentPart {
  fileprivate var isOfCall: Bool {
    switch self {
    case .toolCall, .toolResult: true
    default: false
    }
  }
}

extension MessageTree {
  /// The results that the messages of tools directly behind a reply of the path hold.
  ///
  /// - Complexity: the length of the path behind the reply, at most.
  package func results(behind reply: MessageID) -> [ToolResult] {
    guard let place = pathIDs.lastIndex(of: reply) else { return [] }
    return pathIDs[(place + 1)...].lazy.compactMap { self[$0] }.prefix { $0.role == .tool }
      .flatMap(\.parts.toolResults)
  }

  /// The calls of the reply of the path that a message of tools answers.
  package func calls(before answer: MessageID) -> [ToolCall] {
    guard let place = pathIDs.lastIndex(of: answer) else { return [] }
    let reply = pathIDs[..<place].reversed().lazy.compactMap { self[$0] }.first { $0.role != .tool }
    return reply?.role == .assistant ? reply?.parts.toolCalls ?? [] : []
  }
}
