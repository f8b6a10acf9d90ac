import Conversation
import Testing

/// The texts of a message as one.
@Suite struct PartTextTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let parts: [ContentPart]
    let text: String
    var testDescription: String { text.debugDescription }

    init(_ parts: [ContentPart], _ text: String) {
      self.parts = parts
      self.text = text
    }
  }

  private static let call = ContentPart.toolCall(ToolCall(id: "1", name: "look", arguments: "{}"))
  private static let picture = ContentPart.picture(
    PictureReference(source: .remote("https://example.com/a.png"), name: "a.png", detail: .auto))

  @Test(arguments: [
    Case([], ""), Case([.reasoning("r")], ""), Case([.text("a")], "a"),
    Case([.reasoning("r"), .text("a"), call], "a"),
    Case(
      [.text("```\nlet a\n```"), .reasoning("r"), .text("The end.")], "```\nlet a\n```\n\nThe end."),
    Case([.text("- a"), call, .text("b")], "- a\n\nb"),
    Case([.text("a"), .unknown(json: "1"), .reasoning("r"), .text("b")], "a\n\nb"),
    Case([.text("a"), picture, .reasoning("r"), .text("b")], "a\n\nb"),
    Case([.text("a\n"), .reasoning("r"), .text("b")], "a\n\nb"),
    Case([.text("a\n\n\n"), .reasoning("r"), .text("b")], "a\n\n\nb"),
    Case([.text("a"), .reasoning("r"), .text("\n\nb")], "a\n\nb"),
    Case([.text("a\n"), .reasoning("r"), .text("\nb")], "a\n\nb"),
    Case([.text("a"), .text("b"), picture, .text("c")], "a\nb\nc"),
  ])
  func `What stands apart on the screen is a paragraph of its own`(_ row: Case) {
    #expect(row.parts.text == row.text)
  }

  @Test func `A text begins behind the line breaks that part it from the one before`() {
    let parts: [ContentPart] = [.text("a"), .reasoning("r"), .text("b"), Self.picture, .text("c")]
    #expect(parts.lineBreaks(beforeText: 0) == 0)
    #expect(parts.lineBreaks(beforeText: 2) == 2)
    #expect(parts.lineBreaks(beforeText: 4) == 1)
  }

  @Test func `Thoughts that something parts are paragraphs`() {
    let parts: [ContentPart] = [.reasoning("**One**"), .text("a"), .reasoning("**Two**")]
    #expect(parts.reasoning == "**One**\n\n**Two**")
  }
}
