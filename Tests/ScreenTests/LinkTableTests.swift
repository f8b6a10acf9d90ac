import Screen
import Testing

@Suite struct LinkTableTests {
  @Test(arguments: [
    ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
    ("HTTP://example.com", "HTTP://example.com"),
    ("mailto:a@example.com", "mailto:a@example.com"),
    ("https://zh.wikipedia.org/wiki/中", "https://zh.wikipedia.org/wiki/%E4%B8%AD"),
    ("https://e.com/\u{1B}]0;x\u{07}", "https://e.com/%1B]0;x%07"),
    ("https://e.com/a b\u{9C}", "https://e.com/a%20b%C2%9C"),
  ])
  func `An address is written so that it cannot end its sequence`(address: String, target: String) {
    var table = LinkTable()
    table.insert(address)
    #expect(table[LinkID(of: address)] == target)
  }

  @Test(arguments: [
    "javascript:alert(1)", "file:///etc/passwd", "docs/a.md", "#part", "", "ssh://host",
    "https://e.com/" + String(repeating: "a", count: 2_100),
  ])
  func `What no click should follow is no link`(address: String) {
    var table = LinkTable()
    table.insert(address)
    #expect(table[LinkID(of: address)] == nil)
    #expect(table.isEmpty)
  }

  @Test func `Of two addresses with one name neither is a link`() throws {
    let addresses = (0..<2_000).map { "https://example.com/\($0)" }
    let groups = Dictionary(grouping: addresses) { LinkID(of: $0) }
    let (first, second) = try #require(
      groups.values.first { $0.count > 1 }.map { ($0[0], $0[1]) })
    var table = LinkTable()
    table.insert(first)
    #expect(table[LinkID(of: first)] == first)
    table.insert(second)
    table.insert(first)
    #expect(table[LinkID(of: first)] == nil)
  }

  @Test func `A cell is as small as without a link`() {
    #expect(MemoryLayout<Cell>.stride == 32)
  }
}
