import ChatEngine
import Conversation
import Language

/// `/rerun`, and `/edit` of a tool's result.
extension ChatState {
  /// `/rerun [N] [TOOL]`: the calls whose results message N holds, the last ones without a number.
  mutating func rerun(_ words: [String]) -> [ChatEffect] {
    guard !engine.isBusy else { return failWhileReplyComes() }
    if let refused = refuseWhileAwaiting() { return refused }
    let path = conversation.messages.path
    let number = words.first.flatMap { Int(typed: $0) }
    let tool = number == nil ? words.first : words.dropFirst().first
    guard words.count <= (number == nil ? 1 : 2) else { return misused(.rerun) }
    guard let place = number.map({ $0 - 1 }) ?? path.lastIndex(where: { $0.role == .tool }) else {
      return fail(say("There are no results of tools to make anew yet."))
    }
    guard path.indices.contains(place) else { return fail(noMessage("\(place + 1)")) }
    guard path[place].role == .tool else {
      return fail(say("Message \(place + 1) holds no results of tools."))
    }
    transcript.jump(to: .bottom)
    return send(.calls(.rerun(path[place].id, tool: tool)))
  }

  /// `/edit N [TOOL]` where message N holds results: one of them comes into the composer.
  mutating func editResult(_ message: Message, number: Int, tool: String?) -> [ChatEffect] {
    let calls = conversation.messages.calls(before: message.id)
    let results = message.parts.toolResults.filter { result in
      tool == nil || calls.contains { $0.id == result.callID && $0.name == tool }
    }
    guard let result = results.first else {
      return fail(say("Message \(number) has no result of \(tool ?? "a tool")."))
    }
    guard results.count == 1 || tool != nil else {
      let names = results.compactMap { result in calls.first { $0.id == result.callID }?.name }
      return fail(
        say("Message \(number) has several results. Name one: /edit \(number) \(names.first ?? "")")
      )
    }
    let ended = endEditing()
    session.editing = message.id
    session.editedCall = result.callID
    _ = tell(
      say("The result of message \(number) is written anew: Enter makes a branch, Esc leaves it."))
    return ended + [.composer(.setText(result.parts.text))]
  }

  /// Writes the edited result; the model goes on from it.
  mutating func writeResult(_ text: String, in message: MessageID, of call: String) -> [ChatEffect]
  {
    session.editing = nil
    session.editedCall = nil
    transcript.jump(to: .bottom)
    return send(.calls(.rewrite(call: call, in: message, as: text)))
  }
}
