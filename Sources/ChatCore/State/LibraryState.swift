package import Conversation

/// What is known of the stored conversations.
package struct LibraryState: Equatable, Sendable {
  package var summaries: [ConversationSummary] = []
  /// Conversations deleted since the start, newest last: they can come back until the end.
  package var deleted: [ConversationSummary] = []
  /// Whether the list shall be shown when it comes.
  package var listIsWanted = false
  /// The name that the open conversation had before it was given one that may be taken.
  package var formerName: String?
}
