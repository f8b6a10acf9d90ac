import Markdown
import Testing

/// Nothing of a text is lost: its letters are in the blocks, in order.
@Suite struct LettersTests {
  /// Random bits without those whose letters are meant to go: entities, `<br>`.
  static let seeds: [UInt64] = [11, 12, 13]

  @Test(arguments: seeds)
  func `All letters of the source are shown in order`(_ seed: UInt64) {
    var random = RandomMarkdown(seed: seed)
    for _ in 0..<40 {
      let text = random.text(bits: 60).replacing("&amp;", with: "&")
      expectAllLetters(of: text)
    }
  }

  static let samples = [
    "[a]: /url \"title\"\n\n[text][a] more\n", "[foo\nbar]: /url\n  'title'\n\nx", "- [x]: /u\n- y",
    "> [q]: /u 'a\n> b'\n\nz", "[a]: <b c> 'd'\n[e]: f (g)\ntext",
    "![alt](src \"title\") [](empty)",
    "[![alt](src)](target)", "<div a=b>\n<!-- comment -->\n</div>\n\n<x y='z'>",
    "```info string\ncode\n```",
    "a | b\n- | -\nc | d", "Setext\nheading\n===\n", "# ATX # x #", "\\a \\* \\\nb",
    "1) x\n2) y\n   z",
    "http://a.b/c(d)e. www.f.g mail@h.i", "~~s~~ _e_ __s__ ***b***",
    "$\\alpha_1$ \\(x\\) \\[y\\] $$z$$",
    "[^1]: footnote\n\ntext[^1]", "<!DOCTYPE html>\n<?php echo 1 ?>\n<![CDATA[x]]>",
    "\ttab\n    code\n  x",
    "[unclosed](http://x \"y\n\n[other][", "`code `` x` ``a`b``", "* a\n+ b\n- c\n* * *\n_ _ _\nd",
  ]

  @Test(arguments: samples)
  func `No construct loses letters`(_ text: String) {
    expectAllLetters(of: text.replacing("[text][a]", with: "[text]"))
  }

  private func expectAllLetters(of text: String) {
    let shown = MarkdownDocument(text).blocks.map(everything).joined()
    #expect(letters(shown) == letters(text), "\(text.debugDescription)")
  }

  private func letters(_ text: String) -> [Unicode.Scalar] {
    text.unicodeScalars.filter(\.properties.isAlphabetic)
  }

  /// All text of a block, targets included, where they stood in the source.
  private func everything(_ block: Block) -> String {
    switch block.content {
    case .heading(_, let runs), .paragraph(let runs): everything(runs)
    case .list(let list): list.items.map(everything).joined()
    case .quote(let blocks): blocks.map(everything).joined()
    case .code(let code): (block.isContinuation ? "" : code.info) + code.text
    case .table(let table):
      (block.isContinuation ? "" : table.header.map(everything).joined())
        + table.rows.joined().map(everything).joined()
    case .html(let lines): lines.joined()
    case .thematicBreak: ""
    }
  }

  private func everything(_ item: ListItem) -> String {
    (item.task == .done ? "x" : "") + item.blocks.map(everything).joined()
  }

  /// A target follows the last run that leads to it; autolinks are their own targets.
  private func everything(_ runs: [InlineRun]) -> String {
    var result = ""
    for (index, run) in runs.enumerated() {
      result += run.text
      let next = index + 1 < runs.count ? runs[index + 1].link : nil
      guard let link = run.link, next != link || run.traits.contains(.image) else { continue }
      if !run.text.isEmpty, link.address.hasSuffix(run.text) { continue }
      result += link.address + link.title
    }
    return result
  }
}
