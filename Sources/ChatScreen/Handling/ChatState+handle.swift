import ChatEngine
package import Conversation
import Language
import Screen

extension ChatState {
  /// Takes in what happened, and says what is to be done.
  ///
  /// Synchronous, total and pure: time and randomness come with `moment`.
  package mutating func handle(_ event: ChatEvent, at moment: Moment) -> [ChatEffect] {
    self.moment = moment
    engine.advance(to: moment.uptime)
    let effects = decide(event, at: moment)
    if effects.contains(where: \.changesText) { composer.changesByOrder = true }
    return effects
  }

  private mutating func decide(_ event: ChatEvent, at moment: Moment) -> [ChatEffect] {
    switch event {
    case .composer(let event): handleComposerEvent(event, at: moment)
    case .key(let key): press(key, at: moment)
    case .terminal(let event): handleTerminalEvent(event, at: moment)
    case .engine(.store(let event)): send(.store(event)) + handleStoreEvent(event, at: moment)
    case .engine(let event): send(event) + speakReply()
    case .preview(let event): handlePreviewEvent(event)
    case .externalProgram(let event): handleExternalProgramEvent(event)
    case .sound(let event): handleSoundEvent(event)
    case .meaning(let event): handleMeaningEvent(event)
    case .view(.drawn(let report)): recordScrolling(report)
    case .program(let event): handleProgramEvent(event)
    case .attach(let sources): attach(sources)
    case .clock: send(.clock(draft: engine.persistence.draftIsDirty ? draftText : nil))
    }
  }

  private mutating func handleComposerEvent(_ event: ComposerEvent, at moment: Moment)
    -> [ChatEffect]
  {
    switch event {
    case .changed(let snapshot): change(to: snapshot, at: moment)
    case .accepted(let text): accept(text, at: moment)
    case .candidates(let candidates): show(candidates)
    case .pasted(let text): paste(text)
    case .edited(let text): comeBack(with: text)
    case .editorFailed(let saved): comeBack(afterFailureWith: saved)
    }
  }

  private mutating func handleTerminalEvent(_ event: TerminalEvent, at moment: Moment)
    -> [ChatEffect]
  {
    switch event {
    case .resized(let size):
      capabilities.size = size
      return viewAgain()
    case .resumed: break
    case .background(let isDark): capabilities.backgroundIsDark = isDark
    case .colors(let depth): return useColors(depth)
    case .placesPictures: return expectPlacements()
    case .graphics(let graphics): return useGraphics(graphics)
    case .copied(let phrase): notice = Notice(.information, phrase)
    case .copyFailed(let phrase): notice = Notice(.error, phrase)
    case .hungUp: return leave(.hungUp)
    case .terminated: return leave(.terminated)
    case .interrupted: return leave(.interrupted)
    }
    return []
  }

  private mutating func recordScrolling(_ report: ScrollReport) -> [ChatEffect] {
    transcript.record(report)
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

  /// What is being written, without keys, as it is kept with the conversation.
  var draftText: String { composer.draft.withoutKeys }

  /// Ends the program: what is still in memory goes to disk first.
  ///
  /// A user who asks to leave while messages are not on disk is told once: they would be lost.
  mutating func leave(_ reason: QuitReason) -> [ChatEffect] {
    let count = engine.persistence.refused.count
    if reason == .asked, count > 0, !session.isLosingKnown {
      session.isLosingKnown = true
      return send(.storeAgain)
        + fail(
          say(
            "Messages not on disk yet: \(count). /save FILE writes them elsewhere; leaving again loses them."
          ))
    }
    return send(.leaving(draft: draftText)) + [.quit(reason)]
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
