import Conversation
import ModelCatalog

/// From the request to the end of the reply.
extension Run {
  /// What the server says, of the reply in flight; a reply that was given up is not listened to.
  mutating func reduce(
    _ event: ReplyEvent, of id: ReplyID, _ context: EngineContext
  ) -> [EngineStep] {
    guard id == self.id, !isIdle else { return [] }
    switch event {
    case .connecting: phase = .connecting
    case .waiting: phase = .waiting
    case .retrying(_, let delay, let because):
      let milliseconds = delay.milliseconds
      phase = .retrying(deadline: context.uptime + milliseconds, because: because)
      return [.report(.retrying(after: milliseconds, because: because))]
    case .adapted(let phrase): return [.report(.adapted(phrase))]
    case .partDelta(let part, let text, let count):
      return receive(text, of: part, deltas: count, id, context)
    case .partStarted(let part): begin(part)
    case .callSealed(let part, let json): calls[part.index]?.opaque = json
    case .partFinished: break
    case .media(.kept(let part)): return receive(part, id, context)
    // The runner keeps what is at an address before it passes it on.
    case .media(.address): break
    case .reclassified(let isReasoning): return reclassify(id, asReasoning: isReasoning, context)
    case .usage(let usage): details?.usage = usage
    case .fingerprint(let fingerprint): return compare(fingerprint, context)
    case .object: break
    case .finished(let reason): return finish(id, reason, context)
    }
    return []
  }

  /// There is no reply, or no whole one; of a reply that was given up this is no news.
  mutating func fail(
    _ failure: ReplyFailure, of id: ReplyID, _ context: EngineContext
  ) -> [EngineStep] {
    guard id == self.id else { return [] }
    return end(as: .cutOff, outcome: .failed(failure), context)
  }

  private mutating func begin(_ part: ReplyPart) {
    guard case .toolCall(let id, let name) = part.kind else { return }
    calls[part.index] = ToolCall(id: id, name: name, arguments: "")
  }

  private mutating func receive(
    _ text: String, of part: ReplyPart, deltas: Int, _ id: ReplyID, _ context: EngineContext
  ) -> [EngineStep] {
    if calls[part.index] != nil {
      calls[part.index]?.arguments += text
      phase = .streaming
      deltaCount += deltas
      return []
    }
    guard let kind = part.kind.fragmentKind, !text.isEmpty else { return [] }
    if part.kind == .refusal { details?.isRefusal = true }
    let beginning = hasBegun ? [] : beginMessage(id, context)
    phase = .streaming
    deltaCount += deltas
    return beginning + [.change(.extend(id, kind, text: text))]
  }

  /// Adds a picture behind what came of the reply, here and in the store.
  private mutating func receive(
    _ part: ContentPart, _ id: ReplyID, _ context: EngineContext
  ) -> [EngineStep] {
    phase = .streaming
    guard !hasBegun else {
      return context.replacing(id) { $0.parts.append(part) }
    }
    let beginning = beginMessage(id, context)
    return beginning.map { step in
      switch step {
      case .change(.append(var message)):
        message.parts.append(part)
        return .change(.append(message))
      case .change(.replace(var message)):
        message.parts.append(part)
        return .change(.replace(message))
      default: return step
      }
    }
  }

  /// The reply's message comes into being with its first text, or goes on.
  private mutating func beginMessage(_ id: ReplyID, _ context: EngineContext) -> [EngineStep] {
    hasBegun = true
    firstTextAt = context.uptime
    guard context.conversation.messages[id] == nil else {
      return context.replacing(id) { $0.status = .streaming }
    }
    let message = Message(
      id: id, parent: parent, role: .assistant, parts: [], created: context.moment.timestamp,
      status: .streaming, reply: details)
    return [.change(.append(message)), .change(.select(leaf: id))]
  }

  /// Moves what came of the reply to its reasoning, or its reasoning to the answer, here and in the
  /// store; a reply that goes on from an earlier request stays as it is.
  private func reclassify(
    _ id: ReplyID, asReasoning isReasoning: Bool, _ context: EngineContext
  ) -> [EngineStep] {
    guard hasBegun, parent != id else { return [] }
    return context.replacing(id) { message in
      message.parts = message.parts.reclassified(asReasoning: isReasoning)
    }
  }

  /// Tells when the server's configuration changed under a fixed seed.
  private mutating func compare(
    _ fingerprint: String, _ context: EngineContext
  ) -> [EngineStep] {
    let last = context.conversation.messages.path.last { $0.reply?.systemFingerprint != nil }
    details?.systemFingerprint = fingerprint
    guard context.conversation.parameters.seed != nil, let old = last?.reply?.systemFingerprint,
      old != fingerprint
    else { return [] }
    return [.report(.serverChanged(from: old, to: fingerprint))]
  }

  private mutating func finish(
    _ id: ReplyID, _ reason: FinishReason?, _ context: EngineContext
  ) -> [EngineStep] {
    let message = context.conversation.messages[id]
    details?.finishReason = reason
    let isFull = message.map { !$0.text.isEmpty || !$0.pictures.isEmpty } ?? false
    let asked = askedCalls(id, context)
    guard asked.isEmpty || !offersTools else {
      return end(as: .complete, outcome: .called(asked.count), adding: asked, context)
    }
    let told = asked.isEmpty ? reason : .toolCalls
    let outcome = ReplyOutcome.finished(told, hasText: hasBegun && isFull)
    return end(as: .complete, outcome: outcome, adding: asked, context)
  }

