import ChatCore
import ChatEngine
import ChatProgram
import Conversation
import Testing

/// How much of a flood is taken in between two frames.
@Suite struct FrameBudgetTests {
  private let id = MessageID(rawValue: 1)

  @Test func `Text, reasoning and refusals count in bytes, and nothing else does`() {
    var budget = FrameBudget()
    let half = String(repeating: "字", count: FrameBudget.bytes / 6 + 1)
    budget.spend(on: .reply(id, .waiting))
    budget.spend(on: .clock)
    #expect(budget.spentBytes == 0)
    budget.spend(on: .reply(id, .text(half, deltas: 9)))
    #expect(!budget.isSpent)
    budget.spend(on: .reply(id, .reasoning(half)))
    budget.spend(on: .reply(id, .refusal("字")))
    #expect(budget.isSpent)
  }

  @Test func `A flood gets through in no fewer frames than its bytes are worth`() {
    let event = ChatEvent.reply(id, .text(String(repeating: "x", count: 50_000), deltas: 1))
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
