import ChatEngine
import Conversation
import Language

extension ChatState {
  /// What the server says, of the reply in flight; a reply that was given up is not listened to.
  mutating func handle(
    _ event: ReplyEvent, of id: ReplyID, at moment: Moment
  ) -> [ChatEffect] {
    guard id == reply.id, !reply.isIdle else { return [] }
    switch event {
    case .connecting: reply.phase = .connecting
    case .waiting: reply.phase = .waiting
    case .retrying(_, let delay, let because):
      let milliseconds = delay.milliseconds
      reply.phase = .retrying(deadline: moment.uptime + milliseconds, because: because)
      report(.retrying(after: milliseconds, because: because))
    case .adapted(let phrase):
      notice = Notice(.information, phrase)
      report(.remark(phrase))
    case .partDelta(let part, let text, let count):
      return receive(text, of: part, deltas: count, at: moment)
    case .partStarted, .partFinished: break
    case .reclassified(let isReasoning): return reclassify(asReasoning: isReasoning)
    case .usage(let usage): reply.details?.usage = usage
    case .fingerprint(let fingerprint): note(fingerprint)
    case .object: break
    case .finished(let reason): return finish(reason)
    }
    return []
  }

  /// There is no reply, or no whole one; of a reply that was given up this is no news.
  mutating func handleFailure(_ failure: ReplyFailure, of id: ReplyID) -> [ChatEffect] {
    id == reply.id && !reply.isIdle ? fail(failure) : []
  }

  private mutating func receive(
    _ text: String, of part: ReplyPart, deltas: Int, at moment: Moment
  ) -> [ChatEffect] {
    switch part.kind {
    case .text: return receive(text, .text, deltas: deltas, at: moment)
    case .reasoning: return receive(text, .reasoning, deltas: deltas, at: moment)
    case .refusal:
      reply.details?.isRefusal = true
      return receive(text, .text, deltas: deltas, at: moment)
    case .toolCall: return []
    }
  }

  private mutating func receive(
    _ text: String, _ kind: PartFragment.Kind, deltas: Int, at moment: Moment
  ) -> [ChatEffect] {
    guard let id = reply.id, !text.isEmpty else { return [] }
    let effects = reply.hasBegun ? [] : beginReplyMessage(id, at: moment)
    reply.phase = .streaming
    reply.deltaCount += deltas
    var place = 0
    conversation.messages.update(id) { message in
      switch kind {
      case .text: message.parts.append(text: text)
      case .reasoning: message.parts.append(reasoning: text)
      }
      place = message.parts.count - 1
    }
    reply.unflushed.add(PartFragment(ordinal: place, kind: kind, text: text))
    return effects + flushReply(at: moment) + setClock()
  }

  /// Moves what came of the reply to its reasoning, or its reasoning to the answer, here and in the
  /// store; a reply that goes on from an earlier request stays as it is.
  private mutating func reclassify(asReasoning isReasoning: Bool) -> [ChatEffect] {
    guard let id = reply.id, reply.hasBegun, reply.parent != id else { return [] }
    reply.unflushed = []
    return update(id) { message in
      message.parts = message.parts.reclassified(asReasoning: isReasoning)
    }
  }

  /// The reply's message comes into being with its first text, or goes on.
  private mutating func beginReplyMessage(_ id: ReplyID, at moment: Moment) -> [ChatEffect] {
    reply.hasBegun = true
    reply.firstTextAt = moment.uptime
    reply.flushedAt = moment.uptime
    guard conversation.messages[id] == nil else {
      return update(id) { $0.status = .streaming }
    }
    let message = Message(
      id: id, parent: reply.parent, role: .assistant, parts: [], created: moment.timestamp,
      status: .streaming, reply: reply.details)
    conversation.messages.append(message)
    if leaf != id { conversation.messages.select(leaf: id) }
    return give(message)
  }

  /// Sends to the store what came since the last time, at most once in a clock's step.
  mutating func flushReply(at moment: Moment) -> [ChatEffect] {
    guard moment.uptime - reply.flushedAt >= ChatState.clockStep, let id = reply.id,
      !reply.unflushed.isEmpty
    else { return [] }
    defer {
      reply.unflushed = []
      reply.flushedAt = moment.uptime
    }
    // What the store refused is given to it whole, later.
    guard session.keepsConversation, !commits.refused.contains(id) else { return [] }
    return [.store(.extend(id, by: reply.unflushed))]
  }

  private mutating func finish(_ reason: FinishReason?) -> [ChatEffect] {
    let hasText =
      reply.hasBegun && !(reply.id.flatMap { conversation.messages[$0] }?.text ?? "").isEmpty
    reply.details?.finishReason = reason
    notice = notice(of: reason, hasText: hasText) ?? notice
    end(with: .finished(reason, hasText: hasText))
    return endReply(as: .complete)
  }

  /// What the screen tells of an ending; nil where the reply speaks for itself, and where its own
  /// line tells the reason.
  private func notice(of reason: FinishReason?, hasText: Bool) -> Notice? {
    guard let fact = ReplyOutcome.finished(reason, hasText: hasText).fact else { return nil }
    guard hasText else {
      let again = reply.hasBegun ? "/retry" : commandToAskAgain
      return Notice(.error, say("\(fact) \(again) asks again."), offers: [again])
    }
    switch reason {
    case .length:
      return Notice(.information, say("\(fact) /send lets it go on."), offers: ["/send"])
    case .toolCalls: return Notice(.information, say("\(fact) /retry asks again."))
    case .contentFilter: return Notice(.information, fact)
    case .stop, .other, nil: return nil
    }
  }

