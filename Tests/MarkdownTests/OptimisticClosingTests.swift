import Markdown
import SeededNumbers
import Testing

/// What is shown of a text whose last line is not whole yet.
@Suite struct OptimisticClosingTests {
  struct Beginning: CustomTestStringConvertible, Sendable {
    var text: String
    var shown: String
    init(_ text: String, _ shown: String) {
      self.text = text
      self.shown = shown
    }
    var testDescription: String { text }
  }

  private func shown(_ text: String) -> String {
    var document = MarkdownDocument()
    document.append(text)
    document.refresh()
    var blocks = document.blocks
    if let last = blocks.popLast() { blocks.append(last.optimisticallyClosed) }
    return outline(blocks)
  }

  @Test(arguments: [
    Beginning("a **bold wo", "p a <b>bold wo</b>"),
    Beginning("a **bold wo**", "p a <b>bold wo</b>"),
    Beginning("a **bold** b", "p a <b>bold</b> b"),
    Beginning("a *slanted", "p a <i>slanted</i>"),
    Beginning("a ***both", "p a <b><i>both</i></b>"),
    Beginning("a ~~gone", "p a <s>gone</s>"),
    Beginning("a `code *x* y", "p a <c>code x y</c>"),
    Beginning("a `b` and **c `d", "p a <c>b</c> and <b>c </b><b><c>d</c></b>"),
    Beginning("**粗体。", "p <b>粗体。</b>"),
    Beginning("这是**粗体", "p 这是<b>粗体</b>"),
    Beginning("# Head *er", "h1 Head <i>er</i>"),
    Beginning("- one\n- **two", "-\n  p one\n-\n  p <b>two</b>"),
    Beginning("> q **r", "quote\n  p q <b>r</b>"),
    Beginning("|a|b|\n|-|-|\n|**c", "table none none\n  a | b\n  <b>c</b> | "),
    Beginning("see [the guide](https://exa", "p see the guide{https://exa}"),
    Beginning("see [the *guide*](docs/a", "p see the {docs/a}<i>guide</i>{docs/a}"),
    Beginning("two lines <br", "p two lines"),
    Beginning("two lines <br /", "p two lines"),
    Beginning("a <b", "p a"),
    Beginning("a <bo", "p a <bo"),
    Beginning("see ![bridge](a.p", "p see <img>bridge</img>{a.p}"),
  ])
  func `What is open in the last line looks as it will in the end`(_ beginning: Beginning) {
    #expect(shown(beginning.text) == beginning.shown)
  }

  @Test(arguments: [
    "so 2*3 = 6", "a_b c", "is 5 * 3", "a ~ b", "cost ~5", "array[1] and", "f(x)[0](y z",
    "*over\nthe line", "a ** b",
  ])
  func `Signs that stress nothing stay`(text: String) {
    #expect(shown(text) == "p " + text.replacing("\n", with: "↵"))
  }

  @Test func `A sign that is far from the end is a letter`() {
    let text = "def f(**options): " + String(repeating: "word ", count: 40)
    #expect(shown(text) == "p " + text.dropLast())
  }

  @Test(arguments: 1...40)
  func `What is shown of a line only grows`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let pieces = [
      "word ", "**stress** ", "*slant*, ", "`code()` ", "~~gone~~ ", "你好，", "**粗体。**测试", "(1) ",
      "*一* ", "**a `b` c** ", "***d*** ", "$x$ ", "[link](https://example.com/a_b?c) ",
    ]
    let text = "Begin " + (0..<8).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    var document = MarkdownDocument()
    var before = ""
    for character in text {
      document.append(String(character))
      document.refresh()
      guard case .paragraph(let runs) = document.open.last?.optimisticallyClosed.content else {
        continue
      }
      var now = runs.text
      // Only a link's bracket goes when the link is told from other brackets.
      if let bracket = now.lastIndex(of: "[") { now = String(now[..<bracket]) }
      let isGrown = now.hasPrefix(before) || now + " " == before
      #expect(isGrown, "“\(before)” became “\(now)” in “\(text)”")
      before = now
    }
  }
}
