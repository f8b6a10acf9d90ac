import ChatEngine
import ChatScreen
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

  private func rows(
    of source: String, columns: Int, height: Int = 60, status: Message.Status = .complete
  ) -> [String] {
    var stage = Stage(columns, height)
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

  @Test func `A long table in a list keeps its columns all along`() {
    let rows = (1...150).map { "  | \($0) | \($0 < 3 ? "a longer text" : "b") |\n" }.joined()
    let shown = self.rows(of: "- x\n\n  | n | t |\n  |---|---|\n" + rows, columns: 60, height: 300)
    let bars = shown.compactMap { $0.firstIndex(of: "│")?.utf16Offset(in: $0) }
    #expect(bars.count == 151)
    #expect(Set(bars).count == 1)
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
    stage.capabilities.textWidth = 0
    stage.add(.assistant, String(prose))
    #expect(Screenful(stage.draw()).rows.contains(String(prose)))
  }

  @Test func `Columns too narrow to read become lists, short ones stay a table`() {
    #expect(rows(of: Self.widths, columns: 40).contains { $0.hasPrefix("备注 Note: 东亚文字") })
    let numbers = "| a | b | c | d |\n|---|---|---|---|\n| 1 | 2 | 3 | 4 |\n"
    #expect(rows(of: numbers, columns: 40).contains { $0.filter { $0 == "│" }.count == 3 })
  }

  // MARK: - While it streams

  /// The screens of a table as it comes letter by letter, each without the rows of its last line.
  private func growth(of source: String, columns: Int) -> [[String]] {
    var stage = Stage(columns, 60)
    let reply = stage.add(.assistant, "", status: .streaming)
    return source.map { letter in
      stage.extend(reply, by: String(letter))
      return Screenful(stage.draw()).rows.filter { !$0.isEmpty }
    }
  }

  private static let widths = """
    | 类别 Category | 例子 Example | 宽度 Width | 备注 Note |
    |---|:--:|--:|---|
    | 窄 Narrow | a, é | 1 | 拉丁字母与组合记号 |
    | 宽 Wide | 中、あ、한 | 2 | 东亚文字 |
    | 模糊 Ambiguous | … — ① α | 1 or 2 | 由设置决定,见 UAX #11 |
    | 零宽 Zero | U+0301 | 0 | combining marks, joiners |

    """

  @Test func `Rows that are being read stay where they are`() {
    let screens = growth(of: Self.widths, columns: 100)
    let first = screens.compactMap { rows in rows.first { $0.hasPrefix("窄 Narrow") } }
    let settled = first.drop { !$0.contains("组合记号") }
    #expect(Set(settled).count == 1)
    #expect(screens.last?.count == 6)
  }

  @Test func `A longer cell widens its column in few steps, and is not broken`() {
    let long = "a sentence of fifty letters that has no end in sight"
    let source = "| a | b |\n|---|---|\n| x | y |\n| \(long) | z |\n| u | v |\n"
    let screens = growth(of: source, columns: 80)
    let first = screens.compactMap { $0.first { $0.hasPrefix("x ") && $0.hasSuffix("y") } }
    #expect(Set(first).count <= 6)
    #expect(screens.last?.contains { $0.contains(long) } == true)
    #expect(screens.last == rows(of: source, columns: 80))
  }

  @Test func `A longer word takes room from a wide column rather than be cut`() {
    let prose = String(repeating: "word ", count: 30)
    let source = "| a | b |\n|---|---|\n| \(prose)| y |\n| x | incompatible |\n"
    #expect(rows(of: source, columns: 50).contains { $0.contains("incompatible") })
  }

  @Test func `A table that fits is not broken, whatever was kept free for later cells`() {
    let source = "| n | m | o |\n|---|---|---|\n| a b | c d | e f |\n| x | y | \(Self.fitting) |\n"
    #expect(rows(of: source, columns: 40).contains { $0.contains(Self.fitting) })
  }

  /// As many letters as a row has left at 40 columns: the message's label takes six and the margin
  /// one, the other two columns three each, and so do the bars.
  private static let fitting = "abc def ghi jkl mno p"

  @Test func `A narrow column gets room from a wide one before its cells become towers`() {
    let prose = String(repeating: "word ", count: 16).dropLast()
    let source = "| a | b |\n|---|---|\n| x | y |\n| \(prose) | z |\n| u | \(prose) |\n"
    let shown = rows(of: source, columns: 60)
    #expect(shown.count < 14)
  }
}
