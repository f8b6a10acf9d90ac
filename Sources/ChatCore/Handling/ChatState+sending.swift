package import Conversation
import Language

extension ChatState {
  /// Adds what was written to the history and, for a user's message, asks for a reply.
  mutating func write(_ text: String, at moment: Moment) -> [ChatEffect] {
    if session.role == .user, !reply.isIdle {
      return fail(say("A reply is still coming: Esc stops it, then Enter sends this."))
        + giveBack(text)
    }
    if let effects = waitForPictures(text) { return effects }
    let pictures = session.role == .user ? pictures.readyReferences : []
    if session.role == .user { self.pictures.waiting.removeAll() }
    let parts = pictures.map(ContentPart.picture) + (text.isEmpty ? [] : [.text(text)])
    let place = session.editing.flatMap { conversation.messages[$0] }
    session.editing = nil
    if let place { conversation.messages.select(leaf: place.parent) }
    let message = Message(
      id: moment.makeIdentifier(), parent: conversation.messages.leaf,
      role: place?.role ?? session.role, parts: parts, created: moment.timestamp)
    let effects = append(message)
    guard message.role == .user else { return effects }
    return effects + requestReply(at: moment)
  }

  /// Holds a message back while its pictures are not ready; nil when there is nothing to wait for.
  private mutating func waitForPictures(_ text: String) -> [ChatEffect]? {
    guard session.role == .user else { return nil }
    let failed = pictures.waiting.firstIndex {
      if case .failed = $0.progress { true } else { false }
    }
    if let failed {
      let number = failed + 1
      return fail(
        say("Picture \(number) cannot be sent. Take it back with /detach \(number)."),
        offers: ["/detach \(number)"]) + giveBack(text)
    }
    guard pictures.isPreparing else { return nil }
    session.isSendingWhenReady = true
    composer.line = ComposerSnapshot(text: text, cursor: text.utf8.count)
    return tell(
      say("The message goes as soon as its pictures are ready. Esc holds it back."))
      + giveBack(text)
  }

  /// Sends the message that was waiting for its pictures.
  mutating func sendIfReady(at moment: Moment) -> [ChatEffect] {
    guard session.isSendingWhenReady, !pictures.isPreparing else { return [] }
    session.isSendingWhenReady = false
    let text = composer.text
    composer.line = ComposerSnapshot()
    notice = nil
    return [.composer(.setText(""))] + write(text, at: moment)
  }

  /// Puts a message below the leaf, in memory and in the store.
  mutating func append(_ message: Message) -> [ChatEffect] {
    conversation.messages.append(message)
    conversation.draft = Draft()
    session.draftIsDirty = false
    session.uncommitted.insert(message.id)
    transcript.jump(to: .bottom)
    return saveConversation() + [.store(.append(message, conversation.id))]
  }

  /// `/send`: asks for a reply to the history as it stands.
  mutating func send(at moment: Moment) -> [ChatEffect] {
    guard reply.isIdle else {
      return fail(say("A reply is still coming: Esc stops it."))
    }
    guard !conversation.messages.isEmpty || conversation.instructions != nil else {
      return fail(say("There is nothing to send yet. Type a message and press Enter."))
    }
    return requestReply(at: moment, isConfirmed: true)
  }

  /// Asks for a reply to the path in use, once everything in it is on disk.
  ///
  /// `isConfirmed` says that the user insists although a limit seems to be passed.
  mutating func requestReply(at moment: Moment, isConfirmed: Bool = false) -> [ChatEffect] {
    guard let model = currentModel else {
      return markUnsent()
        + fail(
          say("No model is chosen. Choose one with /model NAME or /models, then /send."),
          offers: ["/models"])
    }
    if let problem = requestProblem(), !(isConfirmed && session.acceptedRisk == leaf) {
      session.acceptedRisk = leaf
      notice = problem
      return markUnsent()
    }
    let order = ReplyOrder(
      id: moment.makeIdentifier(1), provider: currentProvider.name, model: model,
      instructions: conversation.instructions,
      messages: conversation.messages.path.compactMap(\.forRequest),
      parameters: conversation.parameters)
    return begin(order, at: moment)
  }

  private mutating func begin(_ order: ReplyOrder, at moment: Moment) -> [ChatEffect] {
    reply = ReplyState()
    reply.id = order.id
    reply.startedAt = moment.uptime
    reply.now = moment.uptime
    reply.details = ReplyDetails(model: order.model, provider: order.provider)
    reply.phase = .committing(order)
    return markSent() + setClock() + requestWhenCommitted()
  }

  /// Sends the request as soon as the store has every message of it, or has refused one.
  mutating func requestWhenCommitted() -> [ChatEffect] {
    guard case .committing(let order) = reply.phase, session.uncommitted.isEmpty else {
      return []
    }
    reply.phase = .connecting
    return [.reply(.request(order))]
  }

  /// Marks the message at the leaf as one that no server has answered.
  mutating func markUnsent() -> [ChatEffect] { mark(.unsent, where: .complete) }

  private mutating func markSent() -> [ChatEffect] { mark(.complete, where: .unsent) }

  private mutating func mark(_ status: Message.Status, where old: Message.Status) -> [ChatEffect] {
    guard let leaf, let message = conversation.messages[leaf], message.role == .user,
      message.status == old
    else { return [] }
    return update(leaf) { $0.status = status }
  }

  /// Changes a message in memory and in the store.
  mutating func update(_ id: MessageID, _ change: (inout Message) -> Void) -> [ChatEffect] {
    conversation.messages.update(id, change)
    return conversation.messages[id].map { [.store(.update($0))] } ?? []
  }

  var leaf: MessageID? { conversation.messages.leaf }

  package var currentProvider: ProviderFacts {
    surroundings.provider(named: conversation.provider)
      ?? surroundings.provider(named: nil)
      ?? ProviderFacts(name: conversation.provider ?? "", host: "")
  }

  /// The conversation's model, else the provider's.
  package var currentModel: String? { conversation.model ?? currentProvider.defaultModel }
}

extension Message {
  /// The message as a request carries it; nil when it is left out or empty.
  package var forRequest: Message? {
    guard omission != .all, status != .streaming else { return nil }
    var message = self
    if omission == .pictures {
      message.parts.removeAll { if case .picture = $0 { true } else { false } }
    }
    return message.parts.isEmpty ? nil : message
  }
}
