import ChatEngine
import Conversation
import Language

extension ChatState {
  /// Adds what was written to the history and, for a user's message, asks for a reply.
  mutating func write(_ text: String, at moment: Moment) -> [ChatEffect] {
    guard !engine.isBusy else {
      return fail(say("A reply is still coming: Esc stops it, then Enter sends this."))
        + giveBack(text)
    }
    guard engine.settings.given == nil else { return waitForOpening(text) }
    let place = session.editing.flatMap { conversation.messages[$0] }
    if let place, let call = session.editedCall {
      return writeResult(text, in: place.id, of: call)
    }
    let role = place?.role ?? session.role
    if role == .user, let effects = waitForPictures(text) { return effects }
    guard !text.trimmed.isEmpty || role == .user && !pictures.readyParts.isEmpty else {
      return fail(say("The message is empty. Type its text, then press Enter."))
    }
    session.editing = nil
    transcript.jump(to: .bottom)
    var message = NewMessage(role, text, replacing: place?.id, draft: draftText)
    message.drawing = place?.drawing ?? maskOfReply(role)
    return send(.conversation(.send(message)))
  }

  /// Takes the marks of a picture along to a model that may change it in its reply; nil where nothing is
  /// marked, or the model makes none.
  private mutating func maskOfReply(_ role: Role) -> Drawing? {
    guard role == .user, engine.requestParameters.makesPictures == true,
      let masked = session.mask
    else { return nil }
    session.mask = nil
    var drawing = Drawing(model: "")
    (drawing.isOfReply, drawing.mask) = (true, masked.mask)
    return drawing
  }

  /// Holds a message back while its pictures are not ready; nil when there is nothing to wait for.
  private mutating func waitForPictures(_ text: String) -> [ChatEffect]? {
    let failed = pictures.waiting.firstIndex {
      if case .failed = $0.progress { true } else { false }
    }
    if let failed {
      let number = sentPictureCount + failed + 1
      return fail(
        say("Picture \(number) cannot be sent. Take it back with /detach \(number)."),
        offers: [.detach(number)]) + giveBack(text)
    }
    guard pictures.isPreparing else { return nil }
    session.isSendingWhenReady = true
    composer.setLine(text)
    return tell(
      say("The message goes as soon as its pictures are ready. Esc holds it back."))
      + giveBack(text)
  }

  /// Holds a message back while the conversation that it belongs to is being opened.
  private mutating func waitForOpening(_ text: String) -> [ChatEffect] {
    session.isSendingWhenReady = true
    composer.setLine(text)
    return tell(
      say("The message goes as soon as the conversation is open. Esc holds it back."))
      + giveBack(text)
  }

  /// Sends the message that was waiting for its pictures or its conversation, also from behind an
  /// overlay.
  mutating func sendIfReady(at moment: Moment) -> [ChatEffect] {
    guard session.isSendingWhenReady, engine.settings.given == nil, !pictures.isPreparing else {
      return []
    }
    session.isSendingWhenReady = false
    let text = composer.draft
    if overlay == nil { composer.setLine("") }
    notice = nil
    return giveBack("") + write(text, at: moment)
  }
}
