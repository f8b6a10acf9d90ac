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
    if awaited == .conversation { return hold(text, for: .conversation) }
    let place = session.editing.flatMap { conversation.messages[$0] }
    if let place, let call = session.editedCall {
      return writeResult(text, in: place.id, of: call)
    }
    let role = place?.role ?? session.role
    if role == .user, let effects = wait(with: text) { return effects }
    guard !text.trimmed.isEmpty || role == .user && !pictures.readyParts.isEmpty else {
      return fail(say("The message is empty. Type its text, then press Enter."))
    }
    session.editing = nil
    transcript.jump(to: .bottom)
    var message = NewMessage(role, text, replacing: place?.id, draft: draftText)
    let mask = place?.drawing == nil ? maskOfReply(role) : nil
    message.drawing = place?.drawing ?? mask
    return (mask == nil ? [] : setMask(nil)) + send(.conversation(.send(message)))
  }

  /// Takes the marks of a picture along to a model that may change it in its reply; nil where nothing is
  /// marked, or the model makes none.
  private func maskOfReply(_ role: Role) -> Drawing? {
    guard role == .user, engine.requestParameters.makesPictures == true,
      let masked = session.mask
    else { return nil }
    var drawing = Drawing(model: "")
    (drawing.isOfReply, drawing.mask) = (true, masked.mask)
    return drawing
  }

  /// Holds a user's message back while it would go without what was asked for before it; nil where
  /// there is nothing to wait for.
  private mutating func wait(with text: String) -> [ChatEffect]? {
    let failed = pictures.waiting.firstIndex {
      if case .failed = $0.progress { true } else { false }
    }
    if let failed {
      let number = sentPictureCount + failed + 1
      return fail(
        say("Picture \(number) cannot be sent. Take it back with /detach \(number)."),
        offers: [.detach(number)]) + giveBack(text)
    }
    return awaited.map { hold(text, for: $0) }
  }

  /// Holds a message back until what it waits for is there.
  private mutating func hold(_ text: String, for awaited: Awaited) -> [ChatEffect] {
    session.isSendingWhenReady = true
    composer.setLine(text)
    return tell(awaited.promise) + giveBack(text)
  }

  /// Sends the message that was waiting, also from behind an overlay.
  mutating func sendIfReady(at moment: Moment) -> [ChatEffect] {
    guard session.isSendingWhenReady, awaited == nil else { return [] }
    session.isSendingWhenReady = false
    let text = composer.draft
    if overlay == nil { composer.setLine("") }
    notice = nil
    return giveBack("") + write(text, at: moment)
  }

  /// Does what came in for a setting, then sends the message that waited for it; what was told of the
  /// setting, its price among it, stays to be read unless the sending has something to tell.
  mutating func sendIfReady(
    telling change: (inout ChatState) -> [ChatEffect]
  ) -> [ChatEffect] {
    let changed = change(&self)
    let told = notice
    let sent = sendIfReady(at: moment)
    if notice == nil { notice = told }
    return changed + sent
  }
}

// MARK: - What a message waits for

extension ChatState {
  /// An answer of the store, of a server or of the disk to an earlier command, which changes what a request
  /// carries or where it goes.
  enum Awaited: Equatable {
    case conversation, libraries, schema, pictures

    /// What is told of a message that waits.
    fileprivate var promise: Phrase {
      switch self {
      case .conversation:
        say("The message goes as soon as the conversation is open. Esc holds it back.")
      case .libraries:
        say("The message goes as soon as the server has told its libraries. Esc holds it back.")
      case .schema: say("The message goes as soon as the schema is read. Esc holds it back.")
      case .pictures:
        say("The message goes as soon as its pictures are ready. Esc holds it back.")
      }
    }

    /// What is told of a command that cannot be done before.
    fileprivate var refusal: Phrase {
      switch self {
      case .conversation:
        say("The conversation is still being opened: press Enter again in a moment.")
      case .libraries:
        say("The server is still asked for its libraries: press Enter again in a moment.")
      case .schema: say("The schema is still being read: press Enter again in a moment.")
      case .pictures: say("Pictures are still being prepared: press Enter again in a moment.")
      }
    }
  }

  /// The first thing that the next message waits for; nil where it can go at once.
  var awaited: Awaited? {
    if engine.settings.given != nil || session.isOpening { return .conversation }
    if session.librariesAsked?.isEmpty == false { return .libraries }
    if session.isReadingSchema { return .schema }
    return pictures.isPreparing ? .pictures : nil
  }

  /// Refuses a command that asks for a reply to what is in the history, while its settings or the
  /// conversation are on their way; nil where nothing is.
  ///
  /// Pictures go with the next message alone.
  mutating func refuseWhileAwaiting() -> [ChatEffect]? {
    guard let awaited, awaited != .pictures else { return nil }
    return refuse(until: awaited)
  }

  /// Tells that a command cannot be done yet; its line comes back for another Enter.
  mutating func refuse(until awaited: Awaited) -> [ChatEffect] {
    notice = Notice(.error, awaited.refusal, topic: .replyComing)
    return []
  }
}
