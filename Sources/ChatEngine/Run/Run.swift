package import Conversation
package import Language

/// The reducer of a run: a request, the reply that comes, and how it ends.
///
/// A request goes when the store has answered for every message of it. The message of the reply comes
/// into being with its first text, and its end makes it final; without text all is as before.
package struct Run: Equatable, Sendable {
  /// Where the reply stands.
  package enum Phase: Equatable, Sendable {
    /// Next: `committing`, or `connecting` where all is on disk already.
    case idle
    /// The message to answer is being written to disk. Next: `connecting`, `idle`.
    case committing(ReplyRequest)
    /// Next: `waiting`, `retrying`, `idle`.
    case connecting
    /// Next: `streaming`, `retrying`, `idle`.
    case waiting
    /// Next: `connecting`, `idle`. The deadline is an uptime in milliseconds.
    case retrying(deadline: Int64, because: Phrase)
    /// Next: `idle`.
    case streaming
  }

  /// How requests are made, whatever the conversation.
  package struct Options: Equatable, Sendable {
    /// Whether replies come piece by piece.
    package var streamsReplies = true
    /// Whether requests go although a limit that is known speaks against them.
    package var ignoresRisks = false
    /// Whether a message that is not on disk is sent: who has a screen sees that it is not.
    package var sendsUnstored = true
    /// Whether unfinished pictures are of use: not to who has no screen.
    package var showsPartialPictures = true

    package init() {}
  }

  let options: Options
  package private(set) var phase = Phase.idle
  package private(set) var id: ReplyID?
  /// The message that the reply answers: the leaf when it was asked for; nil at a conversation's start.
  private(set) var parent: MessageID?
  /// The reply that this one is to stand beside, which comes back when no text comes.
  private(set) var older: MessageID?
  /// The user's messages that count as unsent when no text comes.
  private(set) var questions: [MessageID] = []
  /// The calls of tools that the reply asks for, by the places of their parts among the reply's.
  private(set) var calls: [Int: ToolCall] = [:]
  /// How many parts stood before each of the calls when it began, by the place of its part.
  private(set) var partsBeforeCalls: [Int: Int] = [:]
  /// Reasoning that only its server can read, and that came before anything else of the reply.
  private(set) var sealedReasoning: [ContentPart] = []
  /// The part of reasoning that is growing, by its place among the reply's parts.
  private var openReasoning: Int?
  /// The part of text that came last, by its place among the reply's parts.
  private var openText: Int?
  /// Whether the request offers tools.
  private(set) var offersTools = false
  /// Whether text has come.
  package private(set) var hasBegun = false
  /// The places among the message's parts of unfinished pictures, by their calls, which the next one of the
  /// same call takes; the bytes of all of them.
  private(set) var draftPlaces: [Int: Int] = [:]
  private(set) var drafts: Set<Digest> = []
  /// Uptime in milliseconds at which the reply was asked for, and at which its text began.
  package private(set) var startedAt: Int64 = 0
  package private(set) var firstTextAt: Int64?
  /// The present, as the last event told it.
  package private(set) var now: Int64 = 0
  package private(set) var details: ReplyDetails?
  /// Deltas that came, as a measure of tokens until the server tells its own.
  package private(set) var deltaCount = 0
  /// How the last reply ended; nil while one is on its way, and before the first.
  package private(set) var outcome: ReplyOutcome?
  /// The obstacle that was told last, and the risk that the user accepted by asking again.
  private(set) var toldObstacle: RequestObstacle?
  private(set) var acceptedRisk: RequestRisk?

  init(_ options: Options) {
    self.options = options
  }

  package var isIdle: Bool { phase == .idle }

  /// Whether a reply that failed now would come back as the older one that it was asked for beside.
  package var isRetry: Bool { older != nil }

  /// Milliseconds since the reply was asked for.
  package var elapsed: Int64 { max(0, now - startedAt) }

  /// Takes the present over, from which the elapsed time is counted.
  mutating func advance(to uptime: Int64) { now = uptime }

  /// Forgets the reply; the present, the last outcome and what was said before stay.
  private mutating func clear() {
    var cleared = Run(options)
    cleared.now = now
    cleared.outcome = outcome
    cleared.toldObstacle = toldObstacle
    cleared.acceptedRisk = acceptedRisk
    self = cleared
  }
}

extension Run {
  mutating func reduce(_ event: RunEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .request where context.conversation.endsInStoppedDrawing: retry(context)
    case .request(let isConfirmed): request(isConfirmed: isConfirmed, context)
    case .retry: retry(context)
    case .stop: end(as: .stopped, outcome: .stopped, context)
    }
  }

  /// Another conversation is open: what was said of the last one holds no more.
  mutating func enter(_ context: EngineContext) -> [EngineStep] {
    acceptedRisk = nil
    toldObstacle = missingProvider(context)
    return toldObstacle.map { [.report(.foreseen($0))] } ?? []
  }

  /// Sends the request as soon as the store has answered for every message of it.
  mutating func requestWhenSettled(_ context: EngineContext) -> [EngineStep] {
    guard case .committing(let request) = phase, context.isSettled else { return [] }
    if !options.sendsUnstored, let failure = context.storeFailure {
      return end(as: .cutOff, outcome: .prevented(.notStored(failure)), context)
    }
    phase = .connecting
    return [.effect(.reply(.request(request)))]
  }
}

