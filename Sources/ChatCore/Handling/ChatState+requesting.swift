import ChatEngine
import Conversation
import Language

extension ChatState {
  /// `/send`: asks for a reply to the history as it stands; one that broke off goes on.
  mutating func send(at moment: Moment) -> [ChatEffect] {
    guard reply.isIdle else {
      return failWhileReplyComes()
    }
    guard !conversation.messages.isEmpty || conversation.instructions != nil else {
      return fail(say("There is nothing to send yet. Type a message and press Enter."))
    }
    return requestReply(at: moment, isConfirmed: true)
  }

  /// `/retry`: the message before the last reply is answered anew.
  mutating func retry(at moment: Moment) -> [ChatEffect] {
    guard reply.isIdle else { return failWhileReplyComes() }
    guard let last = leaf.flatMap({ conversation.messages[$0] }) else {
      return fail(say("There is no reply to ask for again. Type a message and press Enter."))
    }
    guard last.role == .assistant else { return requestReply(at: moment, isConfirmed: true) }
    conversation.messages.select(leaf: last.parent)
    transcript.jump(to: .bottom)
    return requestReply(at: moment, beside: last.id, isConfirmed: true)
  }

  /// Asks for a reply to the path in use, once everything in it is on disk.
  ///
  /// `older` is a reply that stays as a variant, and comes back into use when no text comes.
  /// `isConfirmed` says that the user insists although a limit seems to be passed.
  mutating func requestReply(
    at moment: Moment, beside older: MessageID? = nil, isConfirmed: Bool = false
  ) -> [ChatEffect] {
    let provider = conversation.provider
    if let obstacle = obstacle(isConfirmed: isConfirmed || session.ignoresRisks) {
      notice = notice(of: obstacle)
      end(with: .prevented(obstacle))
      guard let older else { return markUnsent() }
      conversation.messages.select(leaf: older)
      return []
    }
    let belonging = provider == conversation.provider ? [] : saveConversation()
    let last = leaf.flatMap { conversation.messages[$0] }
    let unfinished = older == nil && last?.isUnfinished == true ? last?.id : nil
    let order = ReplyOrder(
      id: unfinished ?? newIdentifier(at: moment, 1, after: leaf),
      provider: currentProvider.name, model: currentModel ?? "",
      instructions: conversation.instructions, messages: requestMessages(at: moment),
      parameters: conversation.parameters, isStreamed: session.streamsReplies)
    return belonging + begin(order, beside: older, at: moment)
  }

  /// What the next request carries beside the instructions.
  ///
  /// A reply that broke off is followed by a message that asks for the rest: not every server takes
  /// a history that ends with a reply, and those that do begin a new one.
  private func requestMessages(at moment: Moment) -> [Message] {
    let messages = conversation.messages.path.compactMap(\.forRequest)
    guard let last = messages.last, last.id == leaf, last.isUnfinished else { return messages }
    let nudge = Message(
      id: newIdentifier(at: moment, 2, after: last.id), parent: last.id, role: .user,
      parts: [.text(Self.nudge)], created: moment.timestamp)
    return messages + [nudge]
  }

  /// Asks a model, not a user, to go on.
  static let nudge = "Go on exactly where your last message ended. Do not repeat any of it."

  /// Why there is no request now; nil when nothing is in its way.
  private mutating func obstacle(isConfirmed: Bool) -> RequestObstacle? {
    if let obstacle = missingProviderObstacle(isConfirmed: isConfirmed) { return obstacle }
    guard currentModel != nil else { return .modelMissing(offered: session.models) }
    guard conversation.instructions != nil || hasSomethingToSend else { return .nothingIncluded }
    guard let risk = requestRisk(), risk != session.acceptedRisk, !session.ignoresRisks else {
      return nil
    }
    guard isConfirmed, session.toldObstacle == .risk(risk) else {
      session.toldObstacle = .risk(risk)
      return .risk(risk)
    }
    session.acceptedRisk = risk
    return nil
  }

  /// An obstacle as the screen tells it, with the commands that lead around it.
  func notice(of obstacle: RequestObstacle) -> Notice {
    let fact = obstacle.fact
    switch obstacle {
    case .providerMissing(_, let host):
      return Notice(
        .warning, say("\(fact) /send sends it to \(host), /provider chooses."),
        offers: ["/provider", "/send"])
    case .modelMissing:
      return Notice(
        .error, say("\(fact) Choose one with /model NAME or /models, then /send."),
        offers: ["/models"])
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

  private var hasSomethingToSend: Bool {
    conversation.messages.pathIDs.contains { conversation.messages[$0]?.forRequest != nil }
  }

  private mutating func begin(
    _ order: ReplyOrder, beside older: MessageID?, at moment: Moment
  ) -> [ChatEffect] {
    reply = ReplyState()
    reply.now = moment.uptime
    reply.id = order.id
    reply.parent = leaf
    reply.older = older
    reply.startedAt = moment.uptime
    reply.details = ReplyDetails(model: order.model, provider: order.provider)
    reply.phase = .committing(order)
    return markSent() + setClock() + requestWhenCommitted()
  }

  /// Sends the request as soon as the store has every message of it, or has refused one.
  mutating func requestWhenCommitted() -> [ChatEffect] {
    guard case .committing(let order) = reply.phase, commits.pending.isEmpty else { return [] }
    // Who has no screen cannot see that a message is not on disk, and would pay for it all the same.
    if let failure = storeFailure {
      end(with: .prevented(.notStored(failure)))
      return endReply(as: .cutOff)
    }
    reply.phase = .connecting
    return [.reply(.request(order))]
  }

  /// Every message of the request counts as sent from now on, and as unsent again if nothing comes.
  private mutating func markSent() -> [ChatEffect] {
    let unsent = conversation.messages.pathIDs.filter {
      conversation.messages[$0]?.status == .unsent
    }
    reply.questions = unsent
    if let leaf, !unsent.contains(leaf), isUnanswered(leaf) { reply.questions.append(leaf) }
    return unsent.flatMap { id in update(id) { $0.status = .complete } }
  }

  /// Marks the message at the leaf as one that no server has answered.
  private mutating func markUnsent() -> [ChatEffect] {
    leaf.map { markUnsent([$0]) } ?? []
  }

  mutating func markUnsent(_ ids: [MessageID]) -> [ChatEffect] {
    ids.filter(isUnanswered).flatMap { id in update(id) { $0.status = .unsent } }
  }

  /// Whether it is a user's message that nothing follows, and that is not marked yet.
  private func isUnanswered(_ id: MessageID) -> Bool {
    guard let message = conversation.messages[id], message.role == .user else { return false }
    return message.status == .complete
      && (id != leaf || conversation.messages.children(of: id).isEmpty)
  }
}
