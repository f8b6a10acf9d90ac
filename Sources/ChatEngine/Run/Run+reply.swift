import Conversation
import ModelCatalog

/// Steps that follow from a reply: its end in the conversation and the store, its figures.
extension Run {
  /// Tokens a second since the first text, by the deltas counted.
  package var tokensPerSecond: Double? {
    guard let firstTextAt, now > firstTextAt + 200 else { return nil }
    return Double(deltaCount) * 1000 / Double(now - firstTextAt)
  }

  /// Moves what came of the reply to its reasoning, or its reasoning to the answer, here and in the
  /// store; a reply that goes on from an earlier request stays as it is.
  func reclassify(
    _ id: ReplyID, asReasoning isReasoning: Bool, _ context: EngineContext
  ) -> [EngineStep] {
    guard hasBegun, parent != id else { return [] }
    return context.replacing(id) { message in
      message.parts = message.parts.reclassified(asReasoning: isReasoning)
    }
  }

  /// Tells when the server's configuration changed under a fixed seed.
  func change(to fingerprint: String, _ context: EngineContext) -> [EngineStep] {
    let last = context.conversation.messages.path.last { $0.reply?.systemFingerprint != nil }
    guard context.conversation.parameters.seed != nil, let old = last?.reply?.systemFingerprint,
      old != fingerprint
    else { return [] }
    return [.report(.serverChanged(from: old, to: fingerprint))]
  }

  /// What is told of the reply's end.
  func ending(_ outcome: ReplyOutcome, _ context: EngineContext) -> RunEnding {
    var ending = RunEnding(outcome, hasBegun: hasBegun, isRetry: isRetry)
    if case .finished(.length, _) = outcome { ending.cut = cut(context) }
    return ending
  }

  /// What cut a reply that reached a limit of tokens; nil for the limit that the request set.
  private func cut(_ context: EngineContext) -> ReplyCut? {
    guard let details else { return nil }
    let target = context.target(of: details.model, at: details.provider)
    if let usage = details.usage, !usage.isEstimated, let window = target.model.contextWindow,
      usage.total.value >= window - Self.spareTokens
    {
      return .contextFull(window)
    }
    return context.parameters(of: context.conversation).maxTokens == nil ? .serverLimit : nil
  }

  /// Servers keep some tokens of a context for themselves.
  private static let spareTokens = 8

  /// The calls in their order, under identifiers that no other call of the path has.
  func askedCalls(_ id: ReplyID, _ context: EngineContext) -> [PlacedCall] {
    guard !calls.isEmpty else { return [] }
    let taken = Set(context.conversation.messages.path.flatMap(\.parts.toolCalls).map(\.id))
    return calls.sorted { $0.key < $1.key }.map { index, call in
      var call = call
      if taken.contains(call.id) { call.id += "_" + String(id.rawValue, radix: 36) }
      return PlacedCall(call: call, partsBefore: partsBeforeCalls[index] ?? .max)
    }
  }

  /// How a reply ends that its server says is over, with these calls; `message` is what came of it beside.
  func outcome(
    finished reason: FinishReason?, _ calls: [PlacedCall], _ message: Message?
  ) -> ReplyOutcome {
    if let reason, let tool = cutCall(calls, reason) {
      return .callCut(tool: tool, by: reason, hasText: message?.text.isEmpty == false)
    }
    if !calls.isEmpty, offersTools { return .called(calls.count) }
    return ReplyOutcome(finished: calls.isEmpty ? reason : .toolCalls, message)
  }

  /// The tool whose call the reply's limit cut, or the server's filter, as its arguments show; nil where all
  /// calls are whole.
  ///
  /// Arguments that never came are cut too: the call would be made without any.
  private func cutCall(_ calls: [PlacedCall], _ reason: FinishReason?) -> String? {
    guard reason == .length || reason == .contentFilter else { return nil }
    return calls.map(\.call).first { $0.arguments.isEmpty || $0.compactArguments == nil }?.name
  }

