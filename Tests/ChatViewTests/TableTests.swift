import ChatCore
import Conversation
import Screen
import Testing

/// How the widths of a screen are used: by tables, and by what stands around them.
@Suite struct TableTests {
  private static let clients = """
    | Client | Streams Markdown | Pictures | Copies code without line breaks |
    |---|---|---|---|
    | Iris | yes | in kitty's or sixel or cells | through OSC 52 and the usual tools |
    | Others | some | hardly | with the mouse only |

    """

  private func rows(of source: String, columns: Int, status: Message.Status = .complete) -> [String]
  {
    var stage = Stage(columns, 60)
    stage.add(.assistant, source, status: status)
    return Screenful(stage.draw()).rows.filter { !$0.isEmpty }
  }

  @Test(arguments: [40, 50, 60, 80])
  func `A table that is too wide breaks between words`(columns: Int) {
    let text = rows(of: Self.clients, columns: columns).joined(separator: "\n")
    let words = ["Streams", "Markdown", "Pictures", "without", "through", "kitty's", "hardly"]
    #expect(words.filter { !text.contains($0) } == [])
  }

  @Test func `Rows of more than one line are told apart`() {
    let source =
      "| a | b |\n|---|---|\n| x | y |\n| z | w |\n| \(String(repeating: "long ", count: 12)) | v |\n| u | t |\n"
    let shown = rows(of: source, columns: 50)
    let isRule = shown.map { $0.contains("┼") }
    // Below the header, and on both sides of the long row only.
    #expect(isRule.count { $0 } == 3)
    #expect(shown.firstIndex { $0.hasPrefix("z") } == 3)
    #expect(shown.firstIndex { $0.hasPrefix("u") } == shown.count - 1)
    #expect(isRule[4] && isRule[shown.count - 2])
  }

  @Test func `A table that goes on tells its long rows apart all along`() {
    let row = "| \(String(repeating: "long ", count: 12)) | v |\n"
    let source = "| a | b |\n|---|---|\n" + String(repeating: row, count: 100)
    var stage = Stage(50, 1000)
    stage.add(.assistant, source)
    let shown = Screenful(stage.draw()).rows.filter { $0.contains("┼") }
    #expect(shown.count == 100)
  }

  @Test func `A table of many columns shows its header until it has a row`() {
    let header = "| " + (1...12).map { "name\($0)" }.joined(separator: " | ") + " |\n"
    let source = header + String(repeating: "|-", count: 12) + "|\n"
    #expect(rows(of: source, columns: 40, status: .streaming).contains { $0.contains("name1 │") })
    let row = "| " + (1...12).map { "cell\($0)" }.joined(separator: " | ") + " |\n"
    let list = rows(of: source + row, columns: 40, status: .streaming)
    #expect(Array(list.prefix(12)) == (1...12).map { "name\($0): cell\($0)" })
  }

  @Test func `On a wide screen prose keeps to its measure, code and tables do not`() {
    let prose = String(repeating: "word ", count: 60)
    let code = String(repeating: "x", count: 150)
    let cell = String(repeating: "cell ", count: 28).dropLast()
    let shown = rows(
      of: "\(prose)\n\n> \(prose)\n\n```\n\(code)\n```\n\n|a|\n|-|\n|\(cell)|\n", columns: 200)
    #expect(shown.filter { $0.contains("word") }.allSatisfy { $0.count <= 100 })
    #expect(shown.contains { $0.hasPrefix("│ word") && $0.count > 90 })
    #expect(shown.contains { $0.contains(code) })
    #expect(shown.contains { $0 == cell })
  }

  @Test func `The measure of prose can be lifted`() {
    let prose = String(repeating: "word ", count: 37).dropLast()
    var stage = Stage(200, 30)
    stage.state.surroundings.textWidth = 0
    stage.add(.assistant, String(prose))
    #expect(Screenful(stage.draw()).rows.contains(String(prose)))
  }
}