// MARK: - The request

extension Run {
  private mutating func request(isConfirmed: Bool, _ context: EngineContext) -> [EngineStep] {
    let conversation = context.conversation
    let carried = carried(by: conversation, context)
    if let obstacle = obstacle(isConfirmed: isConfirmed, conversation, carried.messages, context) {
      return prevent(obstacle) + markUnsent(context.leaf.map { [$0] } ?? [], context)
    }
    return begin(on: conversation, carried, beside: nil, context)
  }

  /// Only where nothing is in the way the older reply leaves the path.
  private mutating func retry(_ context: EngineContext) -> [EngineStep] {
    guard let last = context.leaf.flatMap({ context.conversation.messages[$0] }) else { return [] }
    guard last.role == .assistant else { return request(isConfirmed: true, context) }
    var conversation = context.conversation
    conversation.messages.select(leaf: last.parent)
    let carried = carried(by: conversation, context)
    if let obstacle = obstacle(isConfirmed: true, conversation, carried.messages, context) {
      return prevent(obstacle)
    }
    return [.change(.select(leaf: last.parent))]
      + begin(on: conversation, carried, beside: last.id, context)
  }

  private mutating func prevent(_ obstacle: RequestObstacle) -> [EngineStep] {
    outcome = .prevented(obstacle)
    return [.report(.ended(RunEnding(.prevented(obstacle))))]
  }

  /// Why there is no request now; nil when nothing is in its way.
  ///
  /// A risk is told once: who asks again accepts it.
  private mutating func obstacle(
    isConfirmed: Bool, _ conversation: Conversation, _ messages: [Message],
    _ context: EngineContext
  ) -> RequestObstacle? {
    guard let found = foundObstacle(conversation, carrying: messages, context) else { return nil }
    switch found {
    case .risk(let risk) where isConfirmed && toldObstacle == found:
      acceptedRisk = risk
      return nil
    case .risk, .providerMissing: toldObstacle = found
    case .modelMissing, .nothingIncluded, .notStored: break
    }
    return found
  }

  private mutating func begin(
    on conversation: Conversation, _ carried: CarriedMessages, beside older: MessageID?,
    _ context: EngineContext
  ) -> [EngineStep] {
    let leaf = conversation.messages.leaf
    let last = leaf.flatMap { conversation.messages[$0] }
    let unfinished = older == nil && last?.isUnfinished == true ? last?.id : nil
    var request =
      drawingRequest(of: conversation, context)
      ?? ReplyRequest(
        id: unfinished ?? context.moment.messageID(1, after: leaf),
        provider: context.target.provider.name, model: context.target.modelName ?? "",
        instructions: conversation.instructions,
        messages: asking(carried.messages, of: conversation, context.moment),
        parameters: context.parameters(of: conversation), tools: context.offeredTools,
        isStreamed: options.streamsReplies)
    request.toolRules = context.toolRules
    request.takesSound = context.target.takesSound
    request.showsPartialPictures = options.showsPartialPictures
    if request.drawing == nil { request.mask = conversation.replyMask }
    request.ignoresPictureLimit = insistsOnPictures
    start(request, parent: leaf, beside: older)
    return carried.notes.map { .report(.adapted($0)) } + markSent(conversation, context)
      + requestWhenSettled(context)
  }

  private mutating func start(_ request: ReplyRequest, parent: MessageID?, beside older: MessageID?)
  {
    clear()
    outcome = nil
    id = request.id
    self.parent = parent
    self.older = older
    startedAt = now
    details = ReplyDetails(model: request.model, provider: request.provider)
    offersTools = !request.tools.isEmpty
    phase = .committing(request)
  }

  /// Every message of the request counts as sent from now on, and as unsent again if nothing comes.
  private mutating func markSent(
    _ conversation: Conversation, _ context: EngineContext
  ) -> [EngineStep] {
    let unsent = conversation.messages.pathIDs.filter {
      conversation.messages[$0]?.status == .unsent
    }
    questions = unsent
    if let leaf = conversation.messages.leaf, !unsent.contains(leaf),
      conversation.isUnanswered(leaf)
    {
      questions.append(leaf)
    }
    return unsent.flatMap { id in context.replacing(id) { $0.status = .complete } }
  }
}

// MARK: - The reply

