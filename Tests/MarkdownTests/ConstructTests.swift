import Markdown
import Testing

/// Every construct of CommonMark and of GitHub's extensions that Iris shows.
@Suite struct ConstructTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var source: String
    var expected: String

    init(_ description: String, _ source: String, _ expected: String) {
      testDescription = description
      self.source = source
      self.expected = expected
    }
  }

  static let blocks = [
    Case("headings", "# One #\n###### Six\nTwo\n===\nSub\n---", "h1 One\nh6 Six\nh1 Two\nh2 Sub"),
    Case("a hashtag is no heading", "#hashtag", "p #hashtag"),
    Case("paragraphs", "a\nb\n\nc", "p a↵b\np c"),
    Case("hard breaks", "a  \nb\\\nc<br>d<br/>e", "p a⏎b⏎c⏎d⏎e"),
    Case("a rule", "a\n\n***\n- - -\n", "p a\nrule\nrule"),
    Case("a bullet list", "- a\n- b", "-\n  p a\n-\n  p b"),
    Case("a list apart", "- a\n\n- b", "-\n  p a\n+-\n  p b"),
    Case("an ordered list", "3. a\n1. b\n", "3.\n  p a\n4.\n  p b"),
    Case("parentheses", "1) a", "1)\n  p a"),
    Case("nested lists", "- a\n  1. b\n     - c\n", "-\n  p a\n  1.\n    p b\n    -\n      p c"),
    Case("tasks", "- [ ] a\n- [x] b\n- [X] c", "- [ ]\n  p a\n- [x]\n  p b\n- [x]\n  p c"),
    Case(
      "tasks in a quote and behind a mark", "> - [ ] a\n> - [X] **b**\n\n1. - [x] c",
      "quote\n  - [ ]\n    p a\n  - [x]\n    p <b>b</b>\n+1.\n  +- [x]\n    p c"),
    Case(
      "brackets that are no box", "> - \\[ ] a\n> - b [x] c\n\n[ ] d",
      "quote\n  -\n    p [ ] a\n  -\n    p b [x] c\np [ ] d"),
    Case(
      "code in a list", "1. a\n   ```c\n   x\n   ```\n2. b", "1.\n  p a\n  code(c) x\n2.\n  p b"),
    Case("a quote", "> a\n> > b\nlazy\n> - c", "quote\n  p a\n  quote\n    p b↵lazy\n  -\n    p c"),
    Case("a code fence", "```swift hl=1\nlet a = 1\n\n  b\n```", "code(swift hl=1) let a = 1⏎⏎  b"),
    Case("tildes around backticks", "~~~\n```\n~~~", "code() ```"),
    Case("an open code fence", "```\na\n", "code() a"),
    Case("an empty code fence", "```\n```", "code() "),
    Case("indented code", "    a\n\n      b\n", "code() a⏎⏎  b"),
    Case("HTML", "<div>\n*a*\n</div>\n\nb", "html <div>⏎*a*⏎</div>\np b"),
    Case(
      "a table", "| a | *b* |\n|:-:|--:|\n| `x|` | 2 |\n| 3 |\n\nc",
      "table center right\n  a | <i>b</i>\n  `x | ` | 2 |\n  3 | \np c"),
    Case("a table behind text", "x\na|b\n-|-\n1|2", "p x\ntable none none\n  a | b\n  1 | 2"),
    Case("a table without rows", "x\na|b\n-|-", "p x\ntable none none\n  a | b"),
    Case(
      "cells that the header lacks", "a|b\n-|-\n1|2|*3*\n|4\\|5|6|7|\n|8|9||",
      "table none none\n  a | b\n  1 | 2 |*3*\n  4|5 | 6 |7|\n  8 | 9"),
    Case("nothing", "", ""),
    Case("only blank lines", "\n \n\t\n", ""),
    Case("line ends of all kinds", "a\r\n\r\nb\rc", "p a\np b↵c"),
    Case("a NUL", "a\u{0}b", "p a\u{FFFD}b"),
  ]

  static let inlines = [
    Case(
      "emphasis", "*a* **b** ***c*** _d_ __e__",
      "<i>a</i> <b>b</b> <b><i>c</i></b> <i>d</i> <b>e</b>"),
    Case("emphasis inside", "**a *b* c**", "<b>a </b><b><i>b</i></b><b> c</b>"),
    Case("words with underscores", "snake_case_name", "snake_case_name"),
    Case("strikethrough needs two", "~~a~~ ~b~ 5~6", "<s>a</s> ~b~ 5~6"),
    Case("code", "`a` ``b`c`` `*d*`", "<c>a</c> <c>b`c</c> <c>*d*</c>"),
    Case("a link", "[a *b*](/u \"t\")", "a {/u \"t\"}<i>b</i>{/u \"t\"}"),
    Case("a link without text", "x [](/u)", "x {/u}"),
    Case("an image", "![a *b*](u.png)", "<img>a </img>{u.png}<i><img>b</img></i>{u.png}"),
    Case("an image without text", "![](u.png)", "<img></img>{u.png}"),
    Case("a linked image", "[![a](i)](l)", "<img>a</img>{i}{l}"),
    Case(
      "addresses", "www.a.org, https://b.org/c?d=e. <f@g.org>",
      "www.a.org{http://www.a.org}, https://b.org/c?d=e{https://b.org/c?d=e}. f@g.org{mailto:f@g.org}"
    ),
    Case(
      "addresses before wide punctuation", "见 https://a.org/路，**好**。www.b.cn：`c`",
      "见 https://a.org/路{https://a.org/路}，<b>好</b>。www.b.cn：<c>c</c>"),
    Case(
      "addresses in wide quotes", "“http://a.org/b”和（https://c.org）*d*",
      "“http://a.org/b{http://a.org/b}”和（https://c.org{https://c.org}）<i>d</i>"),
    Case(
      "addresses whose end is told", "[甲](https://a.org/，b) <https://c.org/、d> `https://e.org，f`",
      "甲{https://a.org/，b} https://c.org/、d{https://c.org/、d} <c>https://e.org，f</c>"),
    Case(
      "a break of HTML takes blanks and a line end", "a <br> b<br>\nc<br/><br /> *d*",
      "a⏎b⏎c⏎⏎<i>d</i>"),
    Case("escapes", "\\*a\\* \\\\ \\x", "*a* \\ \\x"),
    Case("entities", "&lt; &#65; &copy; &unknown;", "< A © &unknown;"),
    Case("HTML", "a <b class=\"x\">c</b>", "a <h><b class=\"x\"></h>c<h></b></h>"),
    Case("a comment", "a <!-- b *c* --> *d*", "a <h><!-- b *c* --></h> <i>d</i>"),
    Case("no comment", "a <!-- b <!d> *c*", "a <!-- b <!d> <i>c</i>"),
    Case("unclosed marks", "**a *b `c [d](e", "**a *b `c [d](e"),
  ]

  @Test(arguments: blocks) func `Blocks are told apart`(_ sample: Case) {
    #expect(outline(sample.source) == sample.expected)
  }

  @Test(arguments: inlines) func `Inlines carry their traits`(_ sample: Case) {
    #expect(outline(sample.source) == "p " + sample.expected)
  }

  @Test func `A definition is shown where it stands and works everywhere`() {
    let source = "[a] and [b][C]\n\n- x\n\n  [a]: /1 \"t\"\n\n[c]:\n  /2\n[c]: </3>"
    #expect(
      outline(source) == """
        p a{/1 "t" [a]} and b{/3 [c]}
        +-
          p x
          p [a]: /1 "t"
        p [c]:↵/2⏎[c]: </3>
        """)
  }

  @Test func `Definitions stand on lines of their own`() {
    let text = "a\n[^1]: one\n[^2]: two\nb [c] d\n[e]"
    #expect(outline(text) == outline("a\\\n[^1]: one\\\n[^2]: two\nb [c] d\n[e]"))
  }

  @Test func `A footnote is no link`() {
    #expect(outline("a[^1]\n\n[^1]: note") == "p a[^1]\np [^1]: note")
  }

  @Test func `A block knows its lines`() {
    let document = MarkdownDocument("# a\n\nb\nc\n\n\n```\nd\n\n```\n- e\n\n  f\n- g\n\n> h\n\n")
    let expected = ["# a\n", "b\nc\n", "```\nd\n\n```\n", "- e\n\n  f\n- g\n", "> h\n"]
    #expect(document.blocks.map { document.source(of: $0.lines) } == expected)
  }

  @Test func `Code blocks are found wherever they are, whole`() {
    let long = (0..<300).map { "line \($0)" }
    let source =
      "1. x\n   ```sh\n   a\n   ```\n\n> ~~~\n> b\n> ~~~\n\n```\n"
      + long.map { $0 + "\n" }.joined() + "```\n"
    let expected = [
      CodeBlock(info: "sh", lines: ["a"]), CodeBlock(lines: ["b"]), CodeBlock(lines: long),
    ]
    #expect(MarkdownDocument(source).codePlaces.map(\.code) == expected)
  }

  @Test(arguments: [
    "a\n```swift\nb\n\nc\n```\nd", "> q\n> ~~~\n> b\n> ~~~", "- x\n\n  ```\n  a\n    b\n  ```",
    "1. ```\n   a", "a\n\n    b\n\n      c\nd", "```\n```", "```", "```\r\na\r\nb\r\n```",
    "```\ra\r```",
    "- > ````\n  > ```\n  > a\n  > ````\n\n\n```\n\n\nlast\n",
    "```\n" + String(repeating: "a\n", count: 300) + "```\n~~~\nb",
  ])
  func `A code block knows where its lines are written`(text: String) {
    let starts = LineStarts(of: text)
    for place in MarkdownDocument(text).codePlaces {
      for (line, code) in zip(place.lines, place.code.lines) {
        let bytes = Array(text.utf8)[starts.bytes(of: line..<line + 1)]
        let written = String(decoding: bytes, as: UTF8.self)
        #expect(written.trimmingSuffix("\r").hasSuffix(code))
      }
      let first = Array(text.utf8)[starts.bytes(of: place.line..<place.line + 1)]
      #expect(
        !place.code.isFenced || String(decoding: first, as: UTF8.self).contains(/```|~~~/))
    }
  }

  @Test func `A language is the first word behind a fence`() {
    #expect(CodeBlock(info: "swift title=x", lines: []).language == "swift")
    #expect(CodeBlock(info: "", lines: []).language == "")
    #expect(CodeBlock(lines: ["a", ""]).text == "a\n\n")
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
