import ChatEngine
import Conversation
import Language

/// The screen as a face of the engine: events go in, reports become notices.
extension ChatState {
  /// Hands the engine an event; what it wants to be told stands in the notice line, or is answered.
  mutating func send(_ event: EngineEvent) -> [ChatEffect] {
    var effects: [ChatEffect] = []
    for effect in engine.handle(event, at: moment) {
      if case .report(let report) = effect {
        effects += show(report)
      } else {
        effects.append(.engine(effect))
      }
    }
    return effects
  }

  private mutating func show(_ report: EngineReport) -> [ChatEffect] {
    switch report {
    case .retrying, .nameTaken, .notOpened: return []
    case .remark, .serverChanged, .replyUnfit: show(.information, report)
    case .adapted(let phrase): show(adaptation: phrase)
    case .lost(let phrase): show(loss: phrase)
    case .ended(let ending):
      show(ending)
      if case .failed(let failure) = ending.outcome { return takeBackRefusedPrompt(failure) }
    case .foreseen(let obstacle): notice = notice(of: obstacle)
    case .notStored, .notCounted:
      guard notice?.topic == .loss, let phrase = report.phrase else {
        show(.error, report)
        break
      }
      add(toLoss: phrase)
    case .storedAgain:
      session.isLosingKnown = false
      guard let loss = session.loss, notice?.topic == .loss, let phrase = report.phrase else {
        show(.information, report)
        break
      }
      notice = Notice(.error, say("\(loss) \(phrase)"), offers: [.retry], topic: .loss)
    case .draftNotStored(let phrase): show(draftFailure: phrase)
    case .branched: show(.warning, report)
    case .picturesFound(let request, let sources, let detail):
      return receive(sources, of: request, detail)
    case .picturesMissing(let request, let failure, let isThere):
      return miss(request, because: failure.phrase, isThere: isThere)
    case .pictureReady(let id, _): return pictureReady(id)
    case .pictureTiled(let id, name: _, _, _): return pictureTiled(id, report)
    case .pictureFailed(let id, _): return pictureFailed(id)
    case .documentReady(let id, _, warnings: _): return pictureReady(id)
    case .modelsListed: return showModels()
    case .modelsOffered(let count): offerModels(count)
    case .modelChosen(let name): tellChosen(name)
    case .modelsFailed(let failure): return missModels(failure.phrase)
    case .keyMissing(let phrase):
      return closeEmptyModelPicker() + fail(phrase, offers: [.key, .provider(nil)])
    case .modelFactsListed: warnOfBlindModel()
    case .callsAsked: return askAboutCalls()
    case .callStarted, .callNotAllowed: break
    case .callFinished: return dropAnsweredForms()
    case .questionAsked(let question): return ask(question)
    case .questionDeclined: show(.information, report)
    case .callsOpen:
      guard let phrase = report.phrase else { break }
      notice = Notice(
        .warning, say("\(phrase) /send asks what becomes of it."), offers: [.send])
    case .picturesUnseen:
      guard let phrase = report.phrase else { break }
      notice = Notice(
        .warning, say("\(phrase) /models chooses one that sees."), offers: [.models])
    case .roundsUsedUp:
      guard let phrase = report.phrase else { break }
      notice = Notice(.warning, say("\(phrase) /send lets it go on."), offers: [.send])
    case .budgetReached, .budgetUncounted:
      guard let phrase = report.phrase else { break }
      notice = Notice(.warning, say("\(phrase) /send lets it go on."), offers: [.send])
    case .toolsListed(let problems): return toolsListed(problems)
    case .rulesNotKept: show(.error, report)
    }
    return []
  }

  private mutating func show(_ kind: Notice.Kind, _ report: EngineReport) {
    guard let phrase = report.phrase else { return }
    notice = Notice(kind, phrase)
  }

  /// Several things that a server does not take are told together: none hides another.
  private mutating func show(adaptation phrase: Phrase) {
    guard notice?.topic != .loss else { return add(toLoss: phrase) }
    let earlier = notice.flatMap { $0.topic == .adaptation ? $0.phrase : nil }
    guard earlier?.includes(phrase) != true else { return }
    notice = Notice(
      .information, earlier.map { say("\($0) \(phrase)") } ?? phrase, topic: .adaptation)
  }

  /// A part of a reply cannot be kept here: what the disk refuses next does not take that away.
  private mutating func show(loss phrase: Phrase) {
    guard notice?.topic != .loss else { return add(toLoss: phrase) }
    let before = notice.flatMap { $0.kind == .error ? $0.phrase : nil }
    let told = say("\(phrase) /retry asks for the reply again.")
    session.loss = told
    notice = Notice(
      .error, before.map { say("\(told) \($0)") } ?? told, offers: [.retry], topic: .loss)
  }

  private mutating func add(toLoss phrase: Phrase) {
    guard let loss = notice, !loss.phrase.includes(phrase) else { return }
    notice = Notice(.error, say("\(loss.phrase) \(phrase)"), offers: loss.offers, topic: .loss)
  }

  /// A draft that could not be written is tried again: that is told once, until it has worked for long.
  private mutating func show(draftFailure phrase: Phrase) {
    let pause = 4 * Persistence.draftPause
    let isNews = session.draftRefusedAt.map { moment.uptime - $0 > pause } ?? true
    // An error that is being shown is not taken away: this one comes again.
    if !isNews || notice?.kind != .error { session.draftRefusedAt = moment.uptime }
    if isNews, notice?.kind != .error { notice = Notice(.error, phrase) }
  }
}

extension Phrase {
  /// Whether it is the other, or has it among its parts.
  fileprivate func includes(_ other: Phrase) -> Bool {
    self == other
      || arguments.contains {
        if case .phrase(let part) = $0 { part.includes(other) } else { false }
      }
  }
}
