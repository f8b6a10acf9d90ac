package import Conversation

extension MessageTree {
  /// The message on the path, or else the newest, that holds the results of a reply's calls.
  func answer(to reply: MessageID) -> Message? {
    let answers = children(of: reply).compactMap { self[$0] }.filter { $0.role == .tool }
    return answers.first { pathIDs.contains($0.id) } ?? answers.last
  }
}

extension Conversation {
  /// The reply at the end of the path whose calls wait for results: the program was ended before they
  /// were made, or while they were.
  package var replyWithOpenCalls: MessageID? {
    let ids = messages.pathIDs
    guard let last = ids.last.flatMap({ messages[$0] }) else { return nil }
    let reply = last.role == .tool ? ids.dropLast().last.flatMap { messages[$0] } : last
    guard let reply, reply.role == .assistant, reply.status == .complete else { return nil }
    let answered = Set(last.role == .tool ? last.parts.toolResults.map(\.callID) : [])
    return reply.parts.toolCalls.contains { !answered.contains($0.id) } ? reply.id : nil
  }

  /// The newest result that a call of a tool with these arguments, JSON of one line, has anywhere in the
  /// conversation.
  func recordedResult(_ tool: String, arguments: String) -> ToolResult? {
    let all = messages.all
    for reply in all.reversed() {
      for call in reply.parts.toolCalls where call.name == tool {
        guard call.compactArguments == arguments else { continue }
        let answers = messages.children(of: reply.id).compactMap { messages[$0] }
        let results = answers.flatMap(\.parts.toolResults)
        if let result = results.last(where: { $0.callID == call.id }) { return result }
      }
    }
    return nil
  }

  /// How many times calls were answered since the user's last message.
  var roundsSinceQuestion: Int {
    messages.pathIDs.reversed().lazy.compactMap { messages[$0]?.role }.prefix { $0 != .user }
      .count { $0 == .tool }
  }
}
