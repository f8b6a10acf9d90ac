import ChatEngine
import ChatProgram
import ChatScreen
import Conversation
import Testing

/// How much of a flood is taken in between two frames.
@Suite struct FrameBudgetTests {
  private let id = MessageID(rawValue: 1)

  private func delta(_ text: String, _ kind: ReplyPart.Kind) -> ChatEvent {
    .reply(id, .partDelta(ReplyPart(index: 0, kind: kind), text))
  }

  @Test func `Every part of a reply counts in bytes, and nothing else does`() {
    var budget = FrameBudget()
    let half = String(repeating: "字", count: FrameBudget.bytes / 6 + 1)
    budget.spend(on: .reply(id, .waiting))
    budget.spend(on: .clock)
    #expect(budget.spentBytes == 0)
    budget.spend(on: delta(half, .text))
    #expect(!budget.isSpent)
    budget.spend(on: delta(half, .reasoning))
    #expect(budget.isSpent)
  }

  @Test func `A flood gets through in no fewer frames than its bytes are worth`() {
    let event = delta(String(repeating: "x", count: 50_000), .text)
    var backlog = Array(repeating: event, count: 200)[...]
    var frames = 0
    while !backlog.isEmpty {
      var budget = FrameBudget()
      while !budget.isSpent, let event = backlog.popFirst() { budget.spend(on: event) }
      #expect(budget.spentBytes < FrameBudget.bytes + 50_000)
      frames += 1
    }
    #expect(frames >= 200 * 50_000 / (FrameBudget.bytes + 50_000))
  }
}
