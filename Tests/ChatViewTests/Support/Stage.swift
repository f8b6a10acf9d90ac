import ChatEngine
import ChatScreen
import ChatView
import Conversation
import Language
import ModelCatalog
import SampleValues
import Screen

/// A conversation to be shown: it is told what stands in it, and played on with events.
struct Stage {
  var state: ChatState
  private var view = ChatView()
  private var lastID: Int64 = 1000
  private var uptime: Int64 = 0

  init(_ columns: Int, _ rows: Int, language: Language = .english, isDemo: Bool = false) {
    let provider = ProviderFacts(
      name: "openai", host: "api.openai.com", defaultModel: "gpt-4o", isDemo: isDemo)
    let capabilities = TerminalCapabilities(
      size: Size(columns: columns, rows: rows), language: language)
    let settings = ChatSettings(
      catalog: .builtIn, providers: [provider], defaultProvider: "openai")
    let conversation = Conversation(
      id: Identifier(rawValue: 1), created: Timestamp(milliseconds: 0))
    state = ChatState(
      capabilities: capabilities, engine: ChatEngine(conversation, settings: settings))
  }

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
  var overlay: Overlay? {
    get { state.overlay }
    set {
      var overlays = OverlayStack()
      overlays.front = newValue
      state = state.with(overlays: overlays, notice: notice)
    }
  }

  /// Draws, and gives back to the state what drawing found, as the program does.
  mutating func draw() -> Frame {
    let drawn = view.draw(state)
    handle(.view(.drawn(drawn.report)))
    return drawn.frame
  }

  /// Whether the frame drawn last is followed by others of the same state.
  var isReading: Bool { view.isReading }

  /// Draws what a view would that has drawn nothing before.
  func drawAnew() -> Frame {
    var view = ChatView()
    return view.draw(state).frame
  }

  mutating func handle(_ event: ChatEvent) {
    let moment = Moment(timestamp: Timestamp(milliseconds: 0), entropy: 0, uptime: uptime)
    _ = state.handle(event, at: moment)
  }

  /// Asks for a reply to what stands there, where none is on its way, and lets the server report on it.
  mutating func reply(_ events: ReplyEvent...) {
    if state.reply.isIdle { handle(.engine(.run(.request(isConfirmed: true)))) }
    guard let id = state.reply.id else { return }
    for event in events { handle(.reply(id, event)) }
  }

  /// Puts kept pictures into the row of those that wait.
  mutating func attach(_ pictures: [PictureReference]) {
    handle(.engine(.attachments(.wait(for: pictures.map(ContentPart.picture)))))
  }

  /// Presses keys, with a frame after each.
  mutating func press(_ keys: KeyAction...) {
    for key in keys {
      handle(.key(key))
      _ = draw()
    }
  }

  mutating func resize(_ columns: Int, _ rows: Int) {
    handle(.terminal(.resized(Size(columns: columns, rows: rows))))
  }

  mutating func type(_ text: String) {
    handle(.composer(.changed(ComposerSnapshot(text: text, cursor: text.utf8.count))))
  }

  /// Types a line and Enter.
  mutating func enter(_ line: String) { handle(.composer(.accepted(line))) }

  /// Lets time pass until the next event.
  mutating func wait(milliseconds: Int64) { uptime += milliseconds }
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

// MARK: - Messages

extension Stage {
  /// Adds a message below another, or behind the last one, and shows it.
  @discardableResult
  mutating func add(
    _ role: Role, _ text: String, pictures: [PictureReference] = [],
    status: Message.Status = .complete, below parent: MessageID? = nil
  ) -> MessageID {
    lastID += 1
    let id = MessageID(rawValue: lastID)
    let texts = text.isEmpty ? [] : [ContentPart.text(text)]
    conversation.messages.append(
      Message(
        id: id, parent: parent ?? conversation.messages.leaf, role: role,
        parts: pictures.map { .picture($0) } + texts, created: Timestamp(milliseconds: 0),
        status: status,
        reply: role == .assistant ? ReplyDetails(model: "gpt-4o", provider: "openai") : nil))
    conversation.messages.select(leaf: id)
    return id
  }

  mutating func change(_ id: MessageID, _ change: (inout Message) -> Void) {
    conversation.messages.update(id, change)
  }

  /// Lets text of a streaming reply arrive.
  mutating func extend(_ id: MessageID, by text: String) {
    change(id) { $0.parts = [.text($0.text + text)] }
  }

  /// A picture that is kept.
  static func picture(
    _ name: String, _ width: Int, _ height: Int, _ detail: Detail = .auto
  ) -> PictureReference {
    let stored = StoredPicture(
      digest: Digest.sample(name), format: .jpeg,
      size: PixelSize(width: width, height: height), byteCount: 1000)
    return PictureReference(source: .stored(stored), name: name, detail: detail)
  }

  /// A picture that is passed on as its address.
  static func picture(at url: String) -> PictureReference {
    PictureReference(source: .remote(SafeURL(stringLiteral: url)), name: url, detail: .auto)
  }
}

extension ReplyEvent {
  /// More text of a reply, in so many pieces of the server's.
  static func text(_ text: String, pieces: Int = 1) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .text), text, pieces: pieces)
  }
}
