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
