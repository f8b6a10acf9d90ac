package import Conversation

/// One question that is put without a screen, with everything that belongs to it.
package struct AskInput: Equatable, Sendable {
  /// A message that is added before the question, as an example or an instruction.
  package struct Addition: Equatable, Sendable {
    package var role: Role
    package var text: String

    package init(role: Role, text: String) {
      self.role = role
      self.text = text
    }
  }

  /// The stored conversation to ask in; nil for the one that is open.
  package var conversation: ConversationQuery?
  /// The name under which the conversation is stored; nil to leave its name alone.
  package var name: Label?
  /// Paths, patterns, folders and URLs of pictures, each as one argument of the command line.
  package var sources: [String] = []
  /// Pictures whose originals are kept already.
  package var pictures: [PictureReference] = []
  package var additions: [Addition] = []
  /// The question; nil where no reply is asked for.
  package var text: String?

  package init(text: String?) {
    self.text = text
  }
}

/// An event for a question without a screen.
package enum AskEvent: Equatable, Sendable {
  case begin
  /// The answer to an effect.
  case engine(EngineEvent)
  /// Ends the question early: what came of the reply stays, marked as stopped.
  case stop(QuitReason)
}
