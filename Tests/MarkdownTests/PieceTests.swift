import Markdown
import Testing

/// Long blocks come in pieces, the same ones however the text came.
@Suite struct PieceTests {
  static let lists = "1. a\n" + (0..<99).map { "1. item \($0)\n" }.joined()
  static let table = "| a | b |\n|---|--:|\n" + (0..<200).map { "| \($0) | x |\n" }.joined()
  static let code = "~~~ c\n" + (0..<300).map { "int a\($0);\n" }.joined() + "~~~\n"
  static let quote = (0..<40).map { "> p \($0)\n>\n" }.joined()

  @Test(arguments: [lists, table, code, quote])
  func `Pieces are small and cover the block`(_ text: String) {
    let blocks = MarkdownDocument(text).blocks
    #expect(blocks.count > 2)
    #expect(blocks.map(\.isContinuation) == [false] + blocks.dropFirst().map { _ in true })
    #expect(blocks.first?.lines.lowerBound == 0)
    for (block, next) in zip(blocks, blocks.dropFirst()) {
      #expect(block.lines.upperBound == next.lines.lowerBound)
      #expect(block.lines.count <= 140)
    }
  }

  @Test(arguments: [lists, table, code])
  func `A stream makes the same pieces`(_ text: String) {
    var random = RandomMarkdown(seed: 5)
    var document = MarkdownDocument()
    for part in random.parts(of: text + "\nend\n") {
      document.append(part)
      document.refresh()
      #expect(document.open.count <= 2)
    }
    let closed = document.closed
    document.finish()
    #expect(closed == document.closed.dropLast())
    #expect(document.closed == MarkdownDocument(text + "\nend\n").blocks)
  }

  @Test func `An ordered list's pieces go on counting`() {
    let starts = MarkdownDocument(Self.lists).blocks.map { block in
      if case .list(let list) = block.content { list.start } else { 0 }
    }
    #expect(starts == [1, 33, 65, 97])
  }

  @Test func `A table's pieces repeat the header`() {
    let headers = MarkdownDocument(Self.table).blocks.map { block -> [String] in
      if case .table(let table) = block.content { table.header.map(\.text) } else { [] }
    }
    #expect(headers == Array(repeating: ["a", "b"], count: 4))
  }

  @Test func `A long paragraph is cut at words and loses none`() {
    let text = (0..<5000).map { "word\($0)" }.joined(separator: " ")
    let blocks = MarkdownDocument(text).blocks
    #expect(blocks.count > 3)
    let runs = blocks.map { block in
      if case .paragraph(let runs) = block.content { runs.text } else { "" }
    }
    #expect(runs.joined() == text)
    #expect(runs.dropLast().allSatisfy { $0.hasSuffix(" ") })
  }

  @Test func `A long paragraph is shown whole while it streams`() {
    let text = (0..<5000).map { "字\($0)" }.joined(separator: "，")
    var document = MarkdownDocument()
    for part in RandomMarkdown.parts(of: text, size: 500) {
      document.append(part)
      document.refresh()
    }
    let shown = document.blocks.map { block in
      if case .paragraph(let runs) = block.content { runs.text } else { "" }
    }
    #expect(shown.joined() == text)
    #expect(document.finish() > 0)
  }

  @Test func `A long block without places to cut is shown plainly while it waits`() {
    var document = MarkdownDocument()
    for index in 0..<2000 {
      document.append("> quoted **line** \(index)\n")
      document.refresh()
    }
    let shown = outline(document.open)
    #expect(shown.contains("quoted <b>line</b> 1000"))
    #expect(shown.contains("> quoted **line** 19"))
    document.finish()
    #expect(!outline(document.blocks).contains("**"))
  }
}
