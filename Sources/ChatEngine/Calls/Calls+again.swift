import Conversation
import Language

/// Calls that are made anew, and results that are written anew: each a variant beside the old.
extension Calls {
  /// Makes calls of an earlier round once more, those of the tool of that name, or all; the other results
  /// stay as they were.
  ///
  /// The rules hold, and a tool must still be on.
  mutating func rerun(
    _ id: MessageID, tool name: String?, _ context: EngineContext
  ) -> [EngineStep] {
    guard round == nil, let answer = context.conversation.messages[id], answer.role == .tool,
      let reply = answer.parent.flatMap({ context.conversation.messages[$0] })
    else { return [] }
    let chosen = reply.parts.toolCalls.filter { name == nil || $0.name == name }
    guard !chosen.isEmpty else {
      return [.report(.remark(say("There is no call of \(name ?? "a tool") there.")))]
    }
    if let missing = chosen.first(where: { !offers(callOf: $0.name) }) {
      let tool = missing.name
      return [.report(.remark(say("\(tool) is not on. /tools \(tool) on offers it again.")))]
    }
    let ids = Set(chosen.map(\.id))
    let kept = answer.parts.toolResults.filter { !ids.contains($0.callID) }
    let entries = chosen.map { call in
      var call = call
      call.state = .requested
      return CallRound.Entry(call: call, arguments: call.compactArguments)
    }
    round = CallRound(message: reply.id, entries: entries, isResumed: false, kept: kept)
    guard tools != nil, !chosen.contains(where: { tool(named: $0.name) == nil }) else {
      return [.effect(.tool(.list(.named(offered))))]
    }
    return judge(context)
  }

  /// Puts a text in the place of a call's result, as a variant of the message of the results, and has the
  /// model go on from there.
  mutating func rewrite(
    _ callID: String, in id: MessageID, as text: String, _ context: EngineContext
  ) -> [EngineStep] {
    guard round == nil, let old = context.conversation.messages[id], old.role == .tool,
      let place = old.parts.toolResults.firstIndex(where: { $0.callID == callID })
    else { return [] }
    var results = old.parts.toolResults
    results[place].parts = [.text(text)]
    results[place].isError = false
    results[place].userOnly = []
    results[place].milliseconds = nil
    let message = Message(
      id: context.moment.messageID(3, after: old.id), parent: old.parent, role: .tool,
      parts: results.map(ContentPart.toolResult), created: context.moment.timestamp)
    endRound(wantsReply: true)
    return [.change(.append(message)), .change(.select(leaf: message.id))]
  }
}
