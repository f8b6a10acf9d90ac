package import Conversation
package import Language
package import ModelCatalog

/// The answer to a ``StoreEffect``.
package enum StoreEvent: Equatable, Sendable {
  /// The result of a write of the engine's; faces do not look at it.
  case written(WriteResult)
  /// News of the store itself: what was asked of it is still to be answered.
  case news(Phrase)
  /// The store could not do what a face asked for.
  case failed(Phrase, of: StoreEffect, kind: StoreFailure.Kind = .unwritable)
  /// Something that was to be told worked (a rename, an export).
  case done(Phrase)
  /// A conversation was opened as the last with messages; this one holds a newer draft alone.
  case draftWaits(ConversationSummary)
  /// The file of an export is there already, and Iris did not write it from this conversation.
  case exists(path: String, Conversation)
  /// So many conversations of a file are stored.
  case importing(count: Int)
  /// A file is read: its newest conversation, and what is to be told.
  case imported(Conversation, Phrase)
  /// Opened at its leaf, or at the message that a search found.
  case loaded(Conversation, at: MessageID?)
  case notFound(Phrase, of: StoreEffect)
  case listed([ConversationSummary])
  case found(query: String, [SearchHit])
  case named(ConversationID, String)
  /// Another conversation has that name already.
  case nameTaken(String)
  case deleted(ConversationSummary)
  case restored(ConversationSummary)
  /// Sums over all conversations, by month and model, newest first.
  case usage([UsageLine])
}

/// The result of writing messages, rows and figures.
package enum WriteResult: Equatable, Sendable {
  /// The message is on disk.
  case committed(MessageID)
  /// The message, or what changed in it, could not be written; it is tried again.
  case commitFailed(MessageID, Phrase, kind: StoreFailure.Kind = .unwritable)
  /// The message is on disk, but another program wrote in the conversation meanwhile.
  case branched(MessageID, [Message])
  /// A whole conversation with these messages is on disk.
  case inserted([MessageID])
  /// A whole conversation could not be written: none of these messages is on disk.
  case insertFailed([MessageID], Phrase)
  /// The conversation's own row, and with it the draft, could not be written.
  case saveFailed(ConversationID, Phrase)
  /// A request's figures could not be counted.
  case notCounted(Phrase)
}

/// A sum of tokens and money, for `/usage`.
package struct UsageLine: Equatable, Sendable {
  package var label: String
  package var model: String
  package var replies: Int
  /// How many pictures the replies hold.
  package var pictures: Int
  package var usage: TokenUsage
  /// Nil where a price is unknown.
  package var cost: Money?
  /// How much was done by a server that made no reply; nil for replies.
  package var amount: ServiceAmount?

  package init(
    label: String, model: String, replies: Int, pictures: Int = 0, usage: TokenUsage, cost: Money?,
    amount: ServiceAmount? = nil
  ) {
    self.amount = amount
    self.label = label
    self.model = model
    self.replies = replies
    self.pictures = pictures
    self.usage = usage
    self.cost = cost
  }
}

/// Why something could not be stored or brought back.
package struct StoreFailure: Equatable, Sendable {
  /// The kind of failure, which decides an exit status.
  package enum Kind: Equatable, Sendable {
    /// There is no such conversation.
    case missing
    /// The stored data cannot be read: it is damaged, or of a newer version.
    case unreadable
    /// Something could not be written.
    case unwritable
  }

  package var kind: Kind
  package var phrase: Phrase

  package init(kind: Kind, phrase: Phrase) {
    self.kind = kind
    self.phrase = phrase
  }
}

extension ConversationSummary {
  /// The sentence about a draft that is newer than the conversation opened as the last.
  package var newerDraft: Phrase { say("A newer draft was never sent: \(title)") }
}
