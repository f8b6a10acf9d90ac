import Conversation
package import Language

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
  /// The server in use wants a key, and there is none.
  case keyMissing(Phrase)
}
