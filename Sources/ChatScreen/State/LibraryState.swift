import ChatEngine
package import Conversation

/// The stored conversations, as far as the store was asked for them.
package struct LibraryState: Equatable, Sendable {
  package var summaries: [ConversationSummary] = []
  /// Conversations deleted since the start, newest last: they can come back until the end.
  package var deleted: [ConversationSummary] = []
  /// Whether the list shall be shown when it comes.
  package var listIsWanted = false
  /// The name that the open conversation had before it was given one that may be taken.
  package var formerName: Label?
  /// The name that a copy was given by itself: that it has it is no news.
  package var copyName: Label?
  /// The file that is being read.
  package var reading: FileReading?
  /// What is searched for by its meaning at the moment.
  package var meaning: String?

  package init() {}
}

/// A file that is being read into the store.
package struct FileReading: Equatable, Sendable {
  package var path: String
  /// How many of its conversations are stored.
  package var count = 0
  /// The conversation and leaf when it began: the file is opened only where these are still in use.
  package var conversation: ConversationID
  package var leaf: MessageID?
}
