import ChatEngine
import Conversation
import Language

/// A question without a screen: the steps that a user takes on one, in their order.
extension ChatState {
  mutating func handle(_ event: AskEvent) -> [ChatEffect] {
    switch event {
    case .begin(let order): return begin(order)
    case .stop(let reason):
      asking?.phase = .over
      return leave(reason)
    }
  }

  private mutating func begin(_ order: AskOrder) -> [ChatEffect] {
    asking = AskState(order)
    guard let query = order.conversation else {
      session.given = nil
      return []
    }
    session.given = session.given ?? GivenSettings()
    return [.store(.load(query, at: nil))]
  }

  /// Takes every step whose condition is met; called behind each event.
  mutating func goOnAsking(at moment: Moment) -> [ChatEffect] {
    var effects: [ChatEffect] = []
    while let asking, asking.phase != .over, isDone(asking.phase) {
      let next = asking.hasFailed ? .over : asking.phase.next
      self.asking?.phase = next
      self.asking?.hasAnswer = false
      effects += enter(next, asking.order, at: moment)
    }
    return effects
  }

  private func isDone(_ phase: AskState.Phase) -> Bool {
    guard let asking else { return false }
    return switch phase {
    case .opening: session.given == nil
    case .choosingModel:
      currentModel != nil || asking.order.text == nil || asking.hasAnswer || asking.hasFailed
    // Every picture is tried, so that all that is wrong is told at once.
    case .preparing: !pictures.isPreparing
    case .naming: asking.order.name == nil || asking.hasAnswer || asking.hasFailed
    case .replying: reply.isIdle && commits.pending.isEmpty
    case .over: false
    }
  }

  private mutating func enter(
    _ phase: AskState.Phase, _ order: AskOrder, at moment: Moment
  ) -> [ChatEffect] {
    switch phase {
    case .opening: return []
    case .choosingModel:
      guard currentModel == nil, order.text != nil else { return [] }
      return [.listModels(provider: currentProvider.name)]
    case .preparing:
      let kept = prepare(order.pictures.map { .kept($0) }, detail: session.detail)
      return kept + attach(order.sources)
    case .naming: return order.name.map { rename(exactly: $0) } ?? []
    case .replying: return put(order, at: moment)
    case .over:
      pictures.waiting = []
      return leave(.asked)
    }
  }

  /// Writes the messages that were given, then the question, whose reply is asked for.
  ///
  /// A server that is missing is mended by another command line alone: nothing of this one stays.
  private mutating func put(_ order: AskOrder, at moment: Moment) -> [ChatEffect] {
    if order.text != nil, let obstacle = missingProviderObstacle(isConfirmed: false) {
      end(with: .prevented(obstacle))
      return []
    }
    var effects = order.text == nil ? [] : keepModel()
    for addition in order.additions { effects += add(addition.text, as: addition.role, at: moment) }
    guard let text = order.text else { return effects }
    session.role = .user
    return effects + write(text, at: moment)
  }

  /// Has a stored conversation go on with the model that answers it first.
  private mutating func keepModel() -> [ChatEffect] {
    guard session.keepsConversation, conversation.model == nil, let model = currentModel else {
      return []
    }
    conversation.model = model
    return session.isStored ? saveConversation() : []
  }

  /// Adds a message of any role without asking for a reply.
  mutating func add(_ text: String, as role: Role, at moment: Moment) -> [ChatEffect] {
    append(
      Message(
        id: newIdentifier(at: moment, after: leaf), parent: leaf, role: role, parts: [.text(text)],
        created: moment.timestamp))
  }

  /// Takes note of something that somebody without a screen has to be told.
  mutating func report(_ report: AskReport) { asking?.reports.append(report) }

  /// Takes note that a server's list of models could not be had, where the question waits for it.
  ///
  /// One that is asked for beside the question, to learn what a model takes, decides nothing.
  mutating func reportNoModels(_ failure: ReplyFailure) {
    if asking?.phase == .choosingModel { report(.noModels(failure)) }
  }

  /// Why something of the conversation is not on disk, where that keeps a request from being sent.
  var storeFailure: StoreFailure? {
    guard let asking, session.keepsConversation, !commits.refused.isEmpty else { return nil }
    let failures = asking.reports.compactMap { report in
      if case .notStored(let failure) = report { failure } else { nil }
    }
    return failures.last
  }
}
