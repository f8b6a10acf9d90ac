package import Conversation
package import Language
package import Screen

/// Something that happened: the only way by which the world reaches the state.
package enum ChatEvent: Equatable, Sendable {
  case composer(ComposerEvent)
  case key(KeyAction)
  case terminal(TerminalEvent)
  case reply(ReplyID, ReplyEvent)
  case picture(PictureEvent)
  case store(StoreEvent)
  case server(ServerEvent)
  case tool(ToolEvent)
  case view(ViewEvent)
  case ask(AskEvent)
  case program(ProgramEvent)
  /// Pictures that the command line named, each as one argument.
  case attach([String])
  /// A wake-up that an effect asked for.
  case clock
}

/// What came of editing the line.
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

/// What the terminal reports beside keys.
package enum TerminalEvent: Equatable, Sendable {
  case resized(Size)
  case resumed
  /// The terminal's background is dark (or light), by its own answer.
  case background(isDark: Bool)
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
}

/// A reply is known by the identifier that its message has, or will have.
package typealias ReplyID = MessageID

/// What a reply in flight reports, in order.
package enum ReplyEvent: Equatable, Sendable {
  case connecting
  /// The request has been sent; nothing has come back.
  case waiting
  /// `deadline` is the uptime in milliseconds at which the next try begins.
  case retrying(attempt: Int, deadline: Int64, because: Phrase)
  /// The server refused a parameter that Iris now leaves out.
  case adapted(Phrase)
  /// More of the reply, in so many pieces of the server's.
  case text(String, deltas: Int = 1)
  case reasoning(String, deltas: Int = 1)
  case refusal(String, deltas: Int = 1)
  /// All that came so far is reasoning, or all of it is the answer.
  case reclassified(isReasoning: Bool)
  case usage(TokenUsage)
  case fingerprint(String)
  /// The whole response as its JSON text, of a reply that was not streamed; before its text.
  case object(String)
  case finished(FinishReason?)
  case failed(ReplyFailure)
}

/// Why there is no (whole) reply.
package struct ReplyFailure: Equatable, Sendable {
  /// What kind of help to offer.
  package enum Kind: Equatable, Sendable {
    /// `index` counts the request's pictures from 0; nil where the server did not say which.
    case pictureRefused(index: Int?)
    /// Messages of one role follow each other, which the server does not take.
    case turnsRefused
    /// The request has more pictures than the server was learned to take; nothing was sent.
    case pictureLimit
    case contextTooLong
    case keyRefused
    case modelUnknown
    /// The server takes no more requests for now.
    case rateLimited
    case unreachable
    /// A picture of the request could not be made ready; nothing was sent.
    case pictureUnusable
    /// The request itself is none that could be sent.
    case unsendable
    /// The stream ended before it said so.
    case cutOff
    case other
  }

  package var kind: Kind
  package var phrase: Phrase

  package init(kind: Kind, phrase: Phrase) {
    self.kind = kind
    self.phrase = phrase
  }
}

/// What became of looking for, reading and fitting pictures.
package enum PictureEvent: Equatable, Sendable {
  /// A path, glob, folder, URL or `data:` URL names these pictures.
  case found(request: Int, sources: [String])
  /// `isThere` says that a path names something, if no pictures.
  case notFound(request: Int, Phrase, isThere: Bool = false)
  /// The clipboard's picture, which is kept already.
  case pasted(request: Int, PictureReference)
  case prepared(AttachmentID, PreparedPicture)
  case failed(AttachmentID, Phrase, kind: PictureFailure.Kind = .unusable)
  case previewed(PreviewKey, [[Cell]])
  case previewedInPixels(PreviewKey, PixelPreview)
  case previewFailed(PreviewKey)
  case view(PictureViewEvent)
}

/// What became of a picture over the whole screen.
package enum PictureViewEvent: Equatable, Sendable {
  case drawn(ViewOrder, PictureDrawing, sent: FittedFacts)
  case failed(ViewOrder, Phrase)
  /// A key was pressed.
  case closed
}

/// What a server's list of models tells of one; nil where it tells nothing.
package struct ListedModel: Equatable, Sendable {
  /// How many tokens it reads at most.
  package var contextLength: Int?
  package var takesPictures: Bool?

  package init(contextLength: Int? = nil, takesPictures: Bool? = nil) {
    self.contextLength = contextLength
    self.takesPictures = takesPictures
  }
}

/// What a server was asked beside replies.
package enum ServerEvent: Equatable, Sendable {
  /// The models of a server; of the one in use where none is named.
  case models([String], of: String? = nil)
  /// What a server tells of its models, by their names; those of which it tells nothing are left out.
  case listed([String: ListedModel], of: String)
  case modelsFailed(Phrase, kind: ReplyFailure.Kind = .other)
  /// The shape that a file asks replies to have, or why it asks for none.
  case schema(ResponseFormat)
  case schemaFailed(Phrase)
  /// The server in use wants a key, and there is none.
  case keyMissing(Phrase)
  /// The user gave a key; what became of it, to be told.
  case keyTaken(Phrase)
  /// Nothing is configured, and these servers of this machine answer, the likeliest first.
  case foundLocally([String])
}

/// What drawing found out: scrolling is asked for in rows, and only a layout knows how many there
/// are.
package enum ViewEvent: Equatable, Sendable {
  case drawn(ScrollReport)
}
