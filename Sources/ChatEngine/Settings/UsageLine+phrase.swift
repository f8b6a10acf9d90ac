package import Conversation
package import Language
package import ModelCatalog

extension UsageLine {
  /// The figures of one reply; nil where its server told none and none are estimated.
  package init?(_ reply: ReplyDetails, label: String, _ catalog: ModelCatalog) {
    guard let usage = reply.usage else { return nil }
    self.init(
      label: label, model: reply.model, replies: 1, usage: usage,
      cost: catalog.model(named: reply.model).cost(of: usage))
  }

  /// A sum for each model that replied, in the order of their first replies.
  package static func sums(
    of replies: some Sequence<ReplyDetails>, label: String, _ catalog: ModelCatalog
  ) -> [UsageLine] {
    var sums: [UsageLine] = []
    for line in replies.lazy.compactMap({ UsageLine($0, label: label, catalog) }) {
      if let index = sums.firstIndex(where: { $0.model == line.model }) {
        sums[index] += line
      } else {
        sums.append(line)
      }
    }
    return sums
  }

  /// Adds another sum of the same model; its money is unknown where either is.
  fileprivate static func += (left: inout Self, right: Self) {
    left.replies += right.replies
    left.pictures += right.pictures
    left.usage = left.usage + right.usage
    left.cost = left.cost.flatMap { cost in right.cost.map { cost + $0 } }
  }

  /// “gpt-4o: 2 replies, 3.1k in (2k cached), 200 out, $0.011”, or “gpt-transcribe: 2.5 min, $0.011”; behind
  /// the replies, the pictures that they hold.
  package var phrase: Phrase {
    if let amount { return say("\(model): \(amount.phrase), \(money)") }
    guard pictures > 0 else {
      return say("\(model): \(replies, .replies), \(usage.phrase), \(money)")
    }
    return say(
      "\(model): \(replies, .replies), \(pictures, .pictures), \(usage.phrase), \(money)")
  }

  /// The same of a single reply.
  package var phraseOfOne: Phrase { say("\(model): \(usage.phrase), \(money)") }

  /// The same of a reply that is pictures: “gpt-image-2: 1 picture, 20 in, 200 out, $0.006”.
  package func phrase(ofPictures count: Int) -> Phrase {
    say("\(model): \(count, .pictures), \(usage.phrase), \(money)")
  }

  private var money: Phrase {
    cost.map { .verbatim($0.text(isEstimated: usage.isEstimated)) } ?? say("price unknown")
  }
}

extension TokenUsage {
  /// What stands before figures: “≈” where they are estimated.
  package var sign: String { isEstimated ? "≈" : "" }

  /// “3.1k in (2k cached), 200 out”; “≈3.1k in, ≈200 out” where it is estimated.
  fileprivate var phrase: Phrase {
    let sent = sign + TokenEstimate.short(prompt.value)
    let came = sign + TokenEstimate.short(completion.value)
    guard !isEstimated || cached > 0 else { return say("\(sent) in, \(came) out") }
    return say("\(sent) in (\(TokenEstimate.short(cached.value)) cached), \(came) out")
  }
}
