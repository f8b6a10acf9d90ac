package import Conversation

/// What is known of the stored conversations.
package struct LibraryState: Equatable, Sendable {
  package var summaries: [ConversationSummary] = []
  /// Conversations deleted since the start, newest last: they can come back until the end.
  package var deleted: [ConversationSummary] = []
  /// What to do with the list when it comes.
  package var listIsWanted = false
}
