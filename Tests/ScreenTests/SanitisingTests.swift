import Screen
import SeededNumbers
import Testing

struct SanitisingTests {
  @Test func `Every control becomes the replacement character`() {
    let controls = Array(0x00...0x08) + Array(0x0A...0x1F) + Array(0x7F...0x9F)
    for value in controls {
      let scalar = Unicode.Scalar(UInt8(value))
      #expect("a\(scalar)b".sanitised == "a\u{FFFD}b", "U+\(String(value, radix: 16))")
    }
  }

  @Test(arguments: [
    "\u{AD}", "\u{34F}", "\u{61C}", "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{200F}",
    "\u{202A}", "\u{202B}", "\u{202C}", "\u{202D}", "\u{202E}", "\u{2060}", "\u{2066}", "\u{2067}",
    "\u{2068}", "\u{2069}", "\u{206F}", "\u{20E3}", "\u{FE0E}", "\u{FE0F}", "\u{FEFF}", "\u{FFF9}",
    "\u{1F3FB}", "\u{1F3FF}", "\u{E0001}", "\u{E0061}", "\u{E0100}",
  ])
  func `An invisible character is left out`(_ scalar: Unicode.Scalar) {
    #expect("a\(scalar)b".sanitised == "ab")
  }

  @Test(arguments: [0x2028, 0x2029, 0xFDD0, 0xFFFE, 0xFFFF, 0x1_FFFE, 0x10_FFFF] as [UInt32])
  func `A line separator or noncharacter is replaced`(_ value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect("a\(scalar)b".sanitised == "a\u{FFFD}b")
  }

  @Test func `Escape sequences are shown, not run`() {
    #expect("\u{1B}]0;owned\u{7}".sanitised == "\u{FFFD}]0;owned\u{FFFD}")
    #expect("\u{1B}[2J".sanitised == "\u{FFFD}[2J")
    #expect("\u{9B}2J".sanitised == "\u{FFFD}2J")
  }

  @Test(arguments: [(8, "a       b"), (4, "a   b"), (1, "a b"), (0, "a b")])
  func `A tab reaches to the next stop`(_ width: Int, _ expected: String) {
    #expect(Cell.cells(of: "a\tb", rules: WidthRules(tabWidth: width)).text == expected)
  }

  @Test func `A tab counts columns, not characters`() {
    #expect(Cell.cells(of: "你好\tb").count == 9)
    #expect(Cell.cells(of: "12345678\tb").count == 17)
    let line = StyledLine("abc") + StyledLine("\tb", Style(attributes: .bold))
    #expect(line.cells().text == "abc     b")
  }

  @Test func `Marks join the cell before them, four at most`() {
    let cells = Cell.cells(of: "e\u{301}\u{302}\u{303}\u{304}\u{305}\u{306}x")
    #expect(cells == [Cell("e", marks: ["\u{301}", "\u{302}", "\u{303}", "\u{304}"]), Cell("x")])
  }

  @Test func `A run of 10,000 marks takes one cell`() {
    #expect(Cell.cells(of: "o" + String(repeating: "\u{30A}", count: 10_000)).count == 1)
  }

  @Test func `A mark joins the left half of a wide cell`() {
    let cells = Cell.cells(of: "か\u{3099}")
    #expect(cells == [Cell("か", marks: ["\u{3099}"], width: 2), .trailing(style: .plain)])
  }

  @Test func `A mark with nothing before it gets a dotted circle`() {
    #expect(Cell.cells(of: "\u{301}a") == [Cell("\u{25CC}", marks: ["\u{301}"]), Cell("a")])
    #expect(Cell.cells(of: "\u{200D}\u{301}").text == "\u{25CC}\u{301}")
  }

  @Test func `A mark at the start of a run joins the run before`() {
    let bold = Style(attributes: .bold)
    let line = StyledLine([StyledRun("e"), StyledRun("\u{301}x", bold)])
    #expect(line.cells() == [Cell("e", marks: ["\u{301}"]), Cell("x", style: bold)])
  }

  @Test func `Conjoining jamo make one wide cell`() {
    #expect(Cell.cells(of: "\u{1112}\u{1161}\u{11AB}").count == 2)
  }

  @Test func `Emoji sequences fall apart into emoji that every terminal draws alike`() {
    #expect("👨‍👩‍👧".sanitised == "👨👩👧")
    #expect("👍🏽".sanitised == "👍")
    #expect("1️⃣".sanitised == "1")
    #expect("❤️".sanitised == "\u{2764}")
    #expect("🏴󠁧󠁢󠁥󠁮󠁧󠁿".sanitised == "🏴")
  }

  @Test(arguments: 1...200)
  func `Any text becomes whole cells without controls`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rules = WidthRules(ambiguousIsWide: seed.isMultiple(of: 2))
    let text = random.line(pieces: 40)
    let cells = Cell.cells(of: text, rules: rules)
    expectWhole(cells)
    #expect(DisplayWidth.columns(of: text, rules: rules) == cells.count)
    #expect(cells.allSatisfy { $0.marks.count <= 4 })
    #expect(!cells.text.unicodeScalars.contains { $0.properties.generalCategory == .control })
    #expect(cells.text.sanitised == cells.text)
  }
}

/// Expects that every wide cell is followed by its trailing half, and nothing else by one.
func expectWhole(_ cells: [Cell], sourceLocation: SourceLocation = #_sourceLocation) {
  for (index, cell) in cells.enumerated() {
    let followed = index + 1 < cells.count && cells[index + 1].width == 0
    #expect(followed == (cell.width == 2), sourceLocation: sourceLocation)
  }
  #expect(cells.first?.width != 0, sourceLocation: sourceLocation)
}
