package import Conversation

/// A chat without a screen, as one value: a conversation, the run that answers it, the pictures that
/// wait, what is on disk, settings.
///
/// It changes only in ``handle(_:at:)``, which is synchronous, total and pure. Each reducer owns one
/// concern and sees none of its siblings; the engine routes events to them, shows each the whole as a
/// read-only ``EngineContext``, applies the changes that they decide, and has these written.
package struct ChatEngine: Equatable, Sendable {
  package private(set) var conversation: Conversation
  package private(set) var run: Run
  package private(set) var attachments = Attachments()
  package private(set) var persistence: Persistence
  package private(set) var settings: ChatSettings
  package private(set) var calls: Calls
  /// Whether a `.clock` event is on its way: there is never more than one.
  private var clockIsSet = false
  /// Whether the face shows time that goes by beside the run.
  private var showsTime = false

  /// `isStored` says that the conversation has a row in the store.
  package init(
    _ conversation: Conversation, settings: ChatSettings, options: Run.Options = Run.Options(),
    tools: Calls.Options = Calls.Options(), keepsConversation: Bool = true, isStored: Bool = false
  ) {
    self.conversation = conversation
    self.settings = settings
    calls = Calls(tools)
    run = Run(options)
    persistence = Persistence(keepsConversation: keepsConversation, isStored: isStored)
  }

  /// Whether a reply is on its way, or calls that it asked for are.
  package var isBusy: Bool { !run.isIdle || !calls.isIdle }

  /// Where the next request goes.
  package var target: RequestTarget { settings.target(of: conversation) }

  /// The tools that the next request offers.
  package var tools: ToolOffer { ToolOffer(calls, of: conversation) }

  /// The parameters of the next request.
  package var requestParameters: Parameters { settings.requestParameters(of: conversation) }

  /// The request for a reply to the conversation as it stands; nil where no model is chosen, or nothing is to
  /// be sent.
  package var nextRequest: ReplyRequest? {
    var carried = CarriedMessages(conversation.messagesForRequest)
    if !run.carriesAllPictures { carried.leaveOutPictures(notTakenBy: target) }
    let messages = carried.messages
    guard let model = target.modelName, !messages.isEmpty else { return nil }
    var request = ReplyRequest(
      id: MessageID(rawValue: 0), provider: target.provider.name, model: model,
      instructions: conversation.instructions, messages: messages, parameters: requestParameters,
      tools: tools.names)
    request.toolRules = calls.rules
    return request
  }

  /// The conversation's own server, where that is not configured here.
  package var missingProvider: String? { settings.missingProvider(of: conversation) }

  /// Takes in what happened, and says what is to be done, in order; reports among it.
  ///
  /// Time and randomness come with `moment`.
  package mutating func handle(_ event: EngineEvent, at moment: Moment) -> [EngineEffect] {
    run.advance(to: moment.uptime)
    if case .clock = event { clockIsSet = false }
    let effects = route(event, at: moment)
    guard needsClock, !clockIsSet else { return effects }
    clockIsSet = true
    return effects + [.wake(after: Persistence.interval)]
  }

  /// Takes over the present, where something happened that is not the engine's.
  package mutating func advance(to uptime: Int64) { run.advance(to: uptime) }

  /// A quarter of a second is both the longest that a reply may wait for the disk and the step in which
  /// faces show the elapsed time.
  private var needsClock: Bool {
    isBusy || attachments.isPreparing || persistence.needsClock || showsTime
  }

  private mutating func route(_ event: EngineEvent, at moment: Moment) -> [EngineEffect] {
    switch event {
    case .conversation(let event): changeConversation(event, at: moment)
    case .run(let event): changeRun(event, at: moment)
    case .attachments(let event): changeAttachments(event, at: moment)
    case .settings(let event): changeSettings(event, at: moment)
    case .draft(let event): changeDraft(event, at: moment)
    case .calls(let event):
      perform(at: moment) { $0.calls.reduce(event, $1) } + followCalls(at: moment)
    case .tool(let event):
      perform(at: moment) { $0.calls.reduce(event, $1) } + followCalls(at: moment)
    case .reply(let id, let event): receiveReply(event, of: id, at: moment)
    case .replyFailed(let id, let failure):
      perform(at: moment) { $0.run.fail(failure, of: id, $1) }
    case .picture(let event): receivePicture(event, at: moment)
    case .store(.written(let result)): receive(result, at: moment)
    // What a face asked of the store is the face's.
    case .store: []
    case .server(let event): perform(at: moment) { $0.settings.reduce(event, $1) }
    case .clock(let draft): keep(draft) + persist(.clock, at: moment)
    case .storeAgain: persist(.retry, at: moment)
    case .timeShown(let isShown): show(time: isShown)
    case .leaving(let draft): leave(keeping: draft, at: moment)
    }
  }

  private mutating func show(time isShown: Bool) -> [EngineEffect] {
    showsTime = isShown
    return []
  }

  // MARK: - Reducers

  /// Lets a reducer decide, with the whole as it stands now, and does what it decides.
  private mutating func perform(
    at moment: Moment, _ decide: (inout ChatEngine, EngineContext) -> [EngineStep]
  ) -> [EngineEffect] {
    steps(at: moment, decide).flatMap { step in
      switch step {
      case .effect(let effect): [effect]
      case .change(let change): apply(change, at: moment)
      }
    }
  }

  /// A function of its own, so that no context holds the conversation while it is changed: the change
  /// would copy its tree of messages.
  private mutating func steps(
    at moment: Moment, _ decide: (inout ChatEngine, EngineContext) -> [EngineStep]
  ) -> [EngineStep] {
    let context = EngineContext(self, at: moment)
    return decide(&self, context)
  }

  private mutating func persist(_ event: PersistenceEvent, at moment: Moment) -> [EngineEffect] {
    perform(at: moment) { $0.persistence.reduce(event, $1) }
  }

  /// Changes the conversation, and has the change written.
  private mutating func apply(_ change: ConversationChange, at moment: Moment) -> [EngineEffect] {
    guard let event = conversation.apply(change) else { return [] }
    return persist(event, at: moment)
  }
}

