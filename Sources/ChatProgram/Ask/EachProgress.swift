import Conversation
package import Language
package import ModelCatalog

/// How far the questions about many pictures have come.
package struct EachProgress: Sendable {
  var total: Int
  var ended: Int
  var failed: Int
  /// Milliseconds that are left, by the time that the others took; nil before the first end.
  var left: Int64?
  var money: Money?
  /// Whether a reply's figures are estimated.
  var isEstimated: Bool

  /// `waiting` counts what has not ended, `elapsed` the milliseconds since the first began.
  init(items: [EachItem], waiting: Int, elapsed: Int64) {
    let results = items.compactMap(\.result)
    total = items.count
    ended = total - waiting
    failed = results.count { $0.status != .done }
    left = results.isEmpty ? nil : elapsed / Int64(results.count) * Int64(waiting)
    let dollars = results.compactMap(\.dollars)
    money = dollars.isEmpty ? nil : Money(dollars: dollars.reduce(0, +))
    isEstimated = results.contains { $0.usage?.isEstimated ?? false }
  }

  package init(
    total: Int, ended: Int, failed: Int, left: Int64?, money: Money?, isEstimated: Bool = false
  ) {
    self.total = total
    self.ended = ended
    self.failed = failed
    self.left = left
    self.money = money
    self.isEstimated = isEstimated
  }

  /// “12 of 200 pictures, 1 failed, ≈3 min left, $0.12”.
  package var phrase: Phrase {
    var phrase = say("\(ended) of \(total, .pictures)")
    if failed > 0 { phrase = say("\(phrase), \(failed) failed") }
    if let left, ended < total {
      phrase =
        left < 90_000
        ? say("\(phrase), ≈\(max(1, left / 1000)) s left")
        : say("\(phrase), ≈\(left / 60_000) min left")
    }
    return money.map { say("\(phrase), \($0.text(isEstimated: isEstimated))") } ?? phrase
  }
}
