import ChatEngine
import Conversation
import Language
import Screen

extension ChatState {
  mutating func press(_ key: KeyAction, at moment: Moment) -> [ChatEffect] {
    if key != .interrupt { forgetQuitting() }
    session.hasJustAnswered = false
    // While a picture fills the screen, any key goes back.
    if pictureView?.masked != nil { return takeMaskKey(.leave) }
    if pictureView != nil { return handlePictureViewEvent(.closed) }
    if overlay != nil, let effects = pressInOverlay(key, at: moment) { return effects }
    switch key {
    case .cancel: return cancel(at: moment)
    case .interrupt: return interrupt(at: moment)
    case .endOfInput: return leave(.asked)
    case .newline, .up, .down, .accept, .left, .right, .wordLeft, .wordRight:
      return []  // The composer does these itself.
    case .select: return startSelecting()
    case .editor: return openEditor()
    case .redraw: return [.terminal(.redraw)]
    case .suspend: return [.terminal(.suspend)]
    case .help: return showKeys()
    case .copyReply: return copy("")
    case .previews: return setPreviews(!capabilities.previewsAreOn)
    case .mouse: return toggleMouse()
    case .raw: return toggleRaw()
    case .foldReasoning: return foldReasoning()
    case .foldCalls:
      holdPlace()
      transcript.showsCalls.toggle()
      return []
    case .offer1: return acceptOffer(0)
    case .offer2: return acceptOffer(1)
    case .offer3: return acceptOffer(2)
    case .previousVariant: return showVariant(by: -1)
    case .nextVariant: return showVariant(by: 1)
    default: return move(key)
    }
  }

  /// Keys that move the transcript.
  private mutating func move(_ key: KeyAction) -> [ChatEffect] {
    let page = max(1, transcript.report.visibleRows - 1)
    switch key {
    case .pageUp: transcript.scroll(by: -page)
    case .pageDown: transcript.scroll(by: page)
    case .lineUp: transcript.scroll(by: -1)
    case .lineDown: transcript.scroll(by: 1)
    case .wheelUp: transcript.scroll(by: -3)
    case .wheelDown: transcript.scroll(by: 3)
    case .top, .home: transcript.jump(to: .top)
    case .bottom, .end: transcript.jump(to: .bottom)
    case .messageUp: moveByMessage(-1)
    case .messageDown: moveByMessage(1)
    case .findNext: return moveToMatch(by: 1)
    case .findPrevious: return moveToMatch(by: -1)
    default: break
    }
    return []
  }

  private mutating func moveByMessage(_ step: Int) {
    let ids = conversation.messages.pathIDs
    guard let first = transcript.report.firstMessage else { return }
    // The instructions stand above the first message.
    let index = ids.firstIndex(of: first) ?? -1
    var target = index + step
    // Going up inside a message first goes to its start.
    if step < 0, case .text = transcript.report.place { target = index }
    guard ids.indices.contains(target) else {
      return transcript.jump(to: step < 0 ? .top : .bottom)
    }
    transcript.jump(to: .message(ids[target], row: 0))
  }

  /// Esc: the nearest thing that can be stopped or left.
  private mutating func cancel(at moment: Moment) -> [ChatEffect] {
    if !composer.candidates.isEmpty {
      composer.candidates = []
      return []
    }
    if sound.recording != nil { return dropRecording() }
    if engine.isBusy { return hush() + stopReply() }
    if sound.speech != nil { return hush() }
    if session.isSendingWhenReady { return holdSending() }
    if pictures.isPreparing { return stopPreparing() }
    if let pipe = externalPrograms.pipe { return stop(pipe) }
    if library.reading != nil { return stopReading() }
    if library.meaning != nil { return stopMeaning() }
    if session.serverAsked != nil { return stopAsking() }
    if session.editing != nil { return stopEditing() }
    if transcript.find != nil {
      transcript.find = nil
      if notice?.topic == .find { notice = nil }
      return []
    }
    if notice != nil {
      notice = nil
      return []
    }
    transcript.jump(to: .bottom)
    return []
  }

  /// Ctrl-C: as Esc while there is something to stop; else it clears the line, and twice on an
  /// empty one quits.
  private mutating func interrupt(at moment: Moment) -> [ChatEffect] {
    if sound.recording != nil { return dropRecording() }
    if engine.isBusy { return hush() + stopReply() }
    if sound.speech != nil { return hush() }
    if session.isSendingWhenReady { return holdSending() }
    if pictures.isPreparing { return stopPreparing() }
    if let pipe = externalPrograms.pipe { return stop(pipe) }
    if library.reading != nil { return stopReading() }
    if library.meaning != nil { return stopMeaning() }
    if session.serverAsked != nil { return stopAsking() }
    if session.editing != nil { return stopEditing() }
    guard composer.text.isEmpty else {
      // The text goes to the history, so that clearing by mistake loses nothing.
      return remember(composer.text) + [.composer(.setText(""))]
    }
    guard !session.isAboutToQuit else { return leave(.asked) }
    session.isAboutToQuit = true
    notice = Notice(.information, say("Ctrl-C again quits."), topic: .quitting)
    return []
  }

  private mutating func holdSending() -> [ChatEffect] {
    session.isSendingWhenReady = false
    notice = Notice(.information, say("Not sent yet. Enter sends the message."))
    return []
  }

  private mutating func toggleMouse() -> [ChatEffect] {
    capabilities.mouseIsOn.toggle()
    notice = Notice(
      .information,
      capabilities.mouseIsOn
        ? say("The wheel moves the transcript again.")
        : say("The mouse selects text now; Ctrl-X m takes it back."))
    return []
  }

  /// Shows the source in the place of the text, or the text again, and stays at what is read.
  mutating func toggleRaw() -> [ChatEffect] {
    holdPlace()
    transcript.isRaw.toggle()
    return []
  }

  /// Tells what is read by its source, before what stands above it in its message changes.
  private mutating func holdPlace() {
    guard case .text = transcript.place, transcript.report.firstSource != SourceStart(),
      let top = topOfScreen(conversation.messages.path)
    else { return }
    transcript.jump(to: .source(top.message, byteOffset: top.byteOffset))
  }

  private mutating func foldReasoning() -> [ChatEffect] {
    let replies = conversation.messages.path.filter { !$0.reasoning.isEmpty }
    guard !replies.isEmpty else { return tell(say("No reply has shown its reasoning.")) }
    holdPlace()
    transcript.unfolded = transcript.unfolded.isEmpty ? Set(replies.map(\.id)) : []
    return []
  }

  private mutating func acceptOffer(_ index: Int) -> [ChatEffect] {
    guard let offers = notice?.offers, offers.indices.contains(index) else { return [] }
    // Nobody typed it: a refusal leaves the composer's text alone.
    notice = nil
    composer.pending = nil
    return accept(offers[index])
  }
}
