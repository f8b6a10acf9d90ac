import Markdown
import Testing

/// A long text that is read in parts.
@Suite struct LongDocumentTests {
  @Test(arguments: [1, 2, 3, 4] as [UInt64])
  func `In parts of any length it has the blocks of the whole`(_ seed: UInt64) throws {
    var random = RandomMarkdown(seed: seed &+ 7000)
    for _ in 0..<30 {
      let text = random.text(bits: 200)
      let whole = MarkdownDocument(text).blocks
      for window in [16, 100, 700] {
        var long = try #require(LongDocument(text, window: window))
        #expect(long.count == whole.count, "\(window): \(text.debugDescription)")
        guard long.count == whole.count else { return }
        for index in whole.indices { #expect(long.block(at: index) == whole[index]) }
      }
    }
  }

  @Test func `A link finds its definition in another part`() throws {
    let text = "See [one][1].\n\n" + String(repeating: "text\n\n", count: 100) + "[1]: /address\n"
    var long = try #require(LongDocument(text, window: 50))
    #expect(long.block(at: 0) == MarkdownDocument(text).blocks[0])
    guard case .paragraph(let runs) = long.block(at: 0).content else { return }
    #expect(runs.contains { $0.link?.address == "/address" })
  }

  @Test func `A document that grew is read step by step, each of about a window`() {
    let text = (0..<400).map { "line *\($0)* and [a][1]\n\n" }.joined() + "[1]: /address\n"
    var document = MarkdownDocument()
    document.append(text)
    document.refresh()
    var long = LongDocument(document, window: 400)
    var steps = 1
    while long.readOn() == .unfinished { steps += 1 }
    #expect(steps >= text.utf8.count / 800)
    let whole = MarkdownDocument(text).blocks
    #expect(long.count == whole.count)
    for index in whole.indices { #expect(long.block(at: index) == whole[index]) }
    #expect(long.readOn() == .whole)
  }

  @Test func `A line is near the first block of its part`() throws {
    let text = (0..<1000).map { "line \($0)\n\n" }.joined()
    var long = try #require(LongDocument(text, window: 400))
    for line in stride(from: 0, to: 2000, by: 37) {
      let first = long.firstBlock(nearLine: line)
      #expect(long.block(at: first).lines.lowerBound <= line)
      #expect(line - long.block(at: first).lines.lowerBound < 200)
    }
  }

  @Test func `Too many definitions are left to the whole`() {
    let text = (0..<100).map { "[\($0)]: /address\n" }.joined()
    #expect(LongDocument(text, window: 50) == nil)
  }
}
