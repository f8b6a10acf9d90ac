package import ChatEngine
package import Conversation
package import Language
package import ModelCatalog

/// The screen as one value: the engine, and what only a screen has.
///
/// It changes only in ``handle(_:at:)``, whose parts are this module's extensions. What a chat is lives in
/// the engine; here is what is written, what is shown of it, and what stands in front.
package struct ChatState: Equatable, Sendable {
  package internal(set) var capabilities: TerminalCapabilities
  package internal(set) var engine: ChatEngine
  package internal(set) var session = SessionState()
  package internal(set) var composer = ComposerState()
  package internal(set) var transcript = TranscriptState()
  package internal(set) var previews = PreviewCache()
  /// A picture over the whole screen.
  package internal(set) var pictureView: PictureView?
  /// Where the pictures that are being looked for come from, by the number of their search.
  var searches: [Int: SearchOrigin] = [:]
  package internal(set) var library = LibraryState()
  package internal(set) var externalPrograms = ExternalPrograms()
  package internal(set) var sound = SoundState()
  package internal(set) var overlays = OverlayStack()
  package internal(set) var notice: Notice?
  /// The present, as the last event told it.
  var moment: Moment

  package init(
    capabilities: TerminalCapabilities, engine: ChatEngine, session: SessionState = SessionState(),
    composer: ComposerState = ComposerState(), transcript: TranscriptState = TranscriptState(),
    previews: PreviewCache = PreviewCache(), library: LibraryState = LibraryState(),
    overlays: OverlayStack = OverlayStack(), notice: Notice? = nil
  ) {
    self.capabilities = capabilities
    self.engine = engine
    self.session = session
    self.composer = composer
    self.transcript = transcript
    self.previews = previews
    self.library = library
    self.overlays = overlays
    self.notice = notice
    moment = Moment(timestamp: engine.conversation.created, entropy: 0, uptime: 0)
  }

  /// The overlay in front, which takes the composer's line; see ``OverlayStack/front``.
  package internal(set) var overlay: Overlay? {
    get { overlays.front }
    set { overlays.front = newValue }
  }

  /// The state with its notice in other words, as it is to be drawn.
  package func wording(noticeAs phrase: Phrase) -> ChatState {
    var state = self
    state.notice?.phrase = phrase
    return state
  }

  /// Whether messages are shown as they are written: what is marked is marked in the source.
  package var showsSource: Bool {
    if case .selection = overlay { return true }
    return transcript.isRaw
  }
}

/// The engine's state, as the screen shows it.
extension ChatState {
  package var conversation: Conversation { engine.conversation }
  package var reply: Run { engine.run }
  package var pictures: Attachments { engine.attachments }
  package var currentProvider: ProviderFacts { engine.target.provider }
  /// The conversation's model, else the provider's.
  package var currentModel: String? { engine.target.modelName }
  /// What is known of the model in use.
  package var model: Model { engine.target.model }
  var leaf: MessageID? { engine.conversation.messages.leaf }

  /// What a picture costs in one request to the current model.
  package func tokens(of reference: PictureReference) -> TokenEstimate {
    engine.target.tokens(of: reference)
  }

  /// What a message costs in one request; nothing when it is left out.
  package func tokens(of message: Message) -> TokenEstimate { engine.target.tokens(of: message) }

  /// What the whole request costs; a picture whose cost is unknown counts as nothing.
  package var requestTokens: TokenEstimate {
    engine.target.tokens(of: conversation) + engine.tools.tokens
  }
}

/// What the next message is made with, beside the conversation's own settings.
package struct SessionState: Equatable, Sendable {
  /// Whose message the next Enter writes.
  package var role = Role.user
  /// The earlier message that is being written anew; its place in the tree is its parent.
  package var editing: MessageID?
  /// The call whose result that is, where the message holds results.
  package var editedCall: String?
  /// Whether the conversation was stored before it was opened here: its settings are its own.
  var isReopened = false
  /// Whether the settings of the command line were laid over the conversation's own.
  var followsCommandLine = true
  /// Whether an empty composer was already interrupted once.
  package var isAboutToQuit = false
  /// The mask that the next change of a picture goes by.
  var mask: PendingMask?
  /// What was told of the last part of a reply that could not be kept.
  var loss: Phrase?
  /// Uptime in milliseconds at which it was last told that the draft could not be written.
  var draftRefusedAt: Int64?
  /// Whether the user was told that leaving loses messages that are not on disk.
  var isLosingKnown = false
  /// Whether the list of tools opens as soon as it is known which there are.
  var isPickingTool = false
  /// The libraries that the server is being asked for; none where all are to be listed.
  var librariesAsked: [String]?
  /// What a server is being asked about its files; nil where nothing is.
  var serverAsked: ServerFileEffect?
  /// The files that it told while something was being typed.
  var files: FileList?
  /// Whether a file with a schema is being read for `response_format`.
  var isReadingSchema = false
  /// Whether the store is reading a conversation that will take the place of the open one.
  var isOpening = false
  /// Enter was pressed while what the message needs was on its way: it goes when that is there.
  package var isSendingWhenReady = false
  /// The last key answered a question: an Enter behind it belongs to the answer, and sends nothing.
  var hasJustAnswered = false

  package init() {}
}

/// Where a search for pictures comes from, which says what its failure gives back.
enum SearchOrigin: Equatable, Sendable {
  case command
  /// A paste of sources alone, which is text if they are none.
  case pasted(String)
  /// A pasted path that stands in the text already, and is taken out if it is a folder's.
  case inserted(String)
  /// A line that began with sources, and what followed them.
  case typed(String, rest: String, areNamed: Bool)
}
