import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Screen
import Testing

/// A chat at the keyboard: events go in, effects come out, with a clock that stands still unless
/// told and a composer that reports what it was made to hold, as readline's does.
struct Chat {
  var state: ChatState
  /// The composer's own text.
  private(set) var line = ""
  private(set) var now: Int64 = 1_000_000
  private var entropy: UInt64 = 0

  /// A conversation with messages has a row in the store, as one that was loaded.
  init(
    _ conversation: Conversation = .empty, _ servers: Servers = .sample,
    given: GivenSettings? = nil
  ) {
    let engine = ChatEngine(
      conversation, settings: servers.settings(given), isStored: !conversation.messages.isEmpty)
    self.init(engine: engine)
  }

  init(engine: ChatEngine) {
    let capabilities = TerminalCapabilities(size: Size(columns: 80, rows: 24), language: .english)
    state = ChatState(capabilities: capabilities, engine: engine)
  }

  var moment: Moment {
    Moment(timestamp: Timestamp(milliseconds: now), entropy: entropy, uptime: now)
  }

  /// The notice in English; nil where there is none.
  var says: String? { state.notice?.phrase.text() }

  /// Setting it goes on with an engine that has this conversation open, and nothing under way.
  var conversation: Conversation {
    get { state.conversation }
    set {
      let engine = ChatEngine(
        newValue, settings: state.engine.settings, isStored: state.engine.persistence.isStored)
      state = state.with(engine: engine, notice: state.notice)
    }
  }

  /// Setting one of these goes on with a screen that stands as it does, but for this.
  var notice: Notice? {
    get { state.notice }
    set { state = state.with(notice: newValue) }
  }
  var capabilities: TerminalCapabilities {
    get { state.capabilities }
    set { state = state.with(newValue, notice: notice) }
  }

  /// The messages in use, as `role: text`.
  var path: [String] {
    conversation.messages.path.map { "\($0.role.rawValue): \($0.text)" }
  }

  /// The names of the pictures that wait to be sent.
  var waiting: [String] { state.pictures.waiting.map(\.name) }

  // MARK: - What happens

  /// Takes in an event, and what the composer says to the effects; all effects, in request.
  @discardableResult
  mutating func on(_ event: ChatEvent) -> [ChatEffect] {
    entropy += 1
    var effects: [ChatEffect] = []
    for effect in state.handle(event, at: moment) {
      effects.append(effect)
      switch effect {
      case .composer(.setText(let text)): effects += report(text)
      case .composer(.insert(let text)): effects += report(line + text)
      default: break
      }
    }
    return effects
  }

  private mutating func report(_ text: String) -> [ChatEffect] {
    guard text != line else { return [] }
    line = text
    return on(.composer(.changed(ComposerSnapshot(text: text, cursor: text.utf8.count))))
  }

  /// The line becomes `text`, as if typed.
  @discardableResult
  mutating func type(_ text: String) -> [ChatEffect] { report(text) }

  /// Types a line and presses Enter, which takes it out of the composer.
  @discardableResult
  mutating func enter(_ text: String) -> [ChatEffect] {
    type(text)
    line = ""
    let typed = on(.composer(.changed(ComposerSnapshot())))
    return typed + on(.composer(.accepted(text)))
  }

  @discardableResult
  mutating func press(_ key: KeyAction) -> [ChatEffect] { on(.key(key)) }

  @discardableResult
  mutating func paste(_ text: String) -> [ChatEffect] { on(.composer(.pasted(text))) }

  /// The clock goes on, and rings.
  @discardableResult
  mutating func tick(after milliseconds: Int64 = 250) -> [ChatEffect] {
    now += milliseconds
    return on(.clock)
  }

  /// Lets time go by in which nothing happens.
  mutating func pass(_ milliseconds: Int64) { now += milliseconds }

  @discardableResult
  mutating func store(_ event: StoreEvent) -> [ChatEffect] { on(.store(event)) }

  @discardableResult
  mutating func written(_ result: WriteResult) -> [ChatEffect] { store(.written(result)) }

  // MARK: - The store and the server, when all goes well

