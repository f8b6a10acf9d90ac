import ChatEngine
import ChatScreen
import Conversation
import Language
import ModelCatalog

extension TargetModel {
  /// A model of the first server.
  static func openAI(_ model: String = "gpt-4o") -> Self { Self(provider: "openai", model: model) }
}

extension ConversationSummary {
  static func of(_ conversation: Conversation, updated: Int64 = 0) -> Self {
    ConversationSummary(
      id: conversation.id, name: conversation.name?.text, title: conversation.title,
      updated: Timestamp(milliseconds: updated), messageCount: conversation.messages.count,
      pictureCount: 0, model: conversation.model)
  }

  static func named(_ name: String, id: Int64) -> Self {
    ConversationSummary(
      id: ConversationID(rawValue: id), name: name, title: name,
      updated: Timestamp(milliseconds: 0), messageCount: 2, pictureCount: 0, model: nil)
  }
}

extension UsageLine {
  static let sample = UsageLine(
    label: "2026-11", model: "gpt-4o", replies: 2,
    usage: TokenUsage(prompt: 1_500_000, completion: 20_000, cached: 500_000),
    cost: Money(dollars: 3.325))
}

extension ReplyFailure {
  static let offline = ReplyFailure(kind: .unreachable, phrase: "The server cannot be reached.")
}
