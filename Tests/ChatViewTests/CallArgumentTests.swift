import ChatEngine
import ChatScreen
import Conversation
import Screen
import Testing

/// The question about a call whose arguments are longer than the screen.
@Suite struct CallArgumentTests {
  /// A screen that asks about a call with so many arguments, each a row.
  private static func asked(arguments count: Int) -> Stage {
    var stage = Stage(60, 20)
    stage.add(.user, "Well?")
    var options = Calls.Options()
    options.enabled = ["weather"]
    let engine = ChatEngine(
      stage.conversation, settings: stage.state.engine.settings, tools: options)
    stage.state = stage.state.with(engine: engine, notice: nil)
    let part = ReplyPart(index: 0, kind: .toolCall(id: "c", name: "weather"))
    let members = (0..<count).map { "\"a\($0)\":\($0)" }.joined(separator: ",")
    stage.reply(.partStarted(part), .partDelta(part, "{\(members)}"), .finished(.toolCalls))
    let tool = Tool(
      ToolDefinition(name: "weather", summary: ""), source: .program(path: "/bin/weather"))
    stage.handle(.engine(.tool(.listed([tool], problems: []))))
    return stage
  }

  /// The rows without the blanks around them.
  private static func texts(_ frame: Frame) -> [String] {
    frame.rows.map { row in
      row.text.split(separator: " ").joined(separator: " ")
    }
  }

  @Test func `Every row is reached, and each stands where it stood`() {
    let count = 700
    var stage = Self.asked(arguments: count)
    var seen: Set<String> = []
    for key in [KeyAction.pageDown, .pageUp] {
      for step in 0..<count {
        let frame = stage.draw()
        if step.isMultiple(of: 20) { #expect(frame == stage.drawAnew()) }
        seen.formUnion(Self.texts(frame))
        stage.press(key)
      }
    }
    #expect((0..<count).allSatisfy { seen.contains("a\($0): \($0)") })
  }

  @Test func `Another width breaks the rows anew`() {
    var stage = Self.asked(arguments: 40)
    _ = stage.draw()
    stage.resize(40, 12)
    #expect(stage.draw() == stage.drawAnew())
  }
}
