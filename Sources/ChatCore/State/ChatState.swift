package import ChatEngine
package import Conversation
import ModelCatalog

/// All that the program knows, as one value.
///
/// It changes only in ``handle(_:at:)``. Each part owns one concern and sees none of its siblings;
/// what crosses them lives in the extensions of this type.
package struct ChatState: Equatable, Sendable {
  package var surroundings: Surroundings
  package var conversation: Conversation
  package var session = SessionState()
  package var composer = ComposerState()
  package var transcript = TranscriptState()
  package var reply = ReplyState()
  package var pictures = PicturesState()
  package var library = LibraryState()
  package var tools = ToolsState()
  package var commits = CommitState()
  /// The question that is put without a screen; nil where there is one.
  package var asking: AskState?
  package var overlay: Overlay?
  package var notice: Notice?

  package init(surroundings: Surroundings, conversation: Conversation) {
    self.surroundings = surroundings
    self.conversation = conversation
  }

  /// Whether messages are shown as they are written: what is marked is marked in the source.
  package var showsSource: Bool {
    if case .selection = overlay { return true }
    return transcript.isRaw
  }
}

/// What the next message and request are made with, beside the conversation's own settings.
package struct SessionState: Equatable, Sendable {
  /// Whose message the next Enter writes.
  package var role = Role.user
  /// The detail of pictures that are attached from now on.
  package var detail = Detail.auto
  /// The earlier message that is being written anew; its place in the tree is its parent.
  package var editing: MessageID?
  /// What the command line sets for the conversation that is opened first; nil from then on.
  package var given: GivenSettings?
  /// The models that the server offers, once it was asked.
  package var models: [String] = []
  /// The servers that were asked for their models without the user's asking.
  var serversAsked: Set<String> = []
  /// What servers told of their models, by the server's name and the model's; a server that was asked
  /// has an entry, though it be empty.
  package var listed: [String: [String: ListedModel]] = [:]
  /// Whether an empty composer was already interrupted once.
  package var isAboutToQuit = false
  /// Whether the conversation has a row in the store.
  package var isStored = false
  /// Uptime of the last draft that was saved, in milliseconds, and whether a newer one waits.
  package var draftSavedAt: Int64 = 0
  /// Uptime in milliseconds at which the draft could last not be written.
  package var draftRefusedAt: Int64?
  /// Whether the user was told that leaving loses messages that are not on disk.
  package var isLosingKnown = false
  package var draftIsDirty = false
  /// Enter was pressed while pictures were being prepared, or the conversation was being opened: the
  /// message goes when they are ready.
  package var isSendingWhenReady = false
  /// The last key answered a question: an Enter behind it belongs to the answer, and sends nothing.
  package var hasJustAnswered = false
  /// What was last said against a request, and what of it the user accepted by asking again.
  package var toldObstacle: RequestObstacle?
  package var acceptedRisk: RequestRisk?
  /// Whether requests go although a limit that is known speaks against them.
  package var ignoresRisks = false
  /// Whether the conversation is kept; of one that is not, only its figures are.
  package var keepsConversation = true
  /// Whether replies shall come piece by piece.
  package var streamsReplies = true
  /// Whether a `.clock` event is on its way: there is never more than one.
  package var clockIsSet = false
}