  /// Lets the store answer that it has every message that it was given.
  @discardableResult
  mutating func commit(_ effects: [ChatEffect]) -> [ChatEffect] {
    effects.flatMap { effect -> [ChatEffect] in
      switch effect {
      case .engine(.store(.append(let message, _))): return written(.committed(message.id))
      case .engine(.store(.insert(let copy))): return written(.inserted(copy.messages.pathIDs))
      default: return []
      }
    }
  }

  /// Types a message, and lets the store take it; the request that is sent for a reply.
  @discardableResult
  mutating func ask(_ text: String) throws -> ReplyRequest {
    let effects = commit(enter(text))
    return try #require(effects.request)
  }

  /// Reports on the reply in flight.
  @discardableResult
  mutating func replyFails(_ failure: ReplyFailure) -> [ChatEffect] {
    on(.replyFailed(state.reply.id ?? MessageID(rawValue: 0), failure))
  }

  @discardableResult
  mutating func reply(_ event: ReplyEvent) -> [ChatEffect] {
    on(.reply(state.reply.id ?? MessageID(rawValue: 0), event))
  }

  /// Lets the reply in flight come, and end well.
  @discardableResult
  mutating func answer(_ text: String) -> [ChatEffect] {
    commit(reply(.text(text))) + reply(.finished(.stop))
  }

  /// Asks and is answered.
  mutating func exchange(_ question: String, _ answer: String) throws {
    try ask(question)
    self.answer(answer)
    notice = nil
  }

  /// Attaches pictures, which the program finds and prepares at once.
  mutating func attach(_ pictures: PictureReference...) {
    for picture in pictures {
      enter("/attach \(picture.name)")
      on(.picture(.found(request: lastSearch, sources: [picture.name])))
      guard let id = state.pictures.waiting.last?.id else { continue }
      on(.picture(.prepared(id, PreparedPicture(reference: picture, fitted: nil))))
    }
    tick()
    notice = nil
  }

  /// The number of the search for pictures that is under way.
  var lastSearch: Int { state.pictures.searches.keys.max() ?? 0 }
}

extension ChatState {
  /// The same screen, but for what is given, and without what is drawn or run outside.
  func with(
    _ capabilities: TerminalCapabilities? = nil, engine: ChatEngine? = nil,
    transcript: TranscriptState? = nil, library: LibraryState? = nil,
    overlays: OverlayStack? = nil, notice: Notice?
  ) -> ChatState {
    ChatState(
      capabilities: capabilities ?? self.capabilities, engine: engine ?? self.engine,
      session: session, composer: composer, transcript: transcript ?? self.transcript,
      previews: previews, library: library ?? self.library, overlays: overlays ?? self.overlays,
      notice: notice)
  }
}

extension [ChatEffect] {
  /// The first request for a reply.
  var request: ReplyRequest? {
    lazy.compactMap { if case .engine(.reply(.request(let request))) = $0 { request } else { nil } }
      .first
  }

  /// Without the orders to be woken, which most tests are not about.
  var withoutWakes: Self { filter { if case .engine(.wake) = $0 { false } else { true } } }

  var storeEffects: [StoreEffect] {
    compactMap { if case .engine(.store(let effect)) = $0 { effect } else { nil } }
  }
}

extension Chat {
  /// The page in front; nil where there is none.
  var page: Page? {
    if case .page(let page) = state.overlay { page } else { nil }
  }

  /// The list in front; nil where there is none.
  var picker: Picker? {
    if case .picker(let picker) = state.overlay { picker } else { nil }
  }

  /// The question in front, in English; nil where there is none.
  var question: String? {
    if case .question(let question) = state.overlay { question.phrase.text() } else { nil }
  }
}

extension Page {
  /// The right parts of the rows, in English.
  var text: [String] { rows.map { $0.phrase.text() } }
}

/// Events of a reply by the kind of their part, each the first of its reply.
extension ReplyEvent {
  static func text(_ text: String, pieces: Int = 1) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .text), text, pieces: pieces)
  }

  static func reasoning(_ text: String) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .reasoning), text)
  }

  static func refusal(_ text: String) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .refusal), text)
  }
}
