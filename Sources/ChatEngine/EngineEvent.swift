package import Conversation

/// Something that happened: the only way by which faces and the world reach the engine.
package enum EngineEvent: Equatable, Sendable {
  /// Orders of the face.
  case conversation(ConversationEvent)
  case run(RunEvent)
  case attachments(AttachmentEvent)
  case settings(SettingsEvent)
  case draft(DraftEvent)
  case calls(CallEvent)
  /// Answers of the world.
  case reply(ReplyID, ReplyEvent)
  /// There is no reply, or no whole one.
  case replyFailed(ReplyID, ReplyFailure)
  case picture(PictureEvent)
  case tool(ToolEvent)
  case store(StoreEvent)
  case server(ServerEvent)
  /// A wake-up that an effect asked for; `draft` is what is being written, where that has changed.
  case clock(draft: String?)
  /// Gives the store again, at once, what it refused.
  case storeAgain
  /// The face shows time that goes by beside the run, or no more: it needs the clock.
  case timeShown(Bool)
  /// The program ends: what is still in memory goes to disk, and a reply in flight stops.
  case leaving(draft: String?)
}

/// A message that a face adds to the history.
package struct NewMessage: Equatable, Sendable {
  package var role: Role
  package var text: String
  /// The earlier message that it is written in the place of; nil for one behind the leaf.
  package var replaced: MessageID?
  /// The text left in the composer, to be kept with the conversation; nil where nobody composes.
  package var draft: String?
  /// Whether the pictures that wait go with it; they go with nobody's messages but a user's.
  package var takesPictures: Bool
  /// How the pictures are asked for that it wants made; nil for one that wants a reply.
  package var drawing: Drawing?
  /// Earlier pictures that go with it, behind those that wait.
  package var references: [PictureReference] = []

  package init(
    _ role: Role, _ text: String, replacing replaced: MessageID? = nil, draft: String? = nil,
    takesPictures: Bool = true
  ) {
    self.role = role
    self.text = text
    self.replaced = replaced
    self.draft = draft
    self.takesPictures = takesPictures && role == .user
  }
}

/// An order of a face about the open conversation.
package enum ConversationEvent: Equatable, Sendable {
  /// Adds a message, with the pictures that wait where it is a user's; asks for no reply.
  case add(NewMessage)
  /// Adds a message, and asks for a reply where it is a user's.
  case send(NewMessage)
  /// Puts another leaf in use; the row says so at once, or with the next change.
  case select(leaf: MessageID?, writesRow: Bool = true)
  /// Leaves messages, or only their pictures, out of requests, or puts them back.
  case omit(Message.Omission, of: [MessageID])
  /// Changes the detail of a message's picture, counted from 0.
  case setDetail(Detail, of: MessageID, picture: Int)
  /// Gives the conversation a name, which the store is still to take.
  case rename(Label)
  /// The conversation has this name now.
  case named(Label?)
  /// Takes in what another program wrote of the open conversation: messages and settings.
  case merge(Conversation)
  /// Ends what is under way, and writes the row with this draft; nil leaves the draft as it is.
  case leave(draft: Draft?)
  /// Opens a conversation; `isStored` says that it has a row in the store.
  case enter(Conversation, isStored: Bool)
  /// Opens a copy, which is to be written whole.
  case enterCopy(Conversation)
}

/// A change of the draft: the composer's text, and the pictures that wait.
package enum DraftEvent: Equatable, Sendable {
  case changed
  /// Another program's draft, which is shown from now on.
  case restored(Draft)
  /// The marks of a picture that wait for its change; nil where they wait no more.
  case masked(Drawing?)
}
