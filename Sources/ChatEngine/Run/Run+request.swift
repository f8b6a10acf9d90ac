import Conversation
import ModelCatalog

/// From what a face asks for to the request: obstacles, risks, and what the request carries.
extension Run {
  mutating func request(isConfirmed: Bool, _ context: EngineContext) -> [EngineStep] {
    if let obstacle = obstacle(isConfirmed: isConfirmed, context) {
      return prevent(obstacle) + markUnsent(context.leaf.map { [$0] } ?? [], context)
    }
    return begin(on: context.conversation, beside: nil, context)
  }

  /// Only where nothing is in the way the older reply leaves the path.
  mutating func retry(_ context: EngineContext) -> [EngineStep] {
    guard let last = context.leaf.flatMap({ context.conversation.messages[$0] }) else { return [] }
    guard last.role == .assistant else { return request(isConfirmed: true, context) }
    var conversation = context.conversation
    conversation.messages.select(leaf: last.parent)
    if let obstacle = obstacle(isConfirmed: true, context, on: conversation) {
      return prevent(obstacle)
    }
    return [.change(.select(leaf: last.parent))]
      + begin(on: conversation, beside: last.id, context)
  }

  private mutating func prevent(_ obstacle: RequestObstacle) -> [EngineStep] {
    outcome = .prevented(obstacle)
    return [.report(.ended(RunEnding(.prevented(obstacle))))]
  }

  /// The conversation's own server, where that is not configured here.
  func missingProvider(_ context: EngineContext) -> RequestObstacle? {
    context.missingProvider.map {
      .providerMissing(name: $0, host: context.target.provider.host)
    }
  }

  /// Why there is no request now; nil when nothing is in its way.
  private mutating func obstacle(
    isConfirmed: Bool, _ context: EngineContext, on conversation: Conversation? = nil
  ) -> RequestObstacle? {
    let conversation = conversation ?? context.conversation
    if let problem = missingProvider(context) {
      toldObstacle = problem
      return problem
    }
    guard context.target.modelName != nil else {
      return .modelMissing(offered: context.models)
    }
    guard conversation.instructions != nil || conversation.hasSomethingToSend else {
      return .nothingIncluded
    }
    guard !options.ignoresRisks,
      let risk = RequestLimits.risk(of: conversation, to: context.target), risk != acceptedRisk
    else { return nil }
    guard isConfirmed, toldObstacle == .risk(risk) else {
      toldObstacle = .risk(risk)
      return .risk(risk)
    }
    acceptedRisk = risk
    return nil
  }

  private mutating func begin(
    on conversation: Conversation, beside older: MessageID?, _ context: EngineContext
  ) -> [EngineStep] {
    let leaf = conversation.messages.leaf
    let last = leaf.flatMap { conversation.messages[$0] }
    let unfinished = older == nil && last?.isUnfinished == true ? last?.id : nil
    let request = ReplyRequest(
      id: unfinished ?? context.moment.messageID(1, after: leaf),
      provider: context.target.provider.name, model: context.target.modelName ?? "",
      instructions: conversation.instructions,
      messages: messages(of: conversation, context.moment),
      parameters: context.parameters(of: conversation), tools: context.offeredTools,
      isStreamed: options.streamsReplies)
    start(request, parent: leaf, beside: older)
    return markSent(conversation, context) + requestWhenSettled(context)
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

  /// What the request carries beside the instructions.
  ///
  /// A reply that broke off is followed by a message that asks for the rest: not every server takes
  /// a history that ends with a reply, and those that do begin a new one.
  private func messages(of conversation: Conversation, _ moment: Moment) -> [Message] {
    let messages = conversation.messagesForRequest
    guard let last = messages.last, last.id == conversation.messages.leaf, last.isUnfinished else {
      return messages
    }
    let nudge = Message(
      id: moment.messageID(2, after: last.id), parent: last.id, role: .user,
      parts: [.text(Self.nudge)], created: moment.timestamp)
    return messages + [nudge]
  }

  /// Asks a model, not a user, to go on.
  static let nudge = "Go on exactly where your last message ended. Do not repeat any of it."

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

  /// Marks messages as such that no server has answered.
  func markUnsent(_ ids: [MessageID], _ context: EngineContext) -> [EngineStep] {
    ids.filter(context.conversation.isUnanswered).flatMap { id in
      context.replacing(id) { $0.status = .unsent }
    }
  }
}

extension Conversation {
  fileprivate var hasSomethingToSend: Bool {
    messages.pathIDs.contains { messages[$0]?.forRequest != nil }
  }

  /// Whether it is a user's message that nothing follows, and that is not marked yet.
  fileprivate func isUnanswered(_ id: MessageID) -> Bool {
    guard let message = messages[id], message.role == .user else { return false }
    return message.status == .complete && (id != messages.leaf || messages.children(of: id).isEmpty)
  }
}
