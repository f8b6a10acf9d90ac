import Conversation

/// Which reducers an event goes to, and in which order.
extension ChatEngine {
  mutating func changeRun(_ event: RunEvent, at moment: Moment) -> [EngineEffect] {
    guard event != .stop else {
      return perform(at: moment) { $0.run.reduce(event, $1) }
        + perform(at: moment) { $0.calls.stop($1) }
    }
    guard calls.isIdle else { return [] }
    if case .request = event, run.isIdle, let reply = conversation.replyWithOpenCalls,
      calls.offersTool(ofReply: reply, conversation)
    {
      return perform(at: moment) { $0.calls.begin(reply, isResumed: true, $1) }
        + followCalls(at: moment)
    }
    return perform(at: moment) { $0.run.acceptProvider(for: event, $1) }
      + perform(at: moment) { $0.run.reduce(event, $1) }
  }

  /// What the server says; a reply that ended with calls has them seen to.
  mutating func receiveReply(
    _ event: ReplyEvent, of id: ReplyID, at moment: Moment
  ) -> [EngineEffect] {
    let wasIdle = run.isIdle
    let effects = perform(at: moment) { $0.run.reduce(event, of: id, $1) }
    guard !wasIdle, run.isIdle, case .called? = run.outcome else { return effects }
    return effects + perform(at: moment) { $0.calls.begin(id, $1) } + followCalls(at: moment)
  }

  /// Makes calls that are written down, and asks the model again when all are answered.
  mutating func followCalls(at moment: Moment) -> [EngineEffect] {
    let effects = perform(at: moment) { $0.calls.runWhenSettled($1) }
    guard calls.takeTurn() else { return effects }
    let limit = calls.roundLimit
    guard limit == 0 || conversation.roundsSinceQuestion < limit else {
      return effects + [.report(.roundsUsedUp(limit))]
    }
    return effects + changeRun(.request(isConfirmed: true), at: moment)
  }

  mutating func changeAttachments(_ event: AttachmentEvent, at moment: Moment) -> [EngineEffect] {
    let effects = perform(at: moment) { $0.attachments.reduce(event, $1) }
    switch event {
    case .attach: return effects + expectPictures(at: moment)
    case .detach, .detachAll: return effects + persist(.draftChanged, at: moment)
    default: return effects
    }
  }

  mutating func receivePicture(_ event: PictureEvent, at moment: Moment) -> [EngineEffect] {
    let effects = perform(at: moment) { $0.attachments.reduce(event, $1) }
    switch event {
    case .pasted: return effects + expectPictures(at: moment)
    case .prepared where !effects.isEmpty: return persist(.draftChanged, at: moment) + effects
    default: return effects
    }
  }

  private mutating func expectPictures(at moment: Moment) -> [EngineEffect] {
    guard !attachments.waiting.isEmpty else { return [] }
    return perform(at: moment) { $0.settings.expectPictures($1) }
  }

  /// Another model looks at pictures otherwise: those that wait are fitted again.
  mutating func changeSettings(_ event: SettingsEvent, at moment: Moment) -> [EngineEffect] {
    let effects = perform(at: moment) { $0.settings.reduce(event, $1) }
    switch event {
    case .model, .provider: return effects + changeAttachments(.fitAgain, at: moment)
    default: return effects
    }
  }

  mutating func changeDraft(_ event: DraftEvent, at moment: Moment) -> [EngineEffect] {
    switch event {
    case .changed: return persist(.draftChanged, at: moment)
    case .restored(let draft):
      conversation.draft = draft
      return changeAttachments(.wait(for: draft.pictures), at: moment)
    }
  }

  /// What the store has answered; a request that waited for it goes.
  mutating func receiveStoreAnswer(_ event: StoreEvent, at moment: Moment) -> [EngineEffect] {
    if case .branched(_, let remote) = event { conversation.add(remote) }
    return persist(.answered(event), at: moment)
      + perform(at: moment) { $0.run.requestWhenSettled($1) } + followCalls(at: moment)
  }

  mutating func leave(keeping draft: String?, at moment: Moment) -> [EngineEffect] {
    changeRun(.stop, at: moment) + keep(draft)
      + persist(.leaving(program: true, writesRow: draft != nil), at: moment)
  }

  /// Takes what is being written, and the pictures that wait with it, into the conversation.
  mutating func keep(_ draft: String?) -> [EngineEffect] {
    guard let draft else { return [] }
    conversation.draft.text = draft
    conversation.draft.pictures = attachments.keptReferences
    return []
  }
}

