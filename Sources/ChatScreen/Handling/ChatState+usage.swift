import ChatEngine
import Conversation
import Language
import ModelCatalog

extension ChatState {
  mutating func askUsage() -> [ChatEffect] { [.store(.usage)] }

  /// Tokens and money of each reply on the path, of the conversation with its variants, and of all
  /// conversations by month.
  mutating func showUsage(_ months: [UsageLine]) -> [ChatEffect] {
    let here = replyRows + conversationRows
    guard !here.isEmpty || !months.isEmpty else {
      return tell(say("No server has told what this conversation used yet."))
    }
    var rows: [Page.Row] = []
    if !here.isEmpty { rows += [Page.Row("", say("This conversation"))] + here }
    if !months.isEmpty {
      rows += [Page.Row("", say("All conversations"))]
      rows += months.map { Page.Row($0.label, $0.phrase) }
    }
    return show(Page(title: say("Tokens and money"), rows: rows))
  }

  private var replyRows: [Page.Row] {
    conversation.messages.path.enumerated().compactMap { index, message -> Page.Row? in
      guard let reply = message.reply, let usage = reply.usage else { return nil }
      let cost = engine.settings.catalog.model(named: reply.model).cost(of: usage)
      return Page.Row(
        "\(index + 1)", say("\(reply.model): \(usage.phrase), \(Money.phrase(of: cost))"))
    }
  }

  /// A sum for each model that replied, variants included.
  private var conversationRows: [Page.Row] {
    var sums: [UsageLine] = []
    for reply in conversation.messages.all.compactMap(\.reply) {
      guard let usage = reply.usage else { continue }
      let cost = engine.settings.catalog.model(named: reply.model).cost(of: usage)
      let line = UsageLine(label: "=", model: reply.model, replies: 1, usage: usage, cost: cost)
      if let index = sums.firstIndex(where: { $0.model == reply.model }) {
        sums[index] += line
      } else {
        sums.append(line)
      }
    }
    return sums.map { Page.Row($0.label, $0.phrase) }
  }
}

extension UsageLine {
  /// Adds another sum of the same model; its money is unknown where either is.
  fileprivate static func += (left: inout Self, right: Self) {
    left.replies += right.replies
    left.usage = left.usage + right.usage
    left.cost = left.cost.flatMap { cost in right.cost.map { cost + $0 } }
  }

  fileprivate var phrase: Phrase {
    let money = Money.phrase(of: cost)
    return replies == 1
      ? say("\(model): 1 reply, \(usage.phrase), \(money)")
      : say("\(model): \(replies) replies, \(usage.phrase), \(money)")
  }
}

extension TokenUsage {
  /// “3.1k in (2k cached), 200 out”.
  fileprivate var phrase: Phrase {
    let short = TokenEstimate.short
    return say(
      "\(short(prompt.value)) in (\(short(cached.value)) cached), \(short(completion.value)) out")
  }
}

extension Money {
  fileprivate static func phrase(of cost: Money?) -> Phrase {
    cost.map { .verbatim($0.description) } ?? say("price unknown")
  }
}
