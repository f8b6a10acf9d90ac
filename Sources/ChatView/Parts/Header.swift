import ChatCore
import Conversation
import ModelCatalog
import Screen

/// The bar at the top: the conversation's name, the model, what is set, tokens and cost.
struct Header {
  private let left: [Cell]
  private let right: [Cell]
  private let context: ViewContext

  init(_ state: ChatState, _ context: ViewContext) {
    self.context = context
    let separator = " " + context.glyphs.separator + " "
    let title = state.conversation.title
    left = context.cells(
      " Iris" + (title.isEmpty ? "" : separator + title), context.theme.bar)
    right = context.cells(
      Self.settings(state).joined(separator: separator) + " ", context.theme.dim)
  }

  /// Draws the bar, and a rule where there is room; returns the number of rows used.
  func draw(in frame: inout Frame) -> Int {
    let columns = frame.size.columns
    let shown = right.truncated(to: columns * 2 / 3, rules: context.rules)
    let room = columns - shown.count - 1
    frame.write(left.truncated(to: room, rules: context.rules), row: 0)
    frame.write(shown, row: 0, column: columns - shown.count)
    guard frame.size.rows >= 16 else { return 1 }
    let rule = String(repeating: context.glyphs.horizontal, count: columns)
    frame.write(context.cells(rule, context.theme.rule), row: 1)
    return 2
  }

  private static func settings(_ state: ChatState) -> [String] {
    var parts = [state.currentModel ?? "–"]
    if state.currentProvider.isDemo { parts[0] += " (demo)" }
    let parameters = state.conversation.parameters
    if let value = parameters.temperature { parts.append("t \(Parameters.number(value))") }
    if let value = parameters.topP { parts.append("top_p \(Parameters.number(value))") }
    if parameters.responseFormat != nil { parts.append("json") }
    if let usage = usage(of: state) { parts.append(usage) }
    return parts
  }

  /// The tokens and the money of the path's replies, as far as servers told them.
  private static func usage(of state: ChatState) -> String? {
    let replies = state.conversation.messages.path.compactMap(\.reply)
    let usages = replies.compactMap(\.usage)
    guard !usages.isEmpty else { return nil }
    let total = usages.reduce(0) { $0 + $1.total }
    let costs = replies.compactMap { reply in
      reply.usage.flatMap { state.surroundings.catalog.model(named: reply.model).cost(of: $0) }
    }
    let money = costs.isEmpty ? "" : " \(costs.reduce(Money.zero, +))"
    return TokenEstimate.short(total) + " tok" + money
  }
}
