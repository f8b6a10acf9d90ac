import ChatCore
import ChatEngine
import Conversation
import ModelCatalog

/// The tokens and the money of the path's replies, as far as servers told them.
///
/// The sum of all messages but the last is kept: nothing is added to those.
struct UsageTotals {
  /// Tokens and money; nil while no server has told any.
  private(set) var total: Sum?
  private var settled: Sum?
  private var settledCount = 0
  /// The last message in `settled`: as a message has one parent, it tells all those before it.
  private var settledEnd: MessageID?

  struct Sum: Equatable {
    var tokens: TokenCount = 0
    /// Nil where no price is known.
    var money: Money?
  }

  mutating func update(to state: ChatState) {
    let path = state.conversation.messages.pathIDs
    if settledCount > max(0, path.count - 1)
      || (settledCount > 0 && path[settledCount - 1] != settledEnd)
    {
      (settled, settledCount, settledEnd) = (nil, 0, nil)
    }
    for id in path.dropFirst(settledCount).dropLast() {
      Self.add(id, of: state, to: &settled)
      settledCount += 1
      settledEnd = id
    }
    total = settled
    if let last = path.last { Self.add(last, of: state, to: &total) }
  }

  private static func add(_ id: MessageID, of state: ChatState, to sum: inout Sum?) {
    guard let reply = state.conversation.messages[id]?.reply, let usage = reply.usage else {
      return
    }
    var result = sum ?? Sum()
    result.tokens += usage.total
    if let cost = state.surroundings.catalog.model(named: reply.model).cost(of: usage) {
      result.money = (result.money ?? .zero) + cost
    }
    sum = result
  }
}
