import ChatEngine
import Conversation
import Language

extension ChatState {
  /// `/send`: asks for a reply to the history as it stands; one that broke off goes on.
  mutating func sendAgain() -> [ChatEffect] {
    guard !engine.isBusy else {
      return failWhileReplyComes()
    }
    if let refused = refuseWhileAwaiting() { return refused }
    guard !conversation.messages.isEmpty || conversation.instructions != nil else {
      return fail(say("There is nothing to send yet. Type a message and press Enter."))
    }
    return send(.run(.request(isConfirmed: true)))
  }

  /// `/retry`: the message before the last reply is answered anew.
  mutating func retry() -> [ChatEffect] {
    guard !engine.isBusy else { return failWhileReplyComes() }
    if let refused = refuseWhileAwaiting() { return refused }
    guard let last = leaf.flatMap({ conversation.messages[$0] }) else {
      return fail(say("There is no reply to ask for again. Type a message and press Enter."))
    }
    if last.role == .assistant { transcript.jump(to: .bottom) }
    return send(.run(.retry))
  }

  /// An obstacle as the screen tells it, with the commands that lead around it.
  func notice(of obstacle: RequestObstacle) -> Notice {
    let fact = obstacle.fact
    switch obstacle {
    case .providerMissing(_, let host):
      return Notice(
        .warning, say("\(fact) /send sends it to \(host), /provider chooses."),
        offers: [.provider(nil), .send])
    case .modelMissing:
      return Notice(
        .error, say("\(fact) Choose one with /model NAME or /models, then /send."),
        offers: [.models])
    case .nothingIncluded:
      return Notice(.error, say("\(fact) /keep N puts one back, then /send."))
    case .notStored: return Notice(.error, fact)
    case .risk(let risk):
      return Notice(
        .warning,
        risk.isOfOriginal
          ? say("\(fact) /send sends it smaller.") : say("\(fact) /send sends it all the same."),
        offers: offers(against: risk))
    }
  }
}