/// The routing: the reducers that an event goes to, in order.
extension ChatEngine {
  private mutating func changeRun(_ event: RunEvent, at moment: Moment) -> [EngineEffect] {
    // What a turn may cost is counted from here.
    if calls.budget != nil { calls.beginTurn(after: spent) }
    return goOn(event, at: moment)
  }

  /// Does what a face, or the loop of calls, asks of the run.
  private mutating func goOn(_ event: RunEvent, at moment: Moment) -> [EngineEffect] {
    guard event != .stop else {
      return perform(at: moment) { $0.run.reduce(event, $1) }
        + perform(at: moment) { $0.calls.stop($1) }
    }
    guard calls.isIdle else { return [] }
    if case .request = event, run.isIdle, let reply = conversation.replyWithOpenCalls,
      tools.includesCall(of: conversation.messages[reply])
    {
      return perform(at: moment) { $0.calls.begin(reply, isResumed: true, $1) }
        + followCalls(at: moment)
    }
    calls.beginRequest()
    return perform(at: moment) { $0.run.acceptProvider(for: event, $1) }
      + perform(at: moment) { $0.run.reduce(event, $1) }
  }

  /// Gives the run an event of its reply; one that ends with calls begins their round.
  private mutating func receiveReply(
    _ event: ReplyEvent, of id: ReplyID, at moment: Moment
  ) -> [EngineEffect] {
    let wasIdle = run.isIdle
    let effects = perform(at: moment) { $0.run.reduce(event, of: id, $1) }
    guard !wasIdle, run.isIdle, case .called? = run.outcome else { return effects }
    return effects + perform(at: moment) { $0.calls.begin(id, $1) } + followCalls(at: moment)
  }

  /// Makes calls that are written down, and asks the model again when all are answered.
  private mutating func followCalls(at moment: Moment) -> [EngineEffect] {
    let effects = perform(at: moment) { $0.calls.runWhenSettled($1) }
    guard calls.takeTurn() else { return effects }
    let limit = calls.roundLimit
    guard limit == 0 || conversation.roundsSinceQuestion < limit else {
      return effects + [.report(.roundsUsedUp(limit))]
    }
    if let stop = budgetStop { return effects + [.report(stop)] }
    return effects + goOn(.request(isConfirmed: true), at: moment)
  }

  private mutating func changeAttachments(_ event: AttachmentEvent, at moment: Moment)
    -> [EngineEffect]
  {
    let effects = perform(at: moment) { $0.attachments.reduce(event, $1) }
    switch event {
    case .attach: return effects + expectPictures(at: moment)
    case .detach, .detachAll, .detachDocument: return effects + persist(.draftChanged, at: moment)
    default: return effects
    }
  }

