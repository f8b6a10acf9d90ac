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
    case .retrying(_, let deadline, let because):
      reply.phase = .retrying(deadline: deadline, because: because)
    case .adapted(let phrase): notice = Notice(.information, phrase)
    case .text(let text): return receive(text: text, at: moment)
    case .reasoning(let text): return receive(reasoning: text, at: moment)
    case .refusal(let text):
      reply.details?.isRefusal = true
      return receive(text: text, at: moment)
    case .usage(let usage): reply.details?.usage = usage
    case .fingerprint(let fingerprint): note(fingerprint)
    case .finished(let reason):
      reply.details?.finishReason = reason
      return finish(reason, at: moment)
    case .failed(let failure): return fail(failure, at: moment)
    }
    return []
  }

  private mutating func receive(
    text: String = "", reasoning: String = "", at moment: Moment
  ) -> [ChatEffect] {
    guard let id = reply.id, !(text.isEmpty && reasoning.isEmpty) else { return [] }
    let effects = startReplyMessage(id, at: moment)
    reply.phase = .streaming
    reply.deltaCount += 1
    if reply.firstTextAt == nil { reply.firstTextAt = moment.uptime }
    reply.unflushedText += text
    reply.unflushedReasoning += reasoning
    conversation.messages.update(id) { message in
      message.parts.appendText(text)
      message.reply?.reasoning += reasoning
    }
    return effects + flushReply(at: moment) + setClock()
  }

  /// The reply's message comes into being with its first text.
  private mutating func startReplyMessage(_ id: ReplyID, at moment: Moment) -> [ChatEffect] {
    guard conversation.messages[id] == nil else { return [] }
    let message = Message(
      id: id, parent: leaf, role: .assistant, parts: [], created: moment.timestamp,
      status: .streaming, reply: reply.details)
    conversation.messages.append(message)
    reply.flushedAt = moment.uptime
    session.uncommitted.insert(id)
    return [.store(.append(message, conversation.id))]
  }

  /// Sends to the store what came since the last time, at most once in a clock's step.
  mutating func flushReply(at moment: Moment) -> [ChatEffect] {
    guard moment.uptime - reply.flushedAt >= ChatState.clockStep else { return [] }
    return flushReplyNow(at: moment)
  }

  private mutating func flushReplyNow(at moment: Moment) -> [ChatEffect] {
    guard let id = reply.id, !(reply.unflushedText.isEmpty && reply.unflushedReasoning.isEmpty)
    else { return [] }
    defer {
      reply.unflushedText = ""
      reply.unflushedReasoning = ""
      reply.flushedAt = moment.uptime
    }
    return [
      .store(.extend(id, text: reply.unflushedText, reasoning: reply.unflushedReasoning))
    ]
  }

  private mutating func finish(_ reason: FinishReason?, at moment: Moment) -> [ChatEffect] {
    guard let id = reply.id, conversation.messages[id] != nil else {
      reply = ReplyState()
      return markUnsent()
        + fail(say("The server's reply was empty. /send asks again."), offers: ["/send"])
    }
    let effects = endReply(as: .complete)
    switch reason {
    case .length: _ = tell(say("The reply reached its limit of tokens. /send lets it go on."))
    case .contentFilter: _ = tell(say("The server's content filter ended the reply."))
    default: break
    }
    return effects
  }

  /// A reply that failed keeps the text that came; without any, its message is marked unsent.
  private mutating func fail(_ failure: ReplyFailure, at moment: Moment) -> [ChatEffect] {
    let hasText = reply.id.flatMap { conversation.messages[$0] } != nil
    notice = Notice(
      .error, failure.phrase, offers: offers(for: failure, hasText: hasText))
    guard hasText else {
      reply = ReplyState()
      return markUnsent()
    }
    return endReply(as: .cutOff)
  }

  /// Settles the reply in flight: its message becomes final in memory and in the store.
  mutating func endReply(as status: Message.Status) -> [ChatEffect] {
    defer { reply = ReplyState(now: reply.now, clockIsSet: reply.clockIsSet) }
    guard !reply.isIdle, let id = reply.id else { return [] }
    var effects: [ChatEffect] = status == .complete ? [] : [.reply(.cancel(id))]
    var details = reply.details
    details?.reasoning = conversation.messages[id]?.reply?.reasoning ?? ""
    details?.milliseconds = reply.elapsed
    if conversation.messages[id] == nil {
      effects += markUnsent()
    } else {
      effects += update(id) {
        $0.status = status
        $0.reply = details
      }
    }
    return effects
  }

  /// Esc while a reply comes: what came stays, marked as stopped.
  mutating func stopReply() -> [ChatEffect] {
    let hasText = reply.id.flatMap { conversation.messages[$0] } != nil
    notice = Notice(
      .information,
      hasText
        ? say("Stopped. /retry asks again; what came stays as a variant.")
        : say("Stopped before any text came. /send asks again."))
    return endReply(as: .stopped)
  }

  /// Tells when the server's configuration changed under a fixed seed.
  private mutating func note(_ fingerprint: String) {
    let last = conversation.messages.path.last { $0.reply?.systemFingerprint != nil }
    reply.details?.systemFingerprint = fingerprint
    guard conversation.parameters.seed != nil, let old = last?.reply?.systemFingerprint,
      old != fingerprint
    else { return }
    notice = Notice(
      .information,
      say("The server changed (\(old) to \(fingerprint)): the same seed may answer otherwise."))
  }

  private func offers(for failure: ReplyFailure, hasText: Bool) -> [String] {
    if hasText { return ["/send", "/retry"] }
    switch failure.kind {
    case .pictureRefused(let index): return pictureOffers(index)
    case .contextTooLong: return contextOffers() + ["/context"]
    case .modelUnknown: return ["/models"]
    case .keyRefused: return ["/provider"]
    case .unreachable, .cutOff, .other: return ["/send"]
    }
  }
}

extension ReplyState {
  init(now: Int64, clockIsSet: Bool) {
    self.now = now
    self.clockIsSet = clockIsSet
  }
}

extension [ContentPart] {
  /// Adds to the last text part, or begins one.
  mutating func appendText(_ text: String) {
    guard !text.isEmpty else { return }
    guard case .text(var whole) = last else {
      append(.text(text))
      return
    }
    // Taken out first, so that the text grows in place instead of being copied.
    removeLast()
    whole += text
    append(.text(whole))
  }
}
