package import Conversation

/// A chat without a screen, as one value: a conversation, the run that answers it, the pictures that
/// wait, what is on disk, settings.
///
/// It changes only in ``handle(_:at:)``, which is synchronous, total and pure. Each reducer owns one
/// concern and sees none of its siblings; the engine routes events to them, shows each the whole as a
/// read-only ``EngineContext``, applies the changes that they decide, and has these written.
package struct ChatEngine: Equatable, Sendable {
  package internal(set) var conversation: Conversation
  package internal(set) var run: Run
  package internal(set) var attachments = Attachments()
  package internal(set) var persistence: Persistence
  package internal(set) var settings: ChatSettings
  package internal(set) var calls: Calls
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

  /// Puts a conversation in the place of the one that is open, without any effect: what is stored, and
  /// what is under way, stays as it is.
  package mutating func replace(_ conversation: Conversation) { self.conversation = conversation }

  /// Whether a reply is on its way, or calls that it asked for are.
  package var isBusy: Bool { !run.isIdle || !calls.isIdle }

  /// Where the next request goes.
  package var target: RequestTarget { settings.target(of: conversation) }

  /// What goes with the next request beside its messages.
  package var requestParameters: Parameters { settings.requestParameters(of: conversation) }

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
    case .store(let event): receiveStoreAnswer(event, at: moment)
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
  mutating func perform(
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

  mutating func persist(_ event: PersistenceEvent, at moment: Moment) -> [EngineEffect] {
    perform(at: moment) { $0.persistence.reduce(event, $1) }
  }

  /// Changes the conversation, and has the change written.
  private mutating func apply(_ change: ConversationChange, at moment: Moment) -> [EngineEffect] {
    switch change {
    case .append(let message):
      conversation.messages.append(message)
      return persist(.appended(message), at: moment)
    case .replace(let message):
      conversation.messages.update(message.id) { $0 = message }
      return persist(.replaced(message), at: moment)
    case .extend(let id, let kind, let text):
      var place = 0
      conversation.messages.update(id) { message in
        switch kind {
        case .text: message.parts.append(text: text)
        case .reasoning: message.parts.append(reasoning: text)
        }
        place = message.parts.count - 1
      }
      let fragment = PartFragment(ordinal: place, kind: kind, text: text)
      return persist(.extended(id, by: fragment), at: moment)
    case .select(let leaf):
      if leaf != conversation.messages.leaf { conversation.messages.select(leaf: leaf) }
      return []
    case .settings(let settings, let writing):
      settings.apply(to: &conversation)
      return persist(.rowChanged(writing), at: moment)
    case .row(let writing): return persist(.rowChanged(writing), at: moment)
    }
  }
}
