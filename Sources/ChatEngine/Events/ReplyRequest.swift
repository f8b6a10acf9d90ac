package import Conversation

/// A request to make, or to give up.
package enum ReplyEffect: Equatable, Sendable {
  case request(ReplyRequest)
  case cancel(ReplyID)
}

/// All that a request for a reply needs.
package struct ReplyRequest: Equatable, Sendable {
  package var id: ReplyID
  package var provider: String
  package var model: String
  package var instructions: String?
  /// The messages to send, those left out already gone.
  package var messages: [Message]
  package var parameters: Parameters
  /// The names of the tools that the model may ask for.
  package var tools: [String]
  /// What of them is denied, which is not offered.
  package var toolRules = ToolRules()
  /// Whether the reply shall come piece by piece.
  package var isStreamed: Bool
  /// How pictures are asked for in the place of a reply, by the last of the messages; nil for a reply.
  package var drawing: Drawing?
  /// Whether unfinished pictures are asked for: they cost tokens, and somebody is to see them.
  package var showsPartialPictures = true
  /// Says where a model that may make pictures in its reply is to change the last one; nil where nobody does.
  package var mask: PictureReference?
  /// Whether it goes though the server was learned to take fewer pictures: the user insists.
  package var ignoresPictureLimit = false
  /// Whether sound goes as it is, and not as its transcript.
  package var takesSound = false

  package init(
    id: ReplyID, provider: String, model: String, instructions: String?, messages: [Message],
    parameters: Parameters, tools: [String] = [], isStreamed: Bool = true
  ) {
    self.id = id
    self.provider = provider
    self.model = model
    self.instructions = instructions
    self.messages = messages
    self.parameters = parameters
    self.tools = tools
    self.isStreamed = isStreamed
  }
}

/// Why the program ends, which decides its exit status.
package enum QuitReason: Equatable, Sendable {
  case asked
  case hungUp
  case terminated
  /// Ctrl-C where there is no screen, SIGINT where there is one.
  case interrupted
}