  /// Writes a reply that has ended, and counts what its message does not hold.
  func settling(
    _ id: ReplyID, as status: Message.Status, _ calls: [PlacedCall], _ context: EngineContext
  ) -> [EngineStep] {
    let isKept = hasBegun || !calls.isEmpty
    let count = count(id, isInMessage: isKept, context)
    guard isKept else { return count + goBack(context) }
    guard context.conversation.messages[id] != nil else {
      // Nothing but calls came.
      let message = Message(
        id: id, parent: parent, role: .assistant, parts: sealedReasoning.inserting(calls),
        created: context.moment.timestamp, status: status, reply: details(after: nil, isMore: false)
      )
      return [.change(.append(message)), .change(.select(leaf: id))] + count
    }
    let final = context.replacing(id) { message in
      message.status = status
      message.parts = (message.parts + sealedReasoning).inserting(calls)
      message.reply = details(after: message.reply, isMore: parent == id)
    }
    return final + count + discarding(from: final)
  }

  /// Has the unfinished pictures removed that the reply does not hold at its end.
  private func discarding(from final: [EngineStep]) -> [EngineStep] {
    let held = final.reduce(into: Set<Digest>()) { held, step in
      if case .change(.replace(let message)) = step { held.formUnion(message.parts.digests) }
    }
    let rest = drafts.subtracting(held)
    return rest.isEmpty ? [] : [.effect(.store(.discard(rest)))]
  }

  /// The figures of a reply that ended before its server told them, and of which text came: what was
  /// asked, and what came in answer to it.
  func estimatedUsage(of id: ReplyID, _ context: EngineContext) -> TokenUsage? {
    guard let details, let message = context.conversation.messages[id] else { return nil }
    let target = context.target(of: details.model, at: details.provider)
    if let drawing = parent.flatMap({ context.conversation.messages[$0] })?.drawing {
      return target.model.usage(of: drawing)
    }
    var asked = context.conversation
    asked.messages.select(leaf: parent)
    let prompt = target.tokens(of: asked).tokens ?? 0
    let came = TokenEstimate.ofText(message.text + message.reasoning).tokens ?? 0
    // Of one that goes on from an earlier request, that has its figures.
    let before = parent == id ? message.reply?.usage?.completion ?? 0 : 0
    return TokenUsage(
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
    let made = context.conversation.messages[id]?.pictures.count { picture in
      picture.stored.map { !drafts.contains($0.digest) } ?? true
    }
    let reply = UncountedReply(
      id: id, created: created, details: figures, pictures: made ?? 0)
    return [.effect(.store(.count(reply)))]
  }

  /// No text came: all is as it was before the reply was asked for.
  private func goBack(_ context: EngineContext) -> [EngineStep] {
    let unsent = markUnsent(questions, context)
    guard let older else { return unsent }
    return unsent + [.change(.select(leaf: older)), .change(.row(.always))]
  }

  /// The reply's details at its end, with the figures of earlier requests for the same message.
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

/// A call at the end of a reply, and how many parts stood before it when it began.
struct PlacedCall {
  let call: ToolCall
  let partsBefore: Int
}

extension [ContentPart] {
  /// The parts with calls where they were asked for: reasoning that follows one belongs to what comes
  /// behind it.
  fileprivate func inserting(_ calls: [PlacedCall]) -> [ContentPart] {
    var parts = self
    for (count, placed) in calls.enumerated() {
      let place = Swift.min(placed.partsBefore, self.count) + count
      parts.insert(.toolCall(placed.call), at: place)
    }
    return parts
  }

  /// Keeps what only the server understands with the last part, where that is reasoning.
  mutating func seal(with json: String) {
    guard case .reasoning(var reasoning) = last else { return }
    reasoning.opaque = json
    self[count - 1] = .reasoning(reasoning)
  }
}

extension ContentPart {
  /// What only the server that gave it understands, and which shows nothing: it stands behind the text that
  /// it is about, or before what follows from it.
  static func sealed(_ json: String) -> ContentPart {
    .reasoning(Reasoning(text: "", opaque: json))
  }
}

extension ReplyPart.Kind {
  /// The kind of part that the reply's message gets of it; nil for what is no text.
  var fragmentKind: PartFragment.Kind? {
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
      case .media, .toolCall, .toolResult, .hostedCall, .citations, .drawing, .unknown:
        others.append(part)
      }
    }
    guard !words.isEmpty else { return others }
    return [isReasoning ? .reasoning(words) : .text(words)] + others
  }
}

extension TokenUsage {
  fileprivate static let zero = TokenUsage(prompt: 0, completion: 0)
}
