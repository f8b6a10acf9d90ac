import ChatScreen
import Conversation
import Screen
import Testing

/// Parts of a message stand on the screen in the order in which they were said.
@Suite struct PartOrderTests {
  private static let parts: [ContentPart] = [
    .reasoning("First thought"), .text("Alpha **one**"),
    .toolCall(ToolCall(id: "1", name: "weather", arguments: #"{"city":"Paris"}"#)),
    .toolResult(ToolResult(callID: "1", parts: [.text("Rain")])), .text("Beta two"),
    .reasoning("Second thought"), .text("Gamma three"), .unknown(json: #"{"type":"hologram"}"#),
    .text("Delta four"),
  ]

  private static let words = [
    "reasoning", "Alpha", "Paris", "Rain", "Beta", "reasoning", "Gamma", "hologram", "Delta",
  ]

  private func rows(_ stage: inout Stage) -> [String] { Screenful(stage.draw()).rows }

  /// The words in the order of the rows that show them.
  private func order(_ rows: [String], _ words: [String]) -> [String] {
    rows.flatMap { row in words.filter { row.contains($0) } }
  }

  @Test(arguments: [40, 80])
  func `Calls, results, thoughts and unknown parts stand between the texts`(columns: Int) {
    var stage = Stage(columns, 40)
    let reply = stage.add(.assistant, "")
    stage.change(reply) { $0.parts = Self.parts }
    #expect(order(rows(&stage), Array(Set(Self.words))) == Self.words)
  }

  @Test func `Unfolded thoughts stand where they were thought`() {
    var stage = Stage(80, 40)
    let reply = stage.add(.assistant, "")
    stage.change(reply) { $0.parts = Self.parts }
    _ = stage.draw()
    stage.press(.foldReasoning)
    let words = ["First thought", "Alpha", "Beta", "Second thought", "Gamma"]
    #expect(order(rows(&stage), words) == words)
  }

  @Test func `A reply whose parts come one by one looks as one that is drawn whole`() {
    var stage = Stage(60, 40)
    let reply = stage.add(.assistant, "", status: .streaming)
    for count in 1...Self.parts.count {
      stage.change(reply) { $0.parts = Array(Self.parts.prefix(count)) }
      #expect(stage.draw().rows == stage.drawAnew().rows, "after \(count) parts")
    }
    stage.change(reply) { $0.status = .complete }
    _ = stage.draw()
    #expect(stage.draw().rows == stage.drawAnew().rows)
  }

  @Test func `An answer that turns out to be a thought is drawn anew`() {
    var stage = Stage(60, 40)
    let reply = stage.add(.assistant, "Alpha one, and more", status: .streaming)
    _ = stage.draw()
    stage.change(reply) { $0.parts = [.reasoning("Alpha one, and more"), .text("Beta")] }
    let shown = rows(&stage)
    #expect(!shown.contains { $0.contains("Alpha") })
    #expect(shown.contains { $0.contains("Beta") })
  }

  @Test func `Each text is marked and copied from its own place`() {
    var stage = Stage(60, 40)
    stage.add(.user, "Ask")
    let reply = stage.add(.assistant, "")
    stage.change(reply) { $0.parts = [.text("Alpha"), Self.parts[2], .text("Beta")] }
    _ = stage.draw()
    stage.press(.select, .select, .down)
    let frame = stage.draw()
    let cursor = frame.cursor
    #expect(cursor.map { [frame.rows[$0.row][$0.column]].text } == "B")
  }
}