  private mutating func receivePicture(_ event: PictureEvent, at moment: Moment) -> [EngineEffect] {
    let effects = perform(at: moment) { $0.attachments.reduce(event, $1) }
    switch event {
    case .pasted: return effects + expectPictures(at: moment)
    case .prepared where !effects.isEmpty, .tiled where !effects.isEmpty,
      .document where !effects.isEmpty:
      return persist(.draftChanged, at: moment) + effects
    default: return effects
    }
  }

  private mutating func expectPictures(at moment: Moment) -> [EngineEffect] {
    guard !attachments.waiting.isEmpty else { return [] }
    return perform(at: moment) { $0.settings.expectPictures($1) }
  }

  /// Another model looks at pictures otherwise: those that wait are fitted again.
  private mutating func changeSettings(_ event: SettingsEvent, at moment: Moment) -> [EngineEffect]
  {
    let effects = perform(at: moment) { $0.settings.reduce(event, $1) }
    switch event {
    case .model, .provider: return effects + changeAttachments(.fitAgain, at: moment)
    default: return effects
    }
  }

  private mutating func changeDraft(_ event: DraftEvent, at moment: Moment) -> [EngineEffect] {
    switch event {
    case .changed: return persist(.draftChanged, at: moment)
    case .restored(let draft):
      conversation.draft = draft
      return changeAttachments(.wait(for: draft.attachments), at: moment)
    case .masked(let drawing):
      conversation.draft.mask = drawing
      return persist(.rowChanged(.always), at: moment)
    }
  }

  /// Takes in the result of a write; a request or calls that waited for it go.
  private mutating func receive(_ result: WriteResult, at moment: Moment) -> [EngineEffect] {
    if case .branched(_, let remote) = result { conversation.add(remote) }
    return persist(.answered(result), at: moment)
      + perform(at: moment) { $0.run.requestWhenSettled($1) } + followCalls(at: moment)
  }

  private mutating func leave(keeping draft: String?, at moment: Moment) -> [EngineEffect] {
    changeRun(.stop, at: moment) + keep(draft)
      + persist(.leaving(program: true, writesRow: draft != nil), at: moment)
  }

  /// Takes what is being written, and the pictures that wait with it, into the conversation.
  private mutating func keep(_ draft: String?) -> [EngineEffect] {
    guard let draft else { return [] }
    conversation.draft.text = draft
    conversation.draft.attach(attachments.keptParts)
    return []
  }
}

/// Orders of a face about the conversation.
extension ChatEngine {
  private mutating func changeConversation(_ event: ConversationEvent, at moment: Moment)
    -> [EngineEffect]
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
      let opened = withGivenSettings(over: next)
      return changeSettings(.openingEnded, at: moment) + enter(opened, isStored: true, at: moment)
    case .enter(let next, isStored: false): return enter(next, isStored: false, at: moment)
    case .enterCopy(let copy):
      return enter(copy, isStored: true, at: moment) + persist(.copied, at: moment)
    }
  }

  /// Puts a message below the leaf, or in the place of another, in memory and in the store; a user's
  /// takes the pictures that wait.
  private mutating func add(_ new: NewMessage, at moment: Moment) -> [EngineEffect] {
    var effects: [EngineEffect] = []
    let attached = new.takesPictures ? attachments.readyParts : []
    let text = new.text.allSatisfy(\.isWhitespace) ? [] : [ContentPart.text(new.text)]
    let drawing = new.drawing.map { [ContentPart.drawing($0)] } ?? []
    let references = new.references.map(ContentPart.picture)
    // A mask is of the first picture.
    let pictures = new.drawing?.mask == nil ? attached + references : references + attached
    let parts = pictures + drawing + text
    if new.takesPictures { effects += changeAttachments(.sent, at: moment) }
    if let replaced = new.replaced.flatMap({ conversation.messages[$0] }) {
      conversation.messages.select(leaf: replaced.parent)
      effects += changeAttachments(.comeBack, at: moment)
    }
    let parent = conversation.messages.leaf
    // Who asks the same once more because no answer came has asked it once.
    if new.replaced == nil, conversation.isUnsentQuestion(new.role, parts) {
      return effects + keep(new.draft) + persist(.rowChanged(.always), at: moment)
    }
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

  /// A stored conversation with the settings of the command line over its own, where that opened it.
  private func withGivenSettings(over next: Conversation) -> Conversation {
    guard let given = settings.given else { return next }
    var opened = given.over(next)
    opened.parameters.tools = calls.toolsGiven(beside: opened.parameters.tools)
    return opened
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
