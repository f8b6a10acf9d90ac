import Markdown
import Testing

/// Emphasis beside text that is written without spaces.
@Suite struct EmphasisTests {
  static let meant = [
    ("**粗体。**测试", "<b>粗体。</b>测试"),
    ("中文，**粗体。**测试", "中文，<b>粗体。</b>测试"),
    ("中文**“引号”**中文", "中文<b>“引号”</b>中文"),
    ("*斜体，*后", "<i>斜体，</i>后"),
    ("***粗斜。***后", "<b><i>粗斜。</i></b>后"),
    ("~~删除。~~后", "<s>删除。</s>后"),
    ("**甲。**乙**丙。**丁", "<b>甲。</b>乙<b>丙。</b>丁"),
    ("前**（括号）**后", "前<b>（括号）</b>后"),
    ("前**(ascii)**后", "前<b>(ascii)</b>后"),
    ("前**`code`**后", "前<b><c>code</c></b>后"),
    ("**强调：**please", "<b>强调：</b>please"),
    ("**注意:**请看", "<b>注意:</b>请看"),
    ("これは**「引用」**です", "これは<b>「引用」</b>です"),
    ("**강조(주)**는", "<b>강조(주)</b>는"),
    ("**第一。** **第二。**", "<b>第一。</b> <b>第二。</b>"),
    ("**外*内。*外。**后", "<b>外</b><b><i>内。</i></b><b>外。</b>后"),
    ("[**链接。**字](u)", "<b>链接。</b>{u}字{u}"),
    ("𠀀**“引”**𠀀", "𠀀<b>“引”</b>𠀀"),
  ]

  @Test(arguments: meant)
  func `Emphasis beside CJK punctuation is what people mean`(_ source: String, _ expected: String) {
    #expect(outline(source) == "p " + expected)
  }

  static let untouched = [
    ("** 空格 **", "** 空格 **"),
    ("中文_强调_中文", "中文_强调_中文"),
    ("\\*\\*字。\\*\\*后", "**字。**后"),
    ("a**\"b\"**c", "a**\"b\"**c"),
    ("2*3，4*5", "2<i>3，4</i>5"),
    ("`**码。**字`", "<c>**码。**字</c>"),
    ("<https://a.b/**字。**字>", "https://a.b/**字。**字{https://a.b/**字。**字}"),
    ("[字](/**字。**字)", "字{/**字。**字}"),
    ("~字。~后", "~字。~后"),
  ]

  @Test(arguments: untouched)
  func `What is no emphasis stays as it is`(_ source: String, _ expected: String) {
    #expect(outline(source) == "p " + expected)
  }

  @Test func `Code keeps its marks`() {
    #expect(outline("```\n**粗体。**测试\n```") == "code() **粗体。**测试")
    #expect(outline("    **粗体。**测试") == "code() **粗体。**测试")
    #expect(outline("<p>\n**粗体。**测试") == "html <p>⏎**粗体。**测试")
  }

  @Test func `Blocks that begin with marks stay what they are`() {
    #expect(
      outline("中文。\n***\n* 项。\n\n>**注。**字") == """
        p 中文。
        rule
        -
          p 项。
        quote
          p <b>注。</b>字
        """)
    #expect(
      outline("|**粗。**字|\n|-|\n|字**“引”**字|") == """
        table none
          <b>粗。</b>字
          字<b>“引”</b>字
        """)
  }

  @Test func `Private letters in the source do not pass for ours`() {
    #expect(outline("a\u{10F780}b\u{10F72A}c") == "p a\u{FFFD}b\u{FFFD}c")
    #expect(outline("\u{10F6FF}\u{10F7C0}") == "p \u{10F6FF}\u{10F7C0}")
  }
}
