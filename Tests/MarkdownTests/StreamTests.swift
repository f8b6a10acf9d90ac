import Markdown
import Testing

/// The laws of a text that grows.
@Suite struct StreamTests {
  /// Each seed stands for some dozens of random texts.
  static let seeds: [UInt64] = [1, 2, 3]

  @Test(arguments: seeds)
  func `However it is split, a finished text equals the whole`(_ seed: UInt64) {
    var random = RandomMarkdown(seed: seed)
    for _ in 0..<30 { checkFinished(&random) }
  }

  private func checkFinished(_ random: inout RandomMarkdown) {
    let text = random.text(bits: 60)
    var document = MarkdownDocument()
    for part in random.parts(of: text) {
      document.append(part)
      if Bool.random(using: &random.generator) { document.refresh() }
    }
    document.finish()
    #expect(document.blocks == MarkdownDocument(text).blocks)
  }

  /// The text has no definitions, which alone may change a closed block at the end.
  @Test(arguments: seeds)
  func `What is closed while it streams is what the whole has there`(_ seed: UInt64) {
    var random = RandomMarkdown(seed: seed &+ 1000)
    for _ in 0..<30 { checkClosed(&random) }
  }

  private func checkClosed(_ random: inout RandomMarkdown) {
    let text = random.text(bits: 80)
    let whole = MarkdownDocument(text).blocks
    var document = MarkdownDocument()
    var closed: [Block] = []
    for part in random.parts(of: text) {
      document.append(part)
      document.refresh()
      #expect(Array(document.closed.prefix(closed.count)) == closed)
      closed = document.closed
    }
    let differing = zip(closed, whole).first { $0 != $1 }
    #expect(differing == nil, "\(text.debugDescription)")
    #expect(closed.count <= whole.count)
  }

  @Test(arguments: seeds)
  func `With every line in, the open blocks are what the whole ends with`(_ seed: UInt64) {
    var random = RandomMarkdown(seed: seed &+ 2000)
    for _ in 0..<25 { checkOpen(&random) }
  }

  private func checkOpen(_ random: inout RandomMarkdown) {
    let text = random.text(bits: 50) + "\n\nend\n"
    var document = MarkdownDocument()
    for part in random.parts(of: text) {
      document.append(part)
      document.refresh()
    }
    let whole = MarkdownDocument(text).blocks
    #expect(outline(document.blocks) == outline(whole), "\(text.debugDescription)")
  }

  @Test func `A link whose definition follows is one at the end`() {
    var document = MarkdownDocument()
    document.append("See [a].\n\nText.\n")
    document.refresh()
    document.append("\n[a]: /u\n\nMore.\n")
    document.refresh()
    #expect(outline(document.closed).hasPrefix("p See [a]."))
    #expect(document.finish() == 0)
    #expect(outline(document.closed).hasPrefix("p See a{/u [a]}."))
  }

  @Test func `A link whose definition came before is one at once`() {
    var document = MarkdownDocument()
    document.append("[a]: /u\n\nText.\n\nSee [a] ")
    document.refresh()
    #expect(outline(document.open).hasSuffix("p See a{/u [a]}"))
  }

  @Test func `Finishing keeps the blocks that it does not change`() {
    var document = MarkdownDocument()
    document.append("One.\n\nTwo.\n\nThree.\n")
    document.refresh()
    #expect(document.closed.count == 2)
    #expect(document.finish() == 2)
    #expect(document.open.isEmpty)
  }

  @Test func `Marks at the end wait for what they will be`() {
    var document = MarkdownDocument()
    document.append("Text\n-")
    document.refresh()
    #expect(outline(document.blocks) == "p Text")
    document.append(" item")
    document.refresh()
    #expect(outline(document.blocks) == "p Text\n-\n  p item")
  }

  @Test func `Long code in a list and in a quote is code to its last line`() {
    for (mark, indent) in [("1. Do this:\n", "   "), ("> So:\n", "> ")] {
      var document = MarkdownDocument()
      document.append(mark + indent + "```swift\n")
      for number in 0..<300 {
        document.append(indent + "let value\(number) = \(number)  // the number \(number)\n")
        document.refresh()
        let isCode = document.blocks.last?.isOnlyCodeAtItsEnd == true
        #expect(isCode, "line \(number) behind \(mark)")
        guard isCode else { return }
      }
    }
  }

  /// Blocks that never end: on one line, in a quote, in an item, in HTML.
  static let endless = [
    String(repeating: ">", count: 300) + String(repeating: " - ", count: 100), "> some words\n",
    "  and more of one item\n", "<div> words\n",
  ]

  @Test(arguments: endless.indices)
  func `However long a block grows, what is read anew stays short`(kind: Int) {
    let unit = Self.endless[kind]
    var document = MarkdownDocument()
    document.append(kind == 2 ? "- An item\n" : "")
    let piece = String(repeating: unit, count: max(1, 8192 / unit.utf8.count))
    for _ in 0..<100 {
      document.append(piece)
      document.refresh()
    }
    let signs = { (blocks: [Block]) in outline(blocks).utf8.count { $0 > 0x20 } }
    #expect(signs(document.open) < 150_000)
    #expect(signs(document.closed) > 100_000)
  }

  @Test func `A closing fence is never shown as code`() {
    var document = MarkdownDocument()
    for part in ["```sh\nls\n", "`", "`", "`", "\n"] {
      document.append(part)
      document.refresh()
      #expect(outline(document.blocks) == "code(sh) ls")
    }
  }

  @Test func `A revision rises with what is new, and only then`() {
    var document = MarkdownDocument()
    document.refresh()
    #expect(document.revision == 0)
    document.append("a")
    document.refresh()
    document.refresh()
    #expect(document.revision == 1)
    document.finish()
    document.append("late")
    document.refresh()
    #expect(document.revision == 2)
    #expect(outline(document.blocks) == "p a")
  }
}

extension Block {
  /// Whether the last thing in it is code, however deep.
  fileprivate var isOnlyCodeAtItsEnd: Bool {
    switch content {
    case .code: true
    case .list(let list): list.items.last?.blocks.last?.isOnlyCodeAtItsEnd == true
    case .quote(let blocks): blocks.last?.isOnlyCodeAtItsEnd == true
    default: false
    }
  }
}
