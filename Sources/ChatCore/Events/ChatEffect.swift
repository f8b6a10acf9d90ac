package import Conversation

/// Something to be done, as data: the state's only way to reach the world.
package enum ChatEffect: Equatable, Sendable {
  case reply(ReplyEffect)
  case store(StoreEffect)
  case picture(PictureEffect)
  case tool(ToolEffect)
  case composer(ComposerEffect)
  case terminal(TerminalOrder)
  case listModels(provider: String)
  /// Takes back what was learned of a model on a server, and of the server whatever the model.
  case forgetLearned(provider: String, model: String)
  /// Has a `.keyMissing` event come where a server wants a key and there is none.
  case checkKey(provider: String)
  /// Looks for model servers on this machine; answered by `.foundLocally`.
  case findLocalServers
  /// Reads a file with a JSON Schema, for `response_format`.
  case readSchema(path: String)
  /// A `.clock` event after so many milliseconds.
  case wake(after: Int64)
  case quit(QuitReason)
}

/// What a request cost whose reply is in no stored message: its figures, without a word of it.
package struct UncountedReply: Equatable, Sendable {
  package var id: ReplyID
  package var created: Timestamp
  package var details: ReplyDetails

  package init(id: ReplyID, created: Timestamp, details: ReplyDetails) {
    self.id = id
    self.created = created
    self.details = details
  }
}

/// What is to be done about replies.
package enum ReplyEffect: Equatable, Sendable {
  case request(ReplyOrder)
  case cancel(ReplyID)
}

/// All that a request for a reply needs.
package struct ReplyOrder: Equatable, Sendable {
  package var id: ReplyID
  package var provider: String
  package var model: String
  package var instructions: String?
  /// The messages to send, those left out already gone.
  package var messages: [Message]
  package var parameters: Parameters
  /// Whether the reply shall come piece by piece.
  package var isStreamed: Bool

  package init(
    id: ReplyID, provider: String, model: String, instructions: String?, messages: [Message],
    parameters: Parameters, isStreamed: Bool = true
  ) {
    self.id = id
    self.provider = provider
    self.model = model
    self.instructions = instructions
    self.messages = messages
    self.parameters = parameters
    self.isStreamed = isStreamed
  }
}

/// What is to be kept, or brought back, by the store.
package enum StoreEffect: Equatable, Sendable {
  /// Writes the conversation's own row: name, leaf, settings, draft. Creates it when it is new;
  /// answered by `saveFailed` where that cannot be.
  case saveConversation(Conversation)
  /// Writes a message; answered by `committed`, `branched` or `commitFailed`.
  case append(Message, ConversationID)
  /// Writes a message's status, parts, omission and reply details; answered by `commitFailed`
  /// where that cannot be.
  case update(Message)
  /// Adds to the text of a reply in flight; answered by `commitFailed` where that cannot be.
  case extend(MessageID, text: String, reasoning: String)
  /// Writes a whole conversation with its messages, as `/fork` makes one; answered by `inserted`
  /// or `insertFailed`.
  case insert(Conversation)
  case load(ConversationQuery, at: MessageID?)
  case list
  case search(String)
  case rename(ConversationID, String)
  case delete(ConversationQuery)
  case restore(ConversationID)
  /// Writes a file; answered by `done`, `failed`, or by `exists` where something else is there and
  /// `isReplacing` is false.
  case export(Conversation, path: String, isReplacing: Bool)
  /// Reads a file beside everything else; answered by `importing`, at last by `imported` or `failed`.
  case importFile(path: String)
  /// Ends the reading of a file, which is then answered by `failed`.
  case cancelImport
  /// Sums the usage of all conversations.
  case usage
  /// Counts a request whose reply is in no stored message.
  case count(UncountedReply)
}

/// How a conversation is asked for.
package enum ConversationQuery: Hashable, Sendable {
  case id(ConversationID)
  case name(String)
  case last
}

/// What is to be done about pictures, off the loop.
package enum PictureEffect: Equatable, Sendable {
  /// Finds what paths, globs, folders and URLs name.
  ///
  /// `whole` is what was typed, which may be one path with spaces that nobody quoted.
  case find(request: Int, words: [String], whole: String)
  /// Finds the picture in the clipboard.
  case paste(request: Int)
  /// Reads, keeps and fits a picture.
  case prepare(AttachmentID, PictureOrigin, detail: Detail, for: PictureAudience)
  case cancel(AttachmentID)
  /// Draws a picture in cells, from its fitted form where there is one.
  case preview(PreviewKey, PictureReference, for: PictureAudience)
  /// Draws a picture over the whole screen, as the model will see it.
  case view(ViewOrder)
}

/// What is to be changed in the composer, which readline owns.
package enum ComposerEffect: Equatable, Sendable {
  /// Replaces the text, the cursor at its end.
  case setText(String)
  case insert(String)
  case remember(String)
}

/// What the terminal, or a program on it, is to do.
package enum TerminalOrder: Equatable, Sendable {
  /// Puts text on the clipboard of the user's terminal; answered by `copied` or `copyFailed`.
  case copy(String)
  case edit(String)
  case page(String)
  /// Hands text to a command of the shell that gets the terminal; answered by `ranOnScreen`.
  case pipe(String, to: String)
  /// Asks on the ordinary screen for a server's key, which the state never sees.
  case askKey(provider: String)
  case suspend
  case redraw
  case beep
  /// Asks what pixels the terminal can draw; answered by `.graphics`.
  case askGraphics
}

/// Why the program ends, which decides its exit status.
package enum QuitReason: Equatable, Sendable {
  case asked
  case hungUp
  case terminated
  /// Ctrl-C, where there is no screen.
  case interrupted
}
