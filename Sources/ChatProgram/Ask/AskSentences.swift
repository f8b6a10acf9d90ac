package import ChatEngine
package import Conversation
package import Language
import ModelCatalog

/// The sentences of a question without a screen: the state's facts, and what helps in a shell.
package struct AskSentences {
  /// The server that is asked where none is named.
  private let defaultProvider: String
  /// The pictures of the request, in order.
  private let pictures: () -> [PictureReference]
  /// The chat that the question is put in; nil where there is none.
  private let engine: ChatEngine?

  package init(
    defaultProvider: String, pictures: @autoclosure @escaping () -> [PictureReference],
    in engine: ChatEngine? = nil
  ) {
    self.defaultProvider = defaultProvider
    self.pictures = pictures
    self.engine = engine
  }

  /// What is to be told of a report; nil for nothing.
  package func phrase(of report: EngineReport) -> Phrase? {
    switch report {
    case .retrying(let delay, let because):
      say("\(because): trying again in \(max(1, delay / 1000)) s.")
    case .nameTaken(let name):
      say(
        "Another conversation is called \(name). Ask in it with --load, or choose another name.")
    case .pictureReady(_, let picture): warning(of: picture)
    case .documentReady(_, let document, let warnings):
      warnings.first.map { say("\(document.name): \($0)") }
    case .callNotAllowed(let tool):
      say("\(tool) is not allowed here, since nobody can be asked. --allow \(tool) allows it.")
    case .budgetReached, .budgetUncounted:
      report.phrase.map { say("\($0) Raise it with --budget.") }
    case .picturesUnseen: report.phrase.map { say("\($0) --model NAME asks one that sees.") }
    case .roundsUsedUp: report.phrase.map { say("\($0) Raise it with --rounds.") }
    case .ended(let ending): ending.cut.map(phrase(of:)) ?? phrase(of: ending.outcome)
    default: report.phrase
    }
  }

  /// What has to be known of the form in which a picture is sent, with its name; nil for nothing.
  private func warning(of picture: PreparedPicture) -> Phrase? {
    guard let first = picture.warnings.first else { return nil }
    let name = picture.reference.name
    let all = picture.warnings.dropFirst().reduce(say("\(name): \(first)")) { say("\($0) \($1)") }
    guard let plan = picture.fitted?.tilePlan else { return all }
    return say(
      "\(all) --detail tiles sends it as \(plan.count, .tiles) that can be read: \(plan.tokens.phrase)."
    )
  }

  private func phrase(of outcome: ReplyOutcome) -> Phrase? {
    guard let fact = outcome.fact else { return nil }
    switch outcome {
    case .finished(.length, _): return say("\(fact) Raise --max-tokens.")
    case .callCut(_, .length, _): return say("\(fact) Raise --max-tokens.")
    case .finished(_, hasText: false), .callCut: return say("\(fact) Ask again.")
    case .thoughtOnly:
      return say(
        "\(fact) A server may take answers for thoughts: see its reasoning parser.")
    case .finished, .called, .stopped: return fact
    case .failed(let failure): return phrase(of: failure)
    case .prevented(let obstacle): return phrase(of: obstacle)
    }
  }

  private func phrase(of cut: ReplyCut) -> Phrase {
    switch cut {
    case .contextFull: say("\(cut.fact) Ask with less before it, or in a new conversation.")
    case .serverLimit: say("\(cut.fact) --max-tokens N asks for more.")
    }
  }

  /// A refused picture is named: the server counts messages and parts, the user has files.
  private func phrase(of failure: ReplyFailure) -> Phrase {
    if case .pictureLimit(let limit?, isLearned: true) = failure.kind, let engine {
      return phrase(ofLearned: limit, engine) ?? failure.phrase
    }
    guard case .pictureRefused(let index) = failure.kind else { return failure.phrase }
    let pictures = pictures()
    let place = index ?? (pictures.count == 1 ? 0 : nil)
    guard let place, pictures.indices.contains(place) else { return failure.phrase }
    return say("\(failure.phrase) It is \(pictures[place].name); --detail low sends it smaller.")
  }

  /// A limit that a server told before is told like one that is known of the model.
  private func phrase(ofLearned limit: Int, _ engine: ChatEngine) -> Phrase? {
    let target = engine.target
    guard limit == 0 else {
      let count = CarriedMessages(engine.conversation.messagesForRequest).placeOfQuestion.count
      return phrase(
        of: .risk(.tooManyPictures(count: count, most: limit, host: target.provider.host)))
    }
    return phrase(of: .risk(.noVision(model: target.modelName ?? target.provider.host)))
  }

  private func phrase(of obstacle: RequestObstacle) -> Phrase? {
    let fact = obstacle.fact
    switch obstacle {
    case .providerMissing: return say("\(fact) Choose a server: --provider \(defaultProvider)")
    case .modelMissing(let offered):
      guard !offered.isEmpty else { return say("\(fact) Name one with --model.") }
      let names = offered.prefix(5).joined(separator: ", ") + (offered.count > 5 ? ", …" : "")
      return say("\(fact) Name one with --model; the server offers \(names).")
    case .nothingIncluded:
      return say("\(fact) Open the conversation with iris --load, and put one back with /keep.")
    // It was told when it happened.
    case .notStored: return nil
    case .risk(let risk):
      return risk.isOfOriginal
        ? say("\(fact) --anyway sends it smaller.")
        : say("\(fact) --anyway sends it all the same.")
    }
  }
}