/// What a face does with the conversation.
extension ChatEngine {
  mutating func changeConversation(_ event: ConversationEvent, at moment: Moment) -> [EngineEffect]
  {
    switch event {
    case .add(let message): return add(message, at: moment)
    case .send(let message):
      let effects = add(message, at: moment)
      return message.role == .user
        ? effects + changeRun(.request(isConfirmed: false), at: moment) : effects
    case .select(let leaf, let writesRow):
      conversation.messages.select(leaf: leaf)
      return writesRow ? persist(.rowChanged(.always), at: moment) : []
    case .omit(let omission, let ids):
      return ids.flatMap { id in change(id, at: moment) { $0.omit(omission) } }
    case .setDetail(let detail, let id, let picture):
      return change(id, at: moment) { $0.parts.setDetail(detail, ofPicture: picture) }
    case .rename(let name):
      let effects = persist(.rowChanged(.always), at: moment)
      // Rows that are written before the store answers carry the new name already.
      conversation.name = name
      return effects
    case .named(let name):
      conversation.name = name
      return []
    case .merge(let loaded): return merge(loaded, at: moment)
    case .leave(let draft): return leave(draft, at: moment)
    case .enter(let next, isStored: true):
      let given = settings.given
      return changeSettings(.openingEnded, at: moment)
        + enter(given?.over(next) ?? next, isStored: true, at: moment)
    case .enter(let next, isStored: false): return enter(next, isStored: false, at: moment)
    case .enterCopy(let copy):
      return enter(copy, isStored: true, at: moment) + persist(.copied, at: moment)
    }
  }

  /// Puts a message below the leaf, or in the place of another, in memory and in the store; a user's
  /// takes the pictures that wait.
  private mutating func add(_ new: NewMessage, at moment: Moment) -> [EngineEffect] {
    var effects: [EngineEffect] = []
    let pictures = new.takesPictures ? attachments.readyReferences : []
    let text = new.text.allSatisfy(\.isWhitespace) ? [] : [ContentPart.text(new.text)]
    let parts = pictures.map(ContentPart.picture) + text
    if new.takesPictures { effects += changeAttachments(.sent, at: moment) }
    if let replaced = new.replaced.flatMap({ conversation.messages[$0] }) {
      conversation.messages.select(leaf: replaced.parent)
      effects += changeAttachments(.comeBack, at: moment)
    }
    let parent = conversation.messages.leaf
    let message = Message(
      id: moment.messageID(after: parent), parent: parent, role: new.role, parts: parts,
      created: moment.timestamp)
    conversation.messages.append(message)
    return effects + keep(new.draft) + persist(.rowChanged(.always), at: moment)
      + persist(.appended(message), at: moment)
  }

  private mutating func change(
    _ id: MessageID, at moment: Moment, _ change: (inout Message) -> Void
  ) -> [EngineEffect] {
    guard var message = conversation.messages[id] else { return [] }
    change(&message)
    guard message != conversation.messages[id] else { return [] }
    conversation.messages.update(id) { $0 = message }
    return persist(.replaced(message), at: moment)
  }

  /// Takes over what another program wrote below the leaf, and what it set, for the store holds it to
  /// be known here.
  private mutating func merge(_ loaded: Conversation, at moment: Moment) -> [EngineEffect] {
    let before = target.provider.name
    let leaf = conversation.messages.leaf
    conversation.add(loaded.messages.all)
    ConversationSettings(of: loaded).apply(to: &conversation)
    if run.isIdle, let leaf, loaded.messages.pathIDs.contains(leaf) {
      conversation.messages.select(leaf: loaded.messages.leaf)
    }
    return followProvider(from: before, at: moment)
  }

  private mutating func leave(_ draft: Draft?, at moment: Moment) -> [EngineEffect] {
    let stopped = changeRun(.stop, at: moment)
    if let draft { conversation.draft = draft }
    return stopped
      + persist(.leaving(program: false, writesRow: draft != nil), at: moment)
  }

  private mutating func enter(
    _ next: Conversation, isStored: Bool, at moment: Moment
  ) -> [EngineEffect] {
    let before = target.provider.name
    conversation = persistence.completing(next)
    return persist(.entered(isStored: isStored), at: moment)
      + followProvider(from: before, at: moment) + perform(at: moment) { $0.run.enter($1) }
      + perform(at: moment) { $0.calls.enter($1) }
  }

  /// Asks for the models of the server in use, where that is another than before.
  private mutating func followProvider(
    from before: String, at moment: Moment
  ) -> [EngineEffect] {
    let name = target.provider.name
    guard name != before else { return [] }
    return perform(at: moment) { engine, _ in engine.settings.providerChanged(to: name) }
  }
}

extension Conversation {
  /// Adds messages that another program wrote; the path stays.
  fileprivate mutating func add(_ remote: [Message]) {
    let leaf = messages.leaf
    for message in remote { messages.append(message) }
    if messages.leaf != leaf { messages.select(leaf: leaf) }
  }
}

extension Message {
  /// What is left out whole stays so when only its pictures are to be left out.
  fileprivate mutating func omit(_ omission: Omission) {
    if omission != .pictures || self.omission != .all { self.omission = omission }
  }
}

extension [ContentPart] {
  /// Changes the detail of the `index`th picture among the parts.
  fileprivate mutating func setDetail(_ level: Detail, ofPicture index: Int) {
    let places = indices.filter { self[$0].picture != nil }
    guard places.indices.contains(index), var reference = self[places[index]].picture
    else { return }
    reference.detail = level
    self[places[index]] = .picture(reference)
  }
}