extension Run {
  /// Takes in an event of the reply in flight; one of a reply that was given up changes nothing.
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
    case .lost(let phrase): return [.report(.lost(phrase))]
    case .partDelta(let part, let text, let count):
      return receive(text, of: part, deltas: count, id, context)
    case .partStarted(let part): begin(part, context)
    case .partSealed(let part, let json): return seal(part, with: json, id, context)
    case .partFinished: break
    case .media(.kept(let part, let call)):
      return receive(part, isDraft: false, of: call, id, context)
    case .media(.draft(let part, let call)):
      return receive(part.asUnfinished, isDraft: true, of: call, id, context)
    // The runner keeps what is at an address before it passes it on.
    case .media(.address), .media(.serverFile), .media(.made): break
    case .part(let part): return receive(part, isDraft: false, id, context)
    case .reclassified(let isReasoning): return reclassify(id, asReasoning: isReasoning, context)
    case .usage(let usage): details?.usage = usage
    case .fingerprint(let fingerprint):
      details?.systemFingerprint = fingerprint
      return change(to: fingerprint, context)
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

  private mutating func begin(_ part: ReplyPart, _ context: EngineContext) {
    guard case .toolCall(let id, let name) = part.kind else { return }
    calls[part.index] = ToolCall(id: id, name: name, arguments: "")
    let message = self.id.flatMap { context.conversation.messages[$0] }
    partsBeforeCalls[part.index] = (message?.parts.count ?? 0) + sealedReasoning.count
  }

  /// Keeps what only the server understands with the part that it belongs to.
  private mutating func seal(
    _ part: ReplyPart, with json: String, _ id: ReplyID, _ context: EngineContext
  ) -> [EngineStep] {
    guard part.kind == .reasoning else {
      calls[part.index]?.opaque = json
      let isOfText = part.kind == .text && hasBegun
      return isOfText ? context.replacing(id) { $0.parts.append(.sealed(json)) } : []
    }
    defer { openReasoning = nil }
    if hasBegun, openReasoning == part.index {
      return context.replacing(id) { $0.parts.seal(with: json) }
    }
    if hasBegun { return context.replacing(id) { $0.parts.append(.sealed(json)) } }
    sealedReasoning.append(.sealed(json))
    return []
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
    openReasoning = part.kind == .reasoning ? part.index : nil
    let isNewText = kind == .text && openText != nil && openText != part.index
    if kind == .text { openText = part.index }
    let beginning = hasBegun ? [] : beginMessage(id, context)
    phase = .streaming
    deltaCount += deltas
    return beginning + [.change(.extend(id, kind, text: text, isNewPart: isNewText))]
  }

  /// Adds a part that came whole behind what came of the reply, here and in the store.
  private mutating func receive(
    _ part: ContentPart, isDraft: Bool, of call: Int = 0, _ id: ReplyID, _ context: EngineContext
  ) -> [EngineStep] {
    phase = .streaming
    let count = context.conversation.messages[id]?.parts.count ?? 0
    var place = count + (hasBegun ? 0 : sealedReasoning.count)
    // What is said of a picture follows it; it takes no place.
    if case .media = part {
      place = draftPlaces[call] ?? place
      draftPlaces[call] = isDraft ? place : nil
    }
    if isDraft { drafts.formUnion([part].digests) }
    guard hasBegun else { return beginMessage(id, context).map { $0.adding(part) } }
    return context.replacing(id) { $0.parts.put(part, inPlaceOfDraft: place, drafts) }
  }

  /// The reply's message comes into being with its first text, or goes on.
  private mutating func beginMessage(_ id: ReplyID, _ context: EngineContext) -> [EngineStep] {
    hasBegun = true
    firstTextAt = context.uptime
    let sealed = sealedReasoning
    sealedReasoning = []
    guard context.conversation.messages[id] == nil else {
      return context.replacing(id) { message in
        message.status = .streaming
        message.parts += sealed
      }
    }
    let message = Message(
      id: id, parent: parent, role: .assistant, parts: sealed, created: context.moment.timestamp,
      status: .streaming, reply: details)
    return [.change(.append(message)), .change(.select(leaf: id))]
  }

  private mutating func finish(
    _ id: ReplyID, _ reason: FinishReason?, _ context: EngineContext
  ) -> [EngineStep] {
    let message = context.conversation.messages[id]
    details?.finishReason = reason
    let asked = askedCalls(id, context)
    let outcome = outcome(finished: reason, asked, hasBegun ? message : nil)
    let remarks = remarksOnDraft + remarks(onQuestion: context)
    let kept = if case .callCut = outcome { [PlacedCall]() } else { asked }
    return end(as: .complete, outcome: outcome, adding: kept, context) + remarks
  }

  /// Settles the reply in flight: its message becomes final; one without text leaves all as it was.
  private mutating func end(
    as status: Message.Status, outcome: ReplyOutcome, adding calls: [PlacedCall] = [],
    _ context: EngineContext
  ) -> [EngineStep] {
    guard !isIdle, let id else { return [] }
    if status != .complete, hasBegun, details?.usage == nil {
      let estimate = estimatedUsage(of: id, context)
      details?.usage = estimate
    }
    let ended = self
    clear()
    self.outcome = outcome
    let cancel: [EngineStep] = status == .stopped ? [.effect(.reply(.cancel(id)))] : []
    return cancel + [.report(.ended(ended.ending(outcome, context)))]
      + ended.settling(id, as: status, calls, context)
  }
}
