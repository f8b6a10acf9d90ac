import ChatEngine
package import Conversation
import Language
import Screen

extension ChatState {
  /// Takes in what happened, and says what is to be done.
  ///
  /// Synchronous, total and pure: time and randomness come with `moment`.
  package mutating func handle(_ event: ChatEvent, at moment: Moment) -> [ChatEffect] {
    reply.now = moment.uptime
    let effects = decide(event, at: moment)
    if effects.contains(where: \.changesText) { composer.changesByOrder = true }
    return asking == nil ? effects : effects + goOnAsking(at: moment)
  }

  private mutating func decide(_ event: ChatEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .composer(let event): handle(event, at: moment)
    case .key(let key): press(key, at: moment)
    case .terminal(let event): handle(event, at: moment)
    case .reply(let id, let event): handle(event, of: id, at: moment)
    case .replyFailed(let id, let failure): handleFailure(failure, of: id)
    case .picture(let event): handle(event, at: moment)
    case .preview(let event): handle(event)
    case .store(let event): handle(event, at: moment)
    case .server(let event): handle(event)
    case .tool(let event): handle(event)
    case .view(.drawn(let report)): handle(report)
    case .ask(let event): handle(event)
    case .program(let event): handle(event)
    case .attach(let sources): attach(sources)
    case .clock: tick(at: moment)
    }
  }

  private mutating func handle(_ event: ComposerEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .changed(let snapshot): change(to: snapshot, at: moment)
    case .accepted(let text): accept(text, at: moment)
    case .candidates(let candidates): show(candidates)
    case .pasted(let text): paste(text)
    case .edited(let text): comeBack(with: text)
    case .editorFailed(let saved): comeBack(afterFailureWith: saved)
    }
  }

  private mutating func handle(_ event: TerminalEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .resized(let size):
      surroundings.size = size
      return viewAgain()
    case .resumed: break
    case .background(let isDark): surroundings.backgroundIsDark = isDark
    case .placesPictures: return expectPlacements()
    case .graphics(let graphics): return take(graphics)
    case .copied(let phrase): notice = Notice(.information, phrase)
    case .copyFailed(let phrase): notice = Notice(.error, phrase)
    case .hungUp: return leave(.hungUp)
    case .terminated: return leave(.terminated)
    }
    return []
  }

  private mutating func handle(_ report: ScrollReport) -> [ChatEffect] {
    transcript.handle(report)
    if case .page(var page) = overlay, let offset = report.pageOffset {
      page.offset = offset
      overlay = .page(page)
    }
    return preview(report.previews)
  }

  /// Shows what Tab found; Tab again shows what was not in sight.
  private mutating func show(_ candidates: [String]) -> [ChatEffect] {
    composer.candidateScreens =
      candidates == composer.candidates ? composer.candidateScreens + 1 : 0
    composer.candidates = candidates
    return []
  }

  /// Does what was to be done at its time: the reply's text and the draft go to disk.
  private mutating func tick(at moment: Moment) -> [ChatEffect] {
    session.clockIsSet = false
    var effects = flushReply(at: moment) + saveDraft(at: moment)
    if commits.isRetryDue(at: moment.uptime) { effects += commitAgain() }
    if needsClock { effects += setClock() }
    return effects
  }

  private var needsClock: Bool {
    !reply.isIdle || pictures.isPreparing || tools.pipe != nil || session.draftIsDirty
      || !commits.refused.isEmpty
  }

  /// Asks for a `.clock` event, if none is on its way.
  ///
  /// A quarter of a second is both the longest that a reply may wait for the disk and the step of
  /// the elapsed time in the bar.
  mutating func setClock() -> [ChatEffect] {
    guard !session.clockIsSet else { return [] }
    session.clockIsSet = true
    return [.wake(after: ChatState.clockStep)]
  }

  /// Milliseconds between two `.clock` events while something waits for them.
  package static let clockStep: Int64 = 250

  /// Ends the program: what is still in memory goes to disk first.
  ///
  /// Who asks to leave while the disk refuses messages is told once, for they would be lost.
  mutating func leave(_ reason: QuitReason) -> [ChatEffect] {
    if reason == .asked, asking == nil, !commits.refused.isEmpty, !session.isLosingKnown {
      session.isLosingKnown = true
      let count = commits.refused.count
      return commitAgain()
        + fail(
          say(
            "Messages not on disk yet: \(count). /save FILE writes them elsewhere; leaving again loses them."
          ))
    }
    var effects = endReply(as: .stopped)
    noteDraft()
    if asking == nil, shouldKeepDraft { effects += saveConversation() }
    if !commits.refused.isEmpty { effects += commitAgain() }
    return effects + [.quit(reason)]
  }
}

extension ChatEffect {
  /// Whether it changes the composer's text.
  fileprivate var changesText: Bool {
    switch self {
    case .composer(.setText), .composer(.insert): true
    default: false
    }
  }
}
