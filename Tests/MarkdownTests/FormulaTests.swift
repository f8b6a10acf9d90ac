import Markdown
import Testing

/// Formulas keep every character; what only looks like one is text.
@Suite struct FormulaTests {
  static let formulas = [
    ("$a_1 * b_2$ and *c*", "<m>$a_1 * b_2$</m> and <i>c</i>"),
    ("\\(a_1 * b_2\\)", "<m>\\(a_1 * b_2\\)</m>"),
    ("$\\{x\\} \\\\ \\$$", "<m>$\\{x\\} \\\\ \\$$</m>"),
    ("$$a_1*b_2*c$$", "<m>$$a_1*b_2*c$$</m>"),
    ("x \\[ a*b*c \\] y", "x <m>\\[ a*b*c \\]</m> y"),
    ("**公式$x_1$。**后", "<b>公式</b><b><m>$x_1$</m></b><b>。</b>后"),
    ("$a<b>c &lt; d|e$", "<m>$a<b>c &lt; d|e$</m>"),
    ("$a$ https://x.y/$z$", "<m>$a$</m> https://x.y/{https://x.y/$z$}<m>$z$</m>{https://x.y/$z$}"),
    ("$x [a](b) y$", "$x a{b} y$"),
  ]

  @Test(arguments: formulas)
  func `A formula keeps every character`(_ source: String, _ expected: String) {
    #expect(outline(source) == "p " + expected)
  }

  @Test func `An environment keeps every character`() {
    let source = "\\begin{align*}\na_1 &= *b* \\\\[2pt]\n- c_1 &= d\n\\end{align*}"
    let expected =
      "p <m>\\begin{align*}</m>⏎<m>a_1 &= *b* \\\\[2pt]</m>⏎<m>- c_1 &= d</m>⏎<m>\\end{align*}</m>"
    #expect(outline(source) == expected)
    #expect(
      outline("so \\begin{cases} a_1 \\\\ b_1 \\end{cases} *c*")
        == "p so <m>\\begin{cases} a_1 \\\\ b_1 \\end{cases}</m> <i>c</i>")
  }

  @Test(arguments: [
    ("\\begin{a} *b*", "\\begin{a} <i>b</i>"),
    ("`\\begin{a}` and `\\end{a}` *b*", "<c>\\begin{a}</c> and <c>\\end{a}</c> <i>b</i>"),
    ("\\begin *b* \\beginning{a} \\begin{} {}", "\\begin <i>b</i> \\beginning{a} \\begin{} {}"),
  ])
  func `What is no environment is text`(_ source: String, _ expected: String) {
    #expect(outline(source) == "p " + expected)
  }

  static let prices = [
    ("$5 and $6", "$5 and $6"),
    ("$5-$10 or *more*", "$5-$10 or <i>more</i>"),
    ("**$5** or **$6**", "<b>$5</b> or <b>$6</b>"),
    ("US$ 5 and US$ *6*", "US$ 5 and US$ <i>6</i>"),
    ("\\$a_b_$ *c*", "$a_b_$ <i>c</i>"),
    ("`$a` *b* `c$`", "<c>$a</c> <i>b</i> <c>c$</c>"),
    ("`echo $HOME_x$y_z`", "<c>echo $HOME_x$y_z</c>"),
    ("\\(open *b*", "(open <i>b</i>"),
    ("$$ *b*", "$$ <i>b</i>"),
    ("$$$ *b* $$$", "$$$ <i>b</i> $$$"),
  ]

  @Test(arguments: prices)
  func `A price or a lone sign is text`(_ source: String, _ expected: String) {
    #expect(outline(source) == "p " + expected)
  }

  @Test func `A formula of several lines is one paragraph, line by line`() {
    let expected = "p <m>$$</m>⏎<m>- a_1 \\\\</m>⏎<m>= *b*</m>⏎<m>1. # c</m>⏎<m>$$</m>"
    #expect(outline("$$\n- a_1 \\\\\n= *b*\n1. # c\n$$") == expected)
    #expect(outline("\\[\n- a\n\\]") == "p <m>\\[</m>⏎<m>- a</m>⏎<m>\\]</m>")
  }

  @Test func `A formula stays in its quote, its item, its cell`() {
    #expect(outline("> $$\n> - a\n> $$") == "quote\n  p <m>$$</m>⏎<m>- a</m>⏎<m>$$</m>")
    #expect(outline("- $$\n  = a\n  $$\n- b").hasPrefix("-\n  p <m>$$</m>⏎<m>= a</m>⏎<m>$$</m>\n-"))
    #expect(outline("|a|b|\n|-|-|\n|$x_1$|$5|").hasSuffix("<m>$x_1$</m> | $5"))
  }

  @Test func `A blank line or code ends what is no formula`() {
    #expect(outline("$$\na\n\n*b*\n$$") == "p $$↵a\np <i>b</i>↵$$")
    #expect(outline("$$\n```\n*a*\n```\n$$") == "p $$\ncode() *a*\np $$")
    #expect(outline("```sh\necho $$\nls\n```\n\n*a* $$") == "code(sh) echo $$⏎ls\np <i>a</i> $$")
  }

  @Test func `A formula that is still arriving does not turn into a list`() {
    var document = MarkdownDocument()
    for part in ["$$\n", "- a_1\n", "- b"] {
      document.append(part)
      document.refresh()
    }
    #expect(outline(document.blocks) == "p <m>$$</m>⏎<m>- a_1</m>⏎<m>- b</m>")
  }
}
