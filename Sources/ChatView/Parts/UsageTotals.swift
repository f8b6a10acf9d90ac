import ChatEngine
import ChatScreen
import Conversation
import ModelCatalog

/// The tokens and the money of all the conversation's replies, those of other branches too, as far as
/// servers told them.
///
/// They are summed again only where something can have changed: never while a reply streams.
struct UsageTotals {
  /// Tokens and money; nil while no server has told any.
  private(set) var total: Sum?
  private var key: Key?

  struct Sum: Equatable {
    var tokens: TokenCount = 0
    /// Nil where no price is known.
    var money: Money?
    /// Whether a reply's figures are estimated.
    var isEstimated = false
  }

  /// A value that changes whenever the figures of a reply come.
  private struct Key: Equatable {
    var conversation: ConversationID
    var messageCount: Int
    var isIdle: Bool
    var leaf: MessageID?
    var leafUsage: TokenUsage?
  }

  /// - Complexity: constant while nothing changed, else the number of messages.
  mutating func update(to state: ChatState) {
    let messages = state.conversation.messages
    let key = Key(
      conversation: state.conversation.id, messageCount: messages.count,
      isIdle: state.reply.isIdle, leaf: messages.leaf,
      leafUsage: messages.leaf.flatMap { messages[$0]?.reply?.usage })
    guard key != self.key else { return }
    self.key = key
    total = messages.unordered.reduce(into: nil) { Self.add($1, of: state, to: &$0) }
  }

  private static func add(_ message: Message, of state: ChatState, to sum: inout Sum?) {
    guard let reply = message.reply, let usage = reply.usage else { return }
    var result = sum ?? Sum()
    result.tokens += usage.total
    result.isEstimated = result.isEstimated || usage.isEstimated
    if let cost = state.engine.settings.catalog.model(named: reply.model).cost(of: usage) {
      let tools =
        state.engine.settings.isDemo(reply.provider) ? .zero : message.parts.serverToolCost
      result.money = (result.money ?? .zero) + cost + tools
    }
    sum = result
  }
}