  /// Takes note of how asking for a reply ended.
  mutating func end(with outcome: ReplyOutcome) {
    reply.outcome = outcome
    report(.ended(outcome))
  }

  /// A reply that failed keeps the text that came; without any, its message is marked unsent.
  private mutating func fail(_ failure: ReplyFailure) -> [ChatEffect] {
    let offers = reply.hasBegun ? ["/send", "/retry"] : offers(for: failure)
    end(with: .failed(failure))
    let effects = endReply(as: .cutOff)
    notice = Notice(.error, failure.phrase, offers: offers)
    return effects
  }

  /// Esc while a reply comes: what came stays, marked as stopped.
  mutating func stopReply() -> [ChatEffect] {
    let again = commandToAskAgain
    notice = Notice(
      .information,
      reply.hasBegun
        ? say("Stopped. /send lets it go on, /retry asks again.")
        : say("Stopped before any text came. \(again) asks again."))
    return endReply(as: .stopped)
  }

  /// Settles the reply in flight: its message becomes final in memory and in the store.
  mutating func endReply(as status: Message.Status) -> [ChatEffect] {
    guard !reply.isIdle, let id = reply.id else { return [] }
    let cancel: [ChatEffect] = status == .stopped ? [.reply(.cancel(id))] : []
    if status == .stopped { end(with: .stopped) }
    let ended = reply
    reply.clear()
    guard ended.hasBegun else { return cancel + count(ended, id) + goBack(from: ended) }
    let effects = update(id) { message in
      message.status = status
      message.reply = ended.details(after: message.reply, isMore: ended.parent == id)
    }
    return cancel + effects + count(ended, id)
  }

  /// Has a request counted whose reply is in no stored message; one that left without figures and
  /// without text cost nothing that anybody knows of.
  private func count(_ ended: ReplyState, _ id: ReplyID) -> [ChatEffect] {
    guard !ended.hasBegun || !session.keepsConversation else { return [] }
    guard let details = ended.details(after: nil, isMore: false),
      ended.hasBegun || details.usage != nil
    else { return [] }
    let created = Timestamp(milliseconds: id.rawValue >> 22)
    return [.store(.count(UncountedReply(id: id, created: created, details: details)))]
  }

  /// No text came: all is as it was before the reply was asked for.
  private mutating func goBack(from reply: ReplyState) -> [ChatEffect] {
    let effects = markUnsent(reply.questions)
    guard let older = reply.older else { return effects }
    conversation.messages.select(leaf: older)
    return effects + saveConversation()
  }

  private var commandToAskAgain: String { reply.older == nil ? "/send" : "/retry" }

  /// Tells when the server's configuration changed under a fixed seed.
  private mutating func note(_ fingerprint: String) {
    let last = conversation.messages.path.last { $0.reply?.systemFingerprint != nil }
    reply.details?.systemFingerprint = fingerprint
    guard conversation.parameters.seed != nil, let old = last?.reply?.systemFingerprint,
      old != fingerprint
    else { return }
    let phrase = say(
      "The server changed (\(old) to \(fingerprint)): the same seed may answer otherwise.")
    notice = Notice(.information, phrase)
    report(.remark(phrase))
  }

  /// What helps against a failure before any text came.
  private func offers(for failure: ReplyFailure) -> [String] {
    switch failure.kind {
    case .pictureRefused(let index): return pictureOffers(index)
    case .pictureLimit: return pictureOffers(nil)
    case .turnsRefused: return [commandToAskAgain, "/undo"]
    case .contextTooLong: return contextOffers() + ["/context"]
    case .modelUnknown: return ["/models"]
    case .keyRefused: return ["/key", "/provider"]
    case .rateLimited, .unreachable, .pictureUnusable, .unsendable, .cutOff, .other:
      return [commandToAskAgain]
    }
  }
}

extension ReplyState {
  /// What is known of the reply at its end; what came in earlier requests counts with it.
  fileprivate func details(after earlier: ReplyDetails?, isMore: Bool) -> ReplyDetails? {
    guard var details else { return nil }
    details.milliseconds = elapsed
    guard isMore, let earlier else { return details }
    details.isRefusal = details.isRefusal || earlier.isRefusal
    details.milliseconds = elapsed + (earlier.milliseconds ?? 0)
    details.usage = details.usage.map { $0 + (earlier.usage ?? .zero) } ?? earlier.usage
    return details
  }
}

extension [ContentPart] {
  /// The same words, all of them of one kind; what is neither text nor reasoning stays behind them.
  fileprivate func reclassified(asReasoning isReasoning: Bool) -> [ContentPart] {
    var words: [ContentPart] = []
    var others: [ContentPart] = []
    for part in self {
      switch part {
      case .text(let text): words.append(text, asReasoning: isReasoning)
      case .reasoning(let reasoning): words.append(reasoning.text, asReasoning: isReasoning)
      case .media, .toolCall, .toolResult, .unknown: others.append(part)
      }
    }
    return words + others
  }

  private mutating func append(_ text: String, asReasoning isReasoning: Bool) {
    if isReasoning { append(reasoning: text) } else { append(text: text) }
  }
}

extension TokenUsage {
  fileprivate static let zero = TokenUsage(prompt: 0, completion: 0)
}
