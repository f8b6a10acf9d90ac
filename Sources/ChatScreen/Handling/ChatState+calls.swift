package import ChatEngine
import Conversation
import Language

/// The question about calls of tools: letters decide about the one that is chosen.
extension ChatState {
  /// The calls that are asked about.
  package var askedCalls: [CallRound.Entry] { engine.calls.round?.undecided ?? [] }

  mutating func askAboutCalls() -> [ChatEffect] {
    guard let round = engine.calls.round else { return [] }
    transcript.jump(to: .bottom)
    return open(.calls(CallQuestion(message: round.message, at: moment.uptime)))
  }

  /// Takes the composer's changes while the question stands there.
  mutating func typeIntoCalls(_ text: String, _ question: CallQuestion) -> [ChatEffect] {
    guard [.letters, .rule].contains(question.entry), let letter = text.first else { return [] }
    if isStillTyping(question) { return keepTyped(text) }
    let cleared: [ChatEffect] = [.composer(.setText(""))]
    if question.entry == .rule {
      guard CallLetter(letter) == .always else { return cleared + enter(.letters, "", question) }
      return cleared + decide(.allow(.always), question)
    }
    switch CallLetter(letter) {
    case .once: return cleared + decide(.allow(.once), question)
    case .conversation: return cleared + decide(.allow(.conversation), question)
    case .always: return cleared + enter(.rule, "", question) + noteTyping()
    case .no: return cleared + decide(.refuse(), question)
    case .reason: return enter(.reason, "", question)
    case .edit:
      let call = asked(question)
      return enter(.arguments, call?.arguments ?? call?.call.arguments ?? "", question)
    // Whoever types words does not mean the letters of them.
    case nil: return keepTyped(text)
    }
  }

  /// What is typed belongs to the message: it comes back to it, and letters wait anew.
  private mutating func keepTyped(_ text: String) -> [ChatEffect] {
    composer.stash = composer.draft + text
    return noteTyping() + [.composer(.setText(""))]
  }

  /// Enter: no, or the end of what is being typed.
  mutating func acceptInCalls(_ text: String, _ question: CallQuestion) -> [ChatEffect] {
    switch question.entry {
    case .letters:
      return isStillTyping(question) ? noteTyping() : decide(.refuse(), question)
    case .rule: return enter(.letters, "", question)
    case .reason:
      let reason = text.trimmed
      return decide(.refuse(reason: reason.isEmpty ? nil : reason), question)
    case .arguments:
      var call = asked(question)?.call
      call?.arguments = text
      guard call?.compactArguments != nil else {
        return fail(say("These arguments are no JSON object. Mend them, or leave with Esc."))
      }
      return decide(.allow(.once, arguments: text), question)
    }
  }

  /// A key while the question stands there; nil where the key does what it always does.
  mutating func pressInCalls(_ key: KeyAction, _ question: CallQuestion) -> [ChatEffect]? {
    var question = question
    switch key {
    case .cancel, .interrupt, .endOfInput:
      if question.entry != .letters { return enter(.letters, "", question) }
      return closeOverlay() + stopReply()
    case .accept: return acceptInCalls(composer.text, question)
    case .up: question.selection = max(0, question.selection - 1)
    case .down: question.selection = min(askedCalls.count - 1, question.selection + 1)
    case .pageUp, .lineUp, .wheelUp: question.offset = max(0, question.offset - 1)
    case .pageDown, .lineDown, .wheelDown: question.offset += 1
    case .redraw, .suspend, .mouse: return nil
    default: return []
    }
    if question.selection != currentQuestion?.selection { question.offset = 0 }
    overlay = .calls(question)
    return []
  }

  private var currentQuestion: CallQuestion? {
    if case .calls(let question)? = overlay { question } else { nil }
  }

  private func asked(_ question: CallQuestion) -> CallRound.Entry? {
    askedCalls.indices.contains(question.selection) ? askedCalls[question.selection] : nil
  }

  private func isStillTyping(_ question: CallQuestion) -> Bool {
    moment.uptime - question.lastTyped < CallQuestion.pause
  }

  private mutating func noteTyping() -> [ChatEffect] {
    guard var question = currentQuestion else { return [] }
    question.lastTyped = moment.uptime
    overlay = .calls(question)
    return []
  }

  private mutating func enter(
    _ entry: CallQuestion.Entry, _ text: String, _ question: CallQuestion
  ) -> [ChatEffect] {
    var question = question
    question.entry = entry
    overlay = .calls(question)
    return composer.show(text)
  }

  /// Marks the chosen call and goes on to the next; with the last one all decisions go.
  private mutating func decide(
    _ decision: CallDecision, _ question: CallQuestion
  ) -> [ChatEffect] {
    guard let round = engine.calls.round, let entry = asked(question) else { return closeOverlay() }
    var question = question
    question.decisions[round.key(of: entry)] = decision
    if case .allow(let scope, arguments: nil) = decision, scope != .once, !round.isResumed {
      allowOthers(like: entry, of: round, in: &question)
    }
    let keys = askedCalls.map { round.key(of: $0) }
    guard let next = keys.firstIndex(where: { question.decisions[$0] == nil }) else {
      session.hasJustAnswered = true
      notice = nil
      return closeOverlay() + send(.calls(.decide(question.decisions)))
    }
    question.selection = next
    question.offset = 0
    question.entry = .letters
    overlay = .calls(question)
    return composer.show("")
  }

  /// Marks what is left to decide of a tool that was just allowed for more than one call.
  private func allowOthers(
    like entry: CallRound.Entry, of round: CallRound, in question: inout CallQuestion
  ) {
    for other in askedCalls where other.tool?.name == entry.tool?.name && other.arguments != nil {
      let key = round.key(of: other)
      if question.decisions[key] == nil { question.decisions[key] = .allow(.once) }
    }
  }
}
