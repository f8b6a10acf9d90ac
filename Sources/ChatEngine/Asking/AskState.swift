package import Conversation

/// An effect of a question without a screen.
package enum AskEffect: Equatable, Sendable {
  case engine(EngineEffect)
  case quit(QuitReason)
}

/// A face without a screen: the steps that a user takes on one to put a question, in their order.
///
/// It holds an engine, hands it what happens, and takes the next step as soon as the one before is
/// done. What the engine reports goes out as it comes.
package struct AskState: Equatable, Sendable {
  /// The steps, in this order; a failure leads from any of them to `over`.
  package enum Phase: Int, Sendable {
    /// The stored conversation is being loaded.
    case opening
    /// The server is asked for its models, where none is chosen.
    case choosingModel
    /// Pictures are being found, read, kept and fitted.
    case preparing
    /// The conversation is being given its name.
    case naming
    /// The messages are written to disk, and the reply is asked for.
    case replying
    /// The end state.
    case over

    fileprivate var next: Phase { Phase(rawValue: rawValue + 1) ?? .over }
  }

  package private(set) var engine: ChatEngine
  package let input: AskInput
  package private(set) var phase = Phase.opening
  /// Whether what the phase asked for was answered.
  private var hasAnswer = false
  /// Whether something keeps the question from being asked.
  private var hasFailed = false

  package init(_ engine: ChatEngine, _ input: AskInput) {
    self.engine = engine
    self.input = input
  }

  /// Takes in what happened, and takes every step whose condition is met then.
  package mutating func handle(_ event: AskEvent, at moment: Moment) -> [AskEffect] {
    var effects: [AskEffect] =
      switch event {
      case .begin: begin(at: moment)
      case .engine(let event): handleEngineEvent(event, at: moment)
      case .stop(let reason): stop(reason, at: moment)
      }
    while phase != .over, isDone {
      phase = hasFailed ? .over : phase.next
      hasAnswer = false
      effects += enterPhase(at: moment)
    }
    return effects
  }

  private mutating func begin(at moment: Moment) -> [AskEffect] {
    guard let query = input.conversation else {
      return send(.settings(.openingEnded), at: moment)
    }
    return send(.settings(.openingBegan), at: moment) + [.engine(.store(.load(query, at: nil)))]
  }

  /// Ends the question early: what came of the reply stays.
  private mutating func stop(_ reason: QuitReason, at moment: Moment) -> [AskEffect] {
    phase = .over
    return send(.leaving(draft: nil), at: moment) + [.quit(reason)]
  }

  // MARK: - Steps

  private var isDone: Bool {
    switch phase {
    case .opening: engine.settings.given == nil
    case .choosingModel:
      engine.target.modelName != nil || input.text == nil || hasAnswer || hasFailed
    // Every picture is tried, so that all that is wrong is told at once.
    case .preparing: !engine.attachments.isPreparing
    case .naming: input.name == nil || hasAnswer || hasFailed
    case .replying: !engine.isBusy && engine.persistence.isSettled
    case .over: false
    }
  }

  private mutating func enterPhase(at moment: Moment) -> [AskEffect] {
    switch phase {
    case .opening: return []
    case .choosingModel:
      guard engine.target.modelName == nil, input.text != nil else { return [] }
      return send(.settings(.listModels), at: moment)
    case .preparing:
      let detail = engine.settings.detail
      let kept = input.pictures.map(PictureOrigin.kept)
      let attached = kept.isEmpty ? [] : send(.attachments(.attach(kept, detail)), at: moment)
      return input.sources.reduce(attached) { effects, source in
        effects + send(.attachments(.find(words: [source], detail)), at: moment)
      }
    case .naming: return input.name.map { rename(to: $0, at: moment) } ?? []
    case .replying: return sendMessages(at: moment)
    case .over: return send(.leaving(draft: nil), at: moment) + [.quit(.asked)]
    }
  }

  private mutating func rename(to name: Label, at moment: Moment) -> [AskEffect] {
    send(.conversation(.rename(name)), at: moment)
      + [.engine(.store(.rename(engine.conversation.id, name.text)))]
  }

  /// Writes the messages that were given, then the question, whose reply is asked for.
  ///
  /// A server that is missing is mended by another command line alone: nothing of this one stays.
  private mutating func sendMessages(at moment: Moment) -> [AskEffect] {
    if input.text != nil, let name = engine.missingProvider {
      let host = engine.target.provider.host
      let obstacle = RequestObstacle.providerMissing(name: name, host: host)
      return [.engine(.report(.ended(RunEnding(.prevented(obstacle)))))]
    }
    var effects = input.text == nil ? [] : send(.settings(.keepModel), at: moment)
    for addition in input.additions {
      let message = NewMessage(addition.role, addition.text, takesPictures: false)
      effects += send(.conversation(.add(message)), at: moment)
    }
    guard let text = input.text else { return effects }
    return effects + send(.conversation(.send(NewMessage(.user, text))), at: moment)
  }

  // MARK: - What comes

  private mutating func handleEngineEvent(_ event: EngineEvent, at moment: Moment) -> [AskEffect] {
    let effects = send(event, at: moment)
    guard case .store(let event) = event else { return effects }
    return effects + handleStoreEvent(event, at: moment)
  }

  /// Takes in the store's answers to this face's own questions.
  private mutating func handleStoreEvent(_ event: StoreEvent, at moment: Moment) -> [AskEffect] {
    switch event {
    case .loaded(let conversation, _):
      return send(.conversation(.enter(conversation, isStored: true)), at: moment)
    case .named(let id, let name):
      guard id == engine.conversation.id else { return [] }
      hasAnswer = true
      return send(.conversation(.named(Label(name))), at: moment)
    case .nameTaken(let name): return fail(.nameTaken(name))
    case .draftWaits(let summary): return [.engine(.report(.remark(summary.newerDraft)))]
    case .done(let phrase), .news(let phrase):
      return [.engine(.report(.remark(phrase)))]
    case .failed(let phrase, _, let kind):
      return failToOpen(StoreFailure(kind: kind, phrase: phrase), at: moment)
    case .notFound(let phrase, let effect):
      // A conversation whose row could not be written is not there to be named: the cause is told.
      var failure = StoreFailure(kind: .missing, phrase: phrase)
      if case .rename = effect { failure = engine.persistence.rowFailure ?? failure }
      return failToOpen(failure, at: moment)
    default: return []
    }
  }

  private mutating func failToOpen(_ failure: StoreFailure, at moment: Moment) -> [AskEffect] {
    fail(.notOpened(failure)) + send(.settings(.openingEnded), at: moment)
  }

  private mutating func fail(_ report: EngineReport) -> [AskEffect] {
    hasFailed = true
    return [.engine(.report(report))]
  }

  /// Hands the engine an event, and answers those of its reports that ask for something.
  private mutating func send(_ event: EngineEvent, at moment: Moment) -> [AskEffect] {
    engine.handle(event, at: moment).flatMap { effect -> [AskEffect] in
      guard case .report(let report) = effect else { return [.engine(effect)] }
      return answer(report, at: moment)
    }
  }

  private mutating func answer(_ report: EngineReport, at moment: Moment) -> [AskEffect] {
    switch report {
    case .picturesFound(_, let sources, let detail):
      let origins = sources.map(PictureOrigin.written)
      return send(.attachments(.attach(origins, detail)), at: moment)
    case .modelsListed:
      hasAnswer = true
      return send(.settings(.chooseModel), at: moment)
    // A list that is asked for beside the question, to learn what a model takes, decides nothing.
    case .modelsFailed, .keyMissing:
      return phase == .choosingModel ? fail(report) : []
    case .picturesMissing, .pictureFailed: return fail(report)
    case .storedAgain, .draftNotStored, .foreseen, .modelsOffered, .modelChosen, .modelFactsListed:
      return []
    default: return [.engine(.report(report))]
    }
  }
}
