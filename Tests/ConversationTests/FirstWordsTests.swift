import Conversation
import Testing

/// What a conversation without a name is called by.
struct FirstWordsTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let text: String
    let words: String
    var testDescription: String { text }

    init(_ text: String, _ words: String) {
      self.text = text
      self.words = words
    }
  }

  @Test(arguments: [
    Case("**Bold** and *slanted* and ***both***", "Bold and slanted and both"),
    Case("这是**重点**内容，看[文档](https://a.cn/x)。", "这是重点内容，看文档。"),
    Case("~~old~~ new", "old new"),
    Case("# A head", "A head"), Case("###### Six ##", "Six"), Case("## C#", "C#"),
    Case("  # 标题", "标题"),
    Case("What does `__init__` do?", "What does __init__ do?"),
    Case("``a ` b`` and ` ` ` c", "a ` b and   ` c"), Case("`` `x` ``", "`x`"),
    Case("See [the *docs*](https://a.org/w_(b)) now", "See the docs now"),
    Case("![a cat](cat.png) Who is it?", "a cat Who is it?"),
    Case("**What is `a*b`?** Tell *me*.", "What is a*b? Tell me."),
    Case("(*so*), “**so**” and **so**!", "(so), “so” and so!"),
    Case("**[link](u)**", "link"), Case("**“引用”**之后", "“引用”之后"),
    Case("*a **b** c*", "a b c"),
    Case("**C++**, **$5**, **`x`** and **100%**", "C++, $5, x and 100%"),
  ])
  func `Marks are taken away`(_ row: Case) {
    #expect(row.text.firstWords == row.words)
  }

  @Test(arguments: [
    "2 * 3 * 4", "a*b*c", "长*宽*高", "snake_case_name", "__init__ and _private_", "C#", "#hashtag",
    "#!/bin/sh", "####### seven", "x[1](y)", "x[0][1](y)", "f(a)[1](y)", "[1](a b)", "[](x)",
    "[x]()",
    "[x", "[x](y", "2**3**4", "*p++ = *q++", "(*p)(*q)", "a *= b; c *= d", "x=*p,*q", "rm *.o *.a",
    "*args and **kwargs", "src/**/*.c or /**/", "/* a */ b",
    "** no **", "*a", "a*", "**", "***", "****", "*a**", "`a", "``a`", "char *p, *q;", "~/a ~/b",
    "~x~", "a ~~ b ~~", "<b>bold</b>", "\\*a\\*", "- one", "> quoted", "1. one", "5 > 3",
    "https://a.b/c_d",
  ])
  func `What may be meant otherwise stays whole`(text: String) {
    #expect(text.firstWords == text)
  }

  @Test(arguments: [
    Case("\n \n\tFirst\nsecond", "First"), Case("First\r\nsecond", "First"),
    Case("```swift\nlet x = 1\n```", "let x = 1"), Case("~~~\nx", "x"), Case("```", "```"),
    Case("#\ntext", "#"), Case("# \ntext", "text"), Case("", ""), Case(" \n ", ""),
    Case("```a``` b", "a b"),
  ])
  func `The first line that has words is taken`(_ row: Case) {
    #expect(row.text.firstWords == row.words)
  }

  @Test func `A long line is cut to its columns after its marks are gone`() {
    let letters = String(repeating: "字", count: 26)
    #expect("**\(letters)** and more".firstWords == letters + " and mo…")
    #expect("**\(letters)** and mor".firstWords == letters + " and mor")
    let long = String(repeating: "x ", count: 100_000)
    #expect(long.firstWords == long.prefix(59) + "…")
    #expect(String(repeating: "字", count: 31).firstWords == String(repeating: "字", count: 29) + "…")
  }

  @Test func `Marks that pile up on letters are kept to four`() {
    let marks = String(repeating: "\u{301}", count: 500_000)
    #expect(("a" + marks).firstWords.unicodeScalars.count == 5)
  }

  @Test func `Nothing in a title steers a terminal`() {
    #expect("a\u{1B}]0;x\u{7}b \u{202E}c".firstWords == "a\u{FFFD}]0;x\u{FFFD}b c")
  }
}
