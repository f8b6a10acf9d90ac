import ChatEngine
import ChatScreen
import Conversation
import Screen
import Testing

@Suite struct FindTests {
  /// The texts that are lit, row by row.
  private func lit(_ frame: Frame) -> [String] {
    frame.rows.flatMap { row in
      row.split { !$0.style.attributes.contains(.reverse) }.map { $0.text }
    }
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let query: String
    let text: String
    let lit: [String]
    var testDescription: String { "\(query) in \(text)" }
  }

  private static let rows = [
    Row(
      query: "bridge", text: "A Bridge, a BRIDGE, bridges.", lit: ["Bridge", "BRIDGE", "bridge"]),
    Row(query: "栈道", text: "木栈道和栈道", lit: ["栈道", "栈道"]),
    Row(query: "two words", text: "two words, twowords", lit: ["two words"]),
    Row(query: "aa", text: "aaa", lit: ["aa"]),
    Row(query: "é", text: "É\u{301} é", lit: ["É\u{301}", "é"]),
    Row(query: "Ж木", text: "ж木 Ж木 木", lit: ["ж木", "Ж木"]),
    Row(query: "x", text: "none", lit: []),
  ]

  @Test(arguments: rows)
  func `What is found is lit, whatever its case`(_ row: Row) {
    var stage = Stage(80, 24)
    stage.add(.user, row.text)
    stage.enter("/find \(row.query)")
    #expect(lit(stage.draw()) == row.lit)
  }

  @Test func `A match that goes on in the next row is lit in both`() {
    var stage = Stage(40, 10)
    stage.add(.user, String(repeating: "湖", count: 15) + "木栈道，" + "the end of the long line here")
    stage.enter("/find 木栈道")
    #expect(lit(stage.draw()) == ["木", "栈道"])
    stage.enter("/find end of the")
    #expect(lit(stage.draw()).joined(separator: " ") == "end of the")
  }

  @Test(arguments: ["> ", "> > ", "- > "])
  func `A match that goes on behind the bar of a quote is lit in both rows`(mark: String) {
    for count in 8...20 {
      var stage = Stage(40, 16)
      stage.add(.assistant, mark + String(repeating: "湖", count: count) + "木栈道，")
      stage.enter("/find 木栈道")
      #expect(lit(stage.draw()).joined() == "木栈道")
    }
  }

  @Test func `A match in a line of code that goes on is lit in both rows`() {
    var stage = Stage(40, 10)
    stage.add(.assistant, "```\n" + String(repeating: "x", count: 28) + "needle = 1\n```")
    stage.enter("/find needle")
    #expect(lit(stage.draw()) == ["nee", "dle"])
  }

  @Test func `Each match comes into sight, in Markdown too`() {
    var stage = Stage(80, 24)
    for number in 0..<30 {
      stage.add(.user, "Question \(number)")
      let filler = String(repeating: "Some **other** text.\n\n", count: number)
      stage.add(
        .assistant, filler + "```\ncode\n```\n\n- needle in **item** \(number)\n\n" + filler)
    }
    stage.enter("/find needle")
    for number in (0..<30).reversed() {
      let frame = stage.draw()
      #expect(frame.snapshot.contains("needle in item \(number)\n"))
      #expect(lit(frame).contains("needle"))
      stage.press(.findPrevious)
    }
  }

  @Test func `Of many matches in a long text each comes into sight`() {
    var stage = Stage(60, 16)
    let lines = (0..<3000).map { $0.isMultiple(of: 100) ? "needle \($0)" : "line \($0)" }
    stage.add(.assistant, lines.joined(separator: " "))
    stage.add(.user, lines.joined(separator: "\n"))
    stage.enter("/find needle")
    for number in stride(from: 2900, through: 0, by: -100) {
      #expect(stage.draw().snapshot.contains("needle \(number)\n"))
      stage.press(.findPrevious)
    }
    for number in stride(from: 2900, through: 0, by: -100) {
      let words = Screenful(stage.draw()).rows.flatMap { $0.split(separator: " ") }
      #expect(zip(words, words.dropFirst()).contains { $0 == "needle" && $1 == "\(number)" })
      stage.press(.findPrevious)
    }
  }

  @Test func `Leaving the search darkens the matches and stays where it is`() {
    var stage = Stage(80, 24)
    stage.add(.user, (0..<200).map { "line \($0)" }.joined(separator: "\n"))
    stage.enter("/find line 50")
    let before = stage.draw().snapshot
    stage.handle(.key(.cancel))
    let frame = stage.draw()
    #expect(lit(frame).isEmpty)
    #expect(Screenful(frame).rows.contains("line 50"))
    #expect(before.contains("line 50"))
  }
}
