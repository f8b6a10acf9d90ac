package import ChatEngine
package import Conversation
package import Language

/// What the program around the state reports of its start and of what it keeps.
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
  /// The user gave a key; what became of it, to be told.
  case keyTaken(Phrase)
  /// Nothing is configured, and these servers of this machine answer, the likeliest first.
  case foundLocally([String])
  /// The user was asked for a key and gave none, or one that is none.
  case keyNotGiven
  case keyUnusable(Phrase)
}
