import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen
import Testing

/// What a marking looks like: lit cells, and the cursor on its character.
@Suite struct SelectionTests {
  /// The number in the first row of the screen that has one.
  private func firstNumber(_ stage: inout Stage) -> String {
    let rows = Screenful(stage.draw()).rows.map { $0.filter(\.isNumber) }
    return rows.first { !$0.isEmpty } ?? ""
  }

  @Test func `Folding reasoning does not move the text that is read`() {
    var stage = Stage(80, 24)
    let reply = stage.add(.assistant, (100..<160).map { "Paragraph \($0).\n\n" }.joined())
    let reasoning = (0..<300).map { "Thought \($0).\n" }.joined()
    stage.change(reply) { $0.parts.insert(.reasoning(reasoning), at: 0) }
    _ = stage.draw()
    stage.press(.pageUp, .pageUp, .pageUp)
    let number = firstNumber(&stage)
    for _ in 0..<4 {
      stage.press(.foldReasoning)
      #expect(firstNumber(&stage) == number)
    }
  }

  @Test(arguments: [3, 7, 11])
  func `The source stands where the text stood, and the text where the source did`(pages: Int) {
    let prose = (100..<160).map { "Some **words** and \($0).\n\n" }.joined()
    let code = (200..<400).map { "let a = \($0)\n" }.joined()
    var stage = Stage(80, 24)
    stage.add(.assistant, prose + "```swift\n" + code + "```\n\n" + prose)
    _ = stage.draw()
    for _ in 0..<pages { stage.press(.pageUp) }
    let number = firstNumber(&stage)
    for _ in 0..<4 {
      stage.press(.raw)
      #expect(firstNumber(&stage) == number)
    }
  }

  private func lit(_ frame: Frame) -> String {
    frame.rows.flatMap { row in
      row.filter { $0.width > 0 && $0.style.attributes.contains(.reverse) }
    }.text
  }

  private func character(at cursor: Point?, of frame: Frame) -> String {
    guard let cursor else { return "hidden" }
    return [frame.rows[cursor.row][cursor.column]].text
  }

  @Test func `What is marked is lit as source, and the cursor stands on its end`() {
    var stage = Stage(80, 24)
    stage.add(.user, "Ask")
    stage.add(.assistant, "A **bold** word.\n\n木栈道，和桥")
    stage.press(.select, .select, .right, .right)
    var frame = stage.draw()
    #expect(lit(frame) == "木栈道")
    #expect(character(at: frame.cursor, of: frame) == "道")
    stage.press(.up, .up)
    frame = stage.draw()
    #expect(frame.snapshot.contains("A **bold** word."))
    #expect(lit(frame) == "bold** word.木")
    stage.press(.cancel)
    #expect(lit(stage.draw()).isEmpty)
    #expect(stage.draw().snapshot.contains("A bold word."))
  }

  @Test func `A wrapped line is lit in all its rows`() {
    var stage = Stage(40, 10)
    let text = String(repeating: "湖边的小路，", count: 12) + "end"
    stage.add(.user, text)
    stage.press(.select, .select)
    stage.type("$")
    #expect(lit(stage.draw()) == text)
  }

  @Test(arguments: ["湖边的小路，", "a word or two, "])
  func `A line of any length is walked by the rows of the screen`(words: String) {
    var stage = Stage(60, 30)
    let text = "one\n" + String(repeating: words, count: 9000 / words.utf8.count) + "\nend"
    stage.add(.user, text)
    stage.press(.select, .top)
    var places: [Point] = []
    var last: ChatState?
    while last?.overlay != stage.state.overlay {
      last = stage.state
      places += stage.draw().cursor.map { [$0] } ?? []
      stage.press(.down)
    }
    #expect(places.allSatisfy { $0.column == 9 })
    let steps = zip(places, places.dropFirst()).map { $1.row - $0.row }
    #expect(steps.allSatisfy { $0 == 1 || $0 == 0 })
    stage.resize(60, 600)
    let rows = Screenful(stage.draw()).rows.filter { !$0.isEmpty }.count
    #expect(places.count == rows)
    stage.press(.up)
    for _ in 0..<rows + 5 { stage.press(.up) }
    #expect(stage.draw().cursor == Point(column: 9, row: 2))
  }

  @Test(arguments: Language.allCases)
  func `All keys find room on a small screen`(language: Language) {
    var stage = Stage(40, 12, language: language)
    stage.add(.user, "Ask")
    stage.press(.select, .help)
    let shown = stage.draw().snapshot
    #expect(!shown.contains("…"))
    #expect(shown.contains(language == .english ? "q leaves." : "q 离开。"))
  }

  @Test func `The cursor is always in sight`() {
    var stage = Stage(60, 16)
    stage.add(.user, (0..<300).map { "line \($0)" }.joined(separator: "\n"))
    stage.add(.assistant, (0..<300).map { "- item \($0) **x**" }.joined(separator: "\n"))
    stage.press(.select)
    for key in [KeyAction.top, .pageDown, .pageDown, .messageDown, .pageUp, .bottom, .pageUp] {
      stage.press(key)
      let frame = stage.draw()
      let shown = character(at: frame.cursor, of: frame)
      #expect(shown == "l" || shown == "-", "after \(key)")
    }
  }

  @Test func `It begins where one reads, and leaving it stays there`() {
    var stage = Stage(80, 24)
    stage.add(.assistant, (0..<400).map { "Paragraph **\($0)**.\n" }.joined(separator: "\n"))
    _ = stage.draw()
    stage.press(.pageUp, .pageUp, .pageUp)
    let top = Screenful(stage.draw()).rows.first { !$0.isEmpty } ?? "none"
    stage.press(.select)
    let frame = stage.draw()
    #expect(frame.cursor?.row ?? 99 < 8)
    let number = top.filter(\.isNumber)
    #expect(frame.snapshot.contains("Paragraph **\(number)**."))
    stage.press(.cancel)
    #expect(stage.draw().snapshot.contains(top))
  }

  @Test func `The rule says which keys help`() {
    var stage = Stage(80, 24)
    stage.add(.user, "Ask")
    #expect(stage.draw().snapshot.contains("? keys, /help commands"))
    stage.press(.select)
    #expect(stage.draw().snapshot.contains("Space marks"))
    stage.press(.select)
    #expect(stage.draw().snapshot.contains("Enter copies"))
    stage.press(.cancel)
    stage.type("text")
    #expect(!stage.draw().snapshot.contains("? keys"))
  }

  @Test(arguments: [(40, 12), (80, 24), (200, 50)])
  func `The keys of the marking stand whole on the rule`(columns: Int, rows: Int) {
    var stage = Stage(columns, rows)
    stage.add(.user, (0..<300).map { "line \($0)" }.joined(separator: "\n"))
    stage.press(.select)
    stage.press(.top)
    #expect(stage.draw().snapshot.contains(" Space marks, "))
    stage.press(.select)
    stage.press(.down)
    #expect(stage.draw().snapshot.contains(" Enter copies, "))
  }

  @Test func `A question mark on an empty composer shows every key of the table`() {
    var stage = Stage(200, 80)
    stage.press(.help)
    let screen = stage.draw().snapshot
    for key in KeyAction.allCases {
      if let name = key.keyName { #expect(screen.contains(name)) }
    }
  }
}
