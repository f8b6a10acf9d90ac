import Conversation
import ModelCatalog

/// The money that a question and all its rounds of tools may cost.
extension ChatEngine {
  /// Why the model is not asked again: what was spent since the user asked, with the next request's
  /// prompt, is more than the budget; nil where there is none, or room.
  var budgetStop: EngineReport? {
    guard let budget = calls.budget else { return nil }
    let target = target
    let tokens = target.tokens(of: conversation) + tools.tokens
    guard let spent, let next = target.model.cost(ofPrompt: tokens.tokens ?? 0) else {
      return .budgetUncounted(model: target.modelName ?? "")
    }
    let turn = Money(dollars: spent.dollars - calls.spentBefore.dollars + next.dollars)
    return turn > budget ? .budgetReached(budget, with: turn) : nil
  }

  /// What all replies of the conversation cost, variants too, and what is estimated; nil where a price is
  /// unknown.
  var spent: Money? {
    var sum = Money.zero
    for message in conversation.messages.all {
      guard let reply = message.reply, let usage = reply.usage else { continue }
      guard let cost = settings.catalog.model(named: reply.model).cost(of: usage) else {
        return nil
      }
      sum = sum + cost + message.parts.serverToolCost
    }
    return sum
  }
}
