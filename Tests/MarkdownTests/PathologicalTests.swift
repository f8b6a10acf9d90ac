import Markdown
import Testing

/// Texts that nobody writes: they end in time, and nothing of them breaks.
@Suite struct PathologicalTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var unit: String
    var prefix = ""
    var testDescription: String { (prefix + unit).debugDescription }
    func text(_ count: Int) -> String { prefix + String(repeating: unit, count: count) }
  }

  static let cases =
    [
      ">", "> ", "- ", "1. ", "> - ", "_", "*", "**x ", "*a_ ", "~~a ", "[", "![", "![[]()",
      "[a](b",
      "[a]:", "[a]: u\n\n", "`", "a <?", "a <!--", "a <![CDATA[", "<a b='", "<div>", "a@", "a.",
      "www.",
      "http://", "&", "&amp;", "|", "a|b\n", "a\n|-\n", "```\n", "~~~\n", "$a ", "$$\n", "\\[a\n",
      "\\(",
      "中**。", "\n", " ", "\t", "\r", "\\", "\u{0}", "\u{10F781}", "\u{301}", "👨‍👩‍👧", "# ", "=\n",
      "-\n",
      "    a\n", "a  \n", ")", "]", "<br>",
    ].map { Case(unit: $0) } + [
      Case(unit: ")", prefix: "http://a.b"), Case(unit: "\\|", prefix: "a|b\n-|-\n"),
      Case(
        unit: "|x\n",
        prefix: String(repeating: "|x", count: 200) + "|\n"
          + String(repeating: "|-", count: 200) + "|\n"),
      Case(unit: " b=c", prefix: "<a"),
      Case(unit: "b\n", prefix: String(repeating: ">", count: 500)),
    ]

  @Test(arguments: cases)
  func `Repetition costs little time and streams to the same`(_ sample: Case) {
    let text = sample.text(1000)
    let clock = ContinuousClock()
    let start = clock.now
    let whole = MarkdownDocument(text)
    var document = MarkdownDocument()
    for part in RandomMarkdown.parts(of: text, size: 1000) {
      document.append(part)
      document.refresh()
    }
    document.finish()
    #expect(document.blocks == whole.blocks)
    #expect(clock.now - start < .seconds(20))
  }

  @Test func `Deep nesting ends as plain text and loses none`() {
    let text = String(repeating: "> ", count: 60) + "deep"
    #expect(outline(text).contains("> deep"))
    let list = (0..<200).map { String(repeating: "  ", count: $0) + "- a\($0)\n" }.joined()
    #expect(outline(list).contains("- a199"))
  }

  @Test func `A table of nearly empty rows is no table`() {
    let head = String(repeating: "|x", count: 100) + "|\n" + String(repeating: "|-", count: 100)
    let text = head + "|\n" + String(repeating: "|a\n", count: 1000)
    #expect(!outline(text).contains("table"))
  }
}