  /// The calls in their order, under identifiers that no other call of the path has.
  private func askedCalls(_ id: ReplyID, _ context: EngineContext) -> [ContentPart] {
    guard !calls.isEmpty else { return [] }
    let taken = Set(context.conversation.messages.path.flatMap(\.parts.toolCalls).map(\.id))
    return calls.sorted { $0.key < $1.key }.map { _, call in
      var call = call
      if taken.contains(call.id) { call.id += "_" + String(id.rawValue, radix: 36) }
      return .toolCall(call)
    }
  }

  /// Settles the reply in flight: its message becomes final in memory and in the store; one without
  /// text leaves all as it was before it was asked for.
  mutating func end(
    as status: Message.Status, outcome: ReplyOutcome, adding parts: [ContentPart] = [],
    _ context: EngineContext
  ) -> [EngineStep] {
    guard !isIdle, let id else { return [] }
    if status != .complete { estimateUsage(of: id, context) }
    let ended = self
    clear()
    self.outcome = outcome
    let ending = RunEnding(outcome, hasBegun: ended.hasBegun, isRetry: ended.isRetry)
    let cancel: [EngineStep] = status == .stopped ? [.effect(.reply(.cancel(id)))] : []
    let isKept = ended.hasBegun || !parts.isEmpty
    let count = ended.count(id, isInMessage: isKept, context)
    guard isKept else {
      return cancel + [.report(.ended(ending))] + count
        + ended.goBack(context)
    }
    guard context.conversation.messages[id] != nil else {
      // Nothing but calls came.
      let message = Message(
        id: id, parent: ended.parent, role: .assistant, parts: parts,
        created: context.moment.timestamp, status: status,
        reply: ended.details(after: nil, isMore: false))
      return cancel + [
        .report(.ended(ending)), .change(.append(message)), .change(.select(leaf: id)),
      ]
        + count
    }
    let final = context.replacing(id) { message in
      message.status = status
      message.parts += parts
      message.reply = ended.details(after: message.reply, isMore: ended.parent == id)
    }
    return cancel + [.report(.ended(ending))] + final + count
  }

  /// Of a reply that ended before its server told figures, and of which text came, these are estimated:
  /// what was asked, and what came in answer to it.
  private mutating func estimateUsage(of id: ReplyID, _ context: EngineContext) {
    guard hasBegun, details?.usage == nil, let model = details?.model,
      let provider = details?.provider, let message = context.conversation.messages[id]
    else { return }
    let target = context.target(of: model, at: provider)
    var asked = context.conversation
    asked.messages.select(leaf: parent)
    let prompt = target.tokens(of: asked).tokens ?? 0
    let came = TokenEstimate.ofText(message.text + message.reasoning).tokens ?? 0
    // Of one that goes on from an earlier request, that has its figures.
    let before = parent == id ? message.reply?.usage?.completion ?? 0 : 0
    details?.usage = TokenUsage(
      prompt: TokenCount(prompt), completion: TokenCount(came) - before, isEstimated: true)
  }

  /// Has a request counted whose reply is in no stored message; one that left without figures and
  /// without text cost nothing that anybody knows of.
  private func count(
    _ id: ReplyID, isInMessage: Bool, _ context: EngineContext
  ) -> [EngineStep] {
    guard !isInMessage || !context.isKept else { return [] }
    guard let figures = details(after: nil, isMore: false), isInMessage || figures.usage != nil
    else {
      return []
    }
    let created = Timestamp(milliseconds: id.rawValue >> 22)
    let reply = UncountedReply(id: id, created: created, details: figures)
    return [.effect(.store(.count(reply)))]
  }

  /// No text came: all is as it was before the reply was asked for.
  private func goBack(_ context: EngineContext) -> [EngineStep] {
    let unsent = markUnsent(questions, context)
    guard let older else { return unsent }
    return unsent + [.change(.select(leaf: older)), .change(.row(.always))]
  }

  /// What is known of the reply at its end; what came in earlier requests counts with it.
  private func details(after earlier: ReplyDetails?, isMore: Bool) -> ReplyDetails? {
    guard var details else { return nil }
    details.milliseconds = elapsed
    guard isMore, let earlier else { return details }
    details.isRefusal = details.isRefusal || earlier.isRefusal
    details.milliseconds = elapsed + (earlier.milliseconds ?? 0)
    details.usage = details.usage.map { $0 + (earlier.usage ?? .zero) } ?? earlier.usage
    return details
  }
}

extension ReplyPart.Kind {
  /// The kind of part that the reply's message gets of it; nil for what is no text.
  fileprivate var fragmentKind: PartFragment.Kind? {
    switch self {
    case .text, .refusal: .text
    case .reasoning: .reasoning
    case .toolCall: nil
    }
  }
}

extension [ContentPart] {
  /// The same words, all of them of one kind; what is neither text nor reasoning stays behind them.
  fileprivate func reclassified(asReasoning isReasoning: Bool) -> [ContentPart] {
    var words = ""
    var others: [ContentPart] = []
    for part in self {
      switch part {
      case .text(let text): words.append(paragraph: text)
      case .reasoning(let reasoning): words.append(paragraph: reasoning.text)
      case .media, .toolCall, .toolResult, .unknown: others.append(part)
      }
    }
    guard !words.isEmpty else { return others }
    return [isReasoning ? .reasoning(words) : .text(words)] + others
  }
}

extension TokenUsage {
  fileprivate static let zero = TokenUsage(prompt: 0, completion: 0)
}
