import ChatEngine
import Conversation
import Language

/// How the end of a reply is told, and what is offered then.
extension ChatState {
  /// Esc while a reply comes: what came stays, marked as stopped.
  mutating func stopReply() -> [ChatEffect] {
    guard engine.calls.isIdle else {
      notice = Notice(
        .information, say("Stopped: every call has an answer. /send lets the model go on."))
      return send(.run(.stop))
    }
    if isDrawing {
      notice = Notice(
        .information, say("Stopped. It may be charged all the same; /retry asks again."))
      return send(.run(.stop))
    }
    let again = reply.isRetry ? "/retry" : "/send"
    notice = Notice(
      .information,
      reply.hasBegun
        ? say("Stopped. /send lets it go on, /retry asks again.")
        : say("Stopped before any text came. \(again) asks again."))
    return send(.run(.stop))
  }

  mutating func show(_ ending: RunEnding) {
    switch ending.outcome {
    case .finished(let reason, _): notice = notice(of: reason, ending) ?? notice
    case .thoughtOnly: notice = notice(of: nil, ending) ?? notice
    case .callCut(_, let reason, _): notice = notice(ofCutCall: ending, by: reason) ?? notice
    case .called, .stopped, .prevented(.notStored): break
    case .failed(let failure):
      let offers = ending.hasBegun ? [.send, .retry] : offers(for: failure, ending)
      let phrase =
        failure.kind == .libraryMissing
        ? say("\(failure.phrase) /library off asks without.") : failure.phrase
      notice = Notice(.error, phrase, offers: offers)
    case .prevented(let obstacle): notice = notice(of: obstacle)
    }
  }

  /// What the screen tells of an ending; nil where the reply speaks for itself, and where its own
  /// line tells the reason.
  private func notice(of reason: FinishReason?, _ ending: RunEnding) -> Notice? {
    if let cut = ending.cut, case .finished(_, hasText: true) = ending.outcome {
      return notice(of: cut)
    }
    guard let fact = ending.outcome.fact else { return nil }
    guard case .finished(_, hasText: true) = ending.outcome else {
      let again = ending.hasBegun ? Offer.retry : ending.offerToAskAgain
      return Notice(.error, say("\(fact) \(again.text) asks again."), offers: [again])
    }
    switch reason {
    case .length:
      return Notice(.information, say("\(fact) /send lets it go on."), offers: [.send])
    case .toolCalls: return Notice(.information, say("\(fact) /retry asks again."))
    case .contentFilter: return Notice(.information, fact)
    case .stop, .other, nil: return nil
    }
  }

  /// Of a call that was cut: the key asks again, and first without the limit where one is set.
  private func notice(ofCutCall ending: RunEnding, by reason: FinishReason) -> Notice? {
    guard let fact = ending.outcome.fact else { return nil }
    let again = ending.hasBegun ? Offer.retry : ending.offerToAskAgain
    let limit = ParameterName.maxTokens.rawValue
    guard reason == .length, engine.requestParameters.maxTokens != nil else {
      return Notice(.error, say("\(fact) \(again.text) asks again."), offers: [again])
    }
    return Notice(
      .error, say("\(fact) /unset \(limit) takes the limit away, \(again.text) asks again."),
      offers: [.unset(limit), again])
  }

  private func notice(of cut: ReplyCut) -> Notice {
    switch cut {
    case .contextFull:
      return Notice(
        .information, say("\(cut.fact) /context shows what is in it."), offers: [.context])
    case .serverLimit:
      return Notice(
        .information, say("\(cut.fact) /set max_tokens N asks for more, /send lets it go on."),
        offers: [.send])
    }
  }

  /// What helps against a failure before any text came.
  private func offers(for failure: ReplyFailure, _ ending: RunEnding) -> [Offer] {
    switch failure.kind {
    case .pictureRefused(let index): return pictureOffers(index)
    case .pictureLimit(let limit, _): return pictureLimitOffers(limit)
    case .replyLimitTooHigh: return [.unset(ParameterName.maxTokens.rawValue)]
    case .turnsRefused: return [ending.offerToAskAgain, .undo]
    case .contextTooLong: return contextOffers() + [.context]
    case .modelUnknown: return [.models]
    case .libraryMissing: return [.libraryOff]
    case .keyRefused: return [.key, .provider(nil)]
    case .promptRefused: return []
    case .rateLimited, .unreachable, .pictureUnusable, .unsendable, .cutOff, .other:
      return [ending.offerToAskAgain]
    }
  }
}

extension RunEnding {
  /// What asks for the same reply once more.
  fileprivate var offerToAskAgain: Offer { isRetry ? .retry : .send }
}
