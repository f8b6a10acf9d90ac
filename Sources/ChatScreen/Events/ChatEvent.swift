package import ChatEngine
package import Conversation
package import Language
package import Screen

/// Something that happened: the only way by which the world reaches the state.
package enum ChatEvent: Equatable, Sendable {
  case composer(ComposerEvent)
  case key(KeyAction)
  case terminal(TerminalEvent)
  /// What replies, pictures, the store and servers bring.
  case engine(EngineEvent)
  case preview(PreviewEvent)
  case externalProgram(ExternalProgramEvent)
  case sound(SoundEvent)
  case meaning(MeaningEvent)
  case view(ViewEvent)
  case program(ProgramEvent)
  /// Pictures that the command line named, each as one argument.
  case attach([String])
  /// A wake-up that an effect asked for.
  case clock
}

extension ChatEvent {
  package static func reply(_ id: ReplyID, _ event: ReplyEvent) -> Self {
    .engine(.reply(id, event))
  }

  package static func replyFailed(_ id: ReplyID, _ failure: ReplyFailure) -> Self {
    .engine(.replyFailed(id, failure))
  }

  package static func picture(_ event: PictureEvent) -> Self { .engine(.picture(event)) }

  package static func store(_ event: StoreEvent) -> Self { .engine(.store(event)) }

  package static func server(_ event: ServerEvent) -> Self { .engine(.server(event)) }
}

/// An event of the composer, which readline owns.
package enum ComposerEvent: Equatable, Sendable {
  case changed(ComposerSnapshot)
  /// Enter: the whole text, which the composer has given up.
  case accepted(String)
  /// Tab found several candidates.
  case candidates([String])
  /// A paste or a drop that came in whole, not yet in the text.
  case pasted(String)
  /// The editor came back with a text.
  case edited(String)
  /// The editor failed; what its file holds, if there is one.
  case editorFailed(saved: String?)
}

/// An event of the terminal that is no key.
package enum TerminalEvent: Equatable, Sendable {
  case resized(Size)
  case resumed
  /// The terminal's background is dark (or light), by its own answer.
  case background(isDark: Bool)
  /// The terminal draws more colours than was known, by its own answer.
  case colors(ColorDepth)
  /// The terminal is known to place pictures that it is given; how, it is to be asked.
  case placesPictures
  /// What pixels the terminal can draw, by its own answers.
  case graphics(Graphics)
  /// The text is in the clipboard; how it came there, or why not.
  case copied(Phrase)
  case copyFailed(Phrase)
  /// The terminal is gone, or a signal asks the program to end.
  case hungUp
  case terminated
  /// SIGINT from outside: Ctrl-C is a key.
  case interrupted
}

/// The answer to an order to draw pictures.
package enum PreviewEvent: Equatable, Sendable {
  case drawn(PreviewKey, [[Cell]])
  case drawnInPixels(PreviewKey, PixelPreview)
  case failed(PreviewKey)
  /// A mask was kept, or could not be.
  case mask(MaskOrder, MaskResult)
  case view(PictureViewEvent)
}

/// The answer to an order to draw a picture over the whole screen.
package enum PictureViewEvent: Equatable, Sendable {
  case drawn(PictureViewRequest, PictureDrawing, sent: FittedFacts)
  case failed(PictureViewRequest, Phrase)
  /// A key was pressed.
  case closed
  /// So was one, or a button of the mouse, while the picture is marked.
  case marking(MaskKey)
}

/// The findings of drawing: scrolling is asked for in rows, and only a layout knows how many there
/// are.
package enum ViewEvent: Equatable, Sendable {
  case drawn(ScrollReport)
}

/// An event of the program around the state: its start, its configuration, keys.
package enum ProgramEvent: Equatable, Sendable {
  /// The program begins, with the stored conversation to open, nil for a new one.
  case begun(opening: ConversationQuery?)
  /// The first frame is on the screen: what nobody waits for may begin. `isUnconfigured` says that
  /// no server was chosen.
  case shown(isUnconfigured: Bool)
  /// Something of the configuration, the log or the history that is to be told; what is more urgent
  /// and told already stays.
  case remarked(Phrase, Notice.Kind)
  /// The shape that a file asks replies to have, or why it asks for none.
  case schema(ResponseFormat)
  case schemaFailed(Phrase)
  /// The server's count of the next request's tokens, or why it gave none.
  case tokensCounted(Int)
  case countFailed(Phrase)
  /// The files that a server keeps, the newest first.
  case filesListed([KeptFile], of: String)
  /// What a server answered, or why it did not.
  case serverAnswered(ServerFileEffect, Phrase, Notice.Kind)
  /// The libraries that a server has, or why it could not be asked.
  case librariesListed(LibraryList)
  case librariesUnknown(Phrase)
  /// The user gave a key; what became of it, to be told.
  case keyTaken(Phrase)
  /// Nothing is configured, and these servers of this machine answer, the likeliest first.
  case foundLocally([String])
  /// The user was asked for a key and gave none, or one that is none.
  case keyNotGiven
  case keyUnusable(Phrase)
}
