import Screen
import Testing

struct StyledLineTests {
  @Test(arguments: [
    ("", [""]), ("one", ["one"]), ("a\nb", ["a", "b"]), ("a\r\nb", ["a", "b"]),
    ("a\rb", ["a", "b"]), ("a\n\nb\n", ["a", "", "b", ""]), ("a\r\r\nb", ["a", "", "b"]),
    ("你\u{2028}好\u{2029}吗", ["你", "好", "吗"]), ("a\u{85}b\u{B}c\u{C}d", ["a", "b", "c", "d"]),
    ("e\n\u{301}", ["e", "\u{301}"]),
  ])
  func `A text is divided where its lines must end`(_ text: String, _ expected: [String]) {
    #expect(StyledLine.lines(of: text).map(\.text) == expected)
  }

  @Test func `Every line has the style`() {
    let bold = Style(attributes: .bold)
    #expect(
      StyledLine.lines(of: "a\nb", bold) == [StyledLine("a", bold), StyledLine("b", bold)])
  }

  @Test func `Lines join from runs`() {
    let line = StyledLine("a", Style(attributes: .dim)) + StyledLine("b")
    #expect(line.text == "ab")
    #expect(line.runs.count == 2)
  }
}
