import Conversation
package import Language

/// The facts about a model in a server's own list; nil where the list is silent.
package struct ListedModel: Equatable, Sendable {
  /// How many tokens it reads at most.
  package var contextLength: Int?
  package var takesPictures: Bool?
  package var hearsSound: Bool?

  package init(
    contextLength: Int? = nil, takesPictures: Bool? = nil, hearsSound: Bool? = nil
  ) {
    self.contextLength = contextLength
    self.takesPictures = takesPictures
    self.hearsSound = hearsSound
  }
}

/// The answer to a question to a server that is no request for a reply.
package enum ServerEvent: Equatable, Sendable {
  /// The models of a server; of the one in use where none is named.
  case models([String], of: String? = nil)
  /// The facts in a server's list, by the models' names; models without any are left out.
  case listed([String: ListedModel], of: String)
  case modelsFailed(Phrase, kind: ReplyFailure.Kind = .other)
  /// The server in use wants a key, and there is none.
  case keyMissing(Phrase)
  /// What is to be told of a server behind the end of a request, such as what a stopped one may have left
  /// there.
  case told(Phrase)
}
