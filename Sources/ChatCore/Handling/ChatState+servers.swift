import ChatEngine
import Conversation
import Language
import ModelCatalog

/// Which server the conversation is had with: it never changes without a word.
extension ChatState {
  /// The conversation's own server, where that is not configured here; nil when all is well.
  private var missingProvider: String? {
    guard let name = conversation.provider, surroundings.provider(named: name) == nil else {
      return nil
    }
    return name
  }

  /// What is to be told before anything of a conversation goes to another server than its own.
  private var missingProviderProblem: RequestObstacle? {
    guard let name = missingProvider else { return nil }
    return .providerMissing(name: name, host: currentProvider.host)
  }

  /// Tells of a conversation that was opened, and whose server is not configured here.
  mutating func warnOfMissingProvider() {
    guard let problem = missingProviderProblem else { return }
    notice = notice(of: problem)
    session.toldObstacle = problem
  }

  /// What keeps a conversation from going to another server than its own: only who was told, and
  /// asks for it, sends it there; nil when nothing is in the way.
  ///
  /// From then on the conversation belongs to the server that it was sent to.
  mutating func missingProviderObstacle(isConfirmed: Bool) -> RequestObstacle? {
    guard let problem = missingProviderProblem else { return nil }
    guard isConfirmed, session.toldObstacle == problem else {
      session.toldObstacle = problem
      return problem
    }
    let provider = currentProvider
    conversation.provider = provider.name
    if let model = conversation.model, !session.models.contains(model) {
      conversation.model = provider.defaultModel ?? model
    }
    return nil
  }

  /// The server of a conversation that is begun beside this one.
  var providerOfNextConversation: String? {
    missingProvider == nil ? conversation.provider : nil
  }
}

/// What servers tell of themselves.
extension ChatState {
  mutating func handle(_ event: ServerEvent) -> [ChatEffect] {
    switch event {
    case .models(let models, let provider):
      guard provider.map({ $0 == currentProvider.name }) ?? true else { return [] }
      return take(models: models)
    case .listed(let models, let provider):
      session.listed[provider] = models
      return warnOfBlindModel()
    case .modelsFailed(let phrase, let kind):
      reportNoModels(ReplyFailure(kind: kind, phrase: phrase))
      return missModels(phrase)
    case .schema(let format): return use(format)
    case .schemaFailed(let phrase):
      return fail(phrase) + giveBackCommand(for: \.readsSchema)
    case .keyMissing(let phrase):
      reportNoModels(ReplyFailure(kind: .keyRefused, phrase: phrase))
      return closeOverlay() + fail(phrase, offers: ["/key", "/provider"])
    case .keyTaken(let phrase):
      return [.listModels(provider: currentProvider.name)] + tell(phrase, offers: offerToSend)
    case .foundLocally(let names): return offer(local: names)
    }
  }

  /// What is to be said of pictures that wait for a model that sees none; nil for any other.
  var blindModelWarning: Phrase? {
    guard !(currentProvider.limits.takesPictures ?? model.hasVision ?? true) else { return nil }
    return say("\(currentModel ?? "") takes no pictures. /models lists others.")
  }

  /// The server has told of its models while pictures were waiting.
  private mutating func warnOfBlindModel() -> [ChatEffect] {
    guard !pictures.waiting.isEmpty, overlay == nil, let warning = blindModelWarning else {
      return []
    }
    notice = Notice(.warning, warning, offers: ["/models"])
    return []
  }

  /// `/key`: the program asks, so that the key is in no line that is edited, drawn or remembered.
  mutating func askKey() -> [ChatEffect] {
    guard !currentProvider.isDemo else {
      return fail(say("The demo wants no key. /provider chooses a server."), offers: ["/provider"])
    }
    guard reply.isIdle else { return failWhileReplyComes() }
    return [.terminal(.askKey(provider: currentProvider.name))]
  }

  /// No list came: said where somebody waits for it, or nothing can be sent without it.
  private mutating func missModels(_ phrase: Phrase) -> [ChatEffect] {
    if case .picker(let picker) = overlay, picker.subject == .models, picker.items.isEmpty {
      return closeOverlay() + fail(phrase)
    }
    if overlay == nil, currentModel == nil, reply.isIdle { notice = Notice(.warning, phrase) }
    return []
  }

  private mutating func take(models: [String]) -> [ChatEffect] {
    session.models = models.sorted()
    asking?.hasAnswer = true
    guard case .picker(var picker) = overlay, picker.subject == .models else {
      return currentModel == nil ? chooseModel() : []
    }
    guard !models.isEmpty else {
      return closeOverlay()
        + fail(say("The server lists no models. /model NAME chooses one all the same."))
    }
    picker.replace(items: modelItems)
    overlay = .picker(picker)
    return []
  }

  /// Where none is chosen: takes the only model that there is, or says how to choose.
  private mutating func chooseModel() -> [ChatEffect] {
    let host = currentProvider.host
    guard let first = session.models.first else { return [] }
    guard session.models.count == 1 else {
      let count = session.models.count
      return mention(say("\(host) offers \(count) models. /models chooses one."), ["/models"])
    }
    conversation.model = first
    return saveIfStored()
      + mention(say("The model is \(first), the only one at \(host)."), offerToSend)
  }

  /// Tells something that nobody asked for, unless a warning stands there.
  private mutating func mention(_ phrase: Phrase, _ offers: [String]) -> [ChatEffect] {
    notice.map { $0.kind == .information } ?? true ? tell(phrase, offers: offers) : []
  }

  /// Offers a server of this machine in the place of the demo.
  private mutating func offer(local names: [String]) -> [ChatEffect] {
    let found = names.compactMap { surroundings.provider(named: $0) }
    guard let first = found.first, currentProvider.isDemo else { return [] }
    let offers = found.map { "/provider " + $0.name }
    return mention(
      say("\(first.name) answers at \(first.host). \(offers[0]) uses it instead of the demo."),
      offers)
  }
}
