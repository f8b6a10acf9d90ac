import Screen
import SeededNumbers
import Testing

struct ComposerLayoutTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let offset: Int
    let rows: [String]
    let cursor: Point
    var testDescription: String { name }
  }

  /// Ten columns: a prompt of two, then eight for the text, the last of them for the cursor.
  static let cases = [
    Case(name: "empty", text: "", offset: 0, rows: ["> "], cursor: Point(column: 2, row: 0)),
    Case(
      name: "at the end", text: "hey", offset: 3, rows: ["> hey"], cursor: Point(column: 5, row: 0)),
    Case(name: "inside", text: "hey", offset: 1, rows: ["> hey"], cursor: Point(column: 3, row: 0)),
    Case(
      name: "after Chinese", text: "你好", offset: 6, rows: ["> 你好"], cursor: Point(column: 6, row: 0)
    ),
    Case(
      name: "inside a character", text: "你好", offset: 4, rows: ["> 你好"],
      cursor: Point(column: 4, row: 0)),
    Case(
      name: "after a mark", text: "e\u{301}x", offset: 3, rows: ["> e\u{301}x"],
      cursor: Point(column: 3, row: 0)),
    Case(
      name: "a full row", text: "1234567", offset: 7, rows: ["> 1234567"],
      cursor: Point(column: 9, row: 0)),
    Case(
      name: "a word moves", text: "one two three", offset: 13, rows: ["> one two ", "  three"],
      cursor: Point(column: 7, row: 1)),
    Case(
      name: "a hanging space", text: "1234567 ", offset: 8, rows: ["> 1234567 ", "  "],
      cursor: Point(column: 2, row: 1)),
    Case(
      name: "two spaces", text: "1234567  ", offset: 9, rows: ["> 1234567 ", "   "],
      cursor: Point(column: 3, row: 1)),
    Case(
      name: "start of a row", text: "one two three", offset: 8, rows: ["> one two ", "  three"],
      cursor: Point(column: 2, row: 1)),
    Case(
      name: "lines", text: "a\nb", offset: 3, rows: ["> a", "  b"], cursor: Point(column: 3, row: 1)
    ),
    Case(
      name: "end of the first line", text: "a\nb", offset: 1, rows: ["> a", "  b"],
      cursor: Point(column: 3, row: 0)),
    Case(
      name: "an empty last line", text: "a\n", offset: 2, rows: ["> a", "  "],
      cursor: Point(column: 2, row: 1)),
    Case(
      name: "a carriage return", text: "a\r\nb", offset: 4, rows: ["> a\u{FFFD}", "  b"],
      cursor: Point(column: 3, row: 1)),
    Case(
      name: "a tab", text: "a\tb", offset: 2, rows: ["> a       ", "  b"],
      cursor: Point(column: 2, row: 1)),
  ]

  @Test(arguments: cases)
  func `Rows and cursor`(_ row: Case) {
    let layout = ComposerLayout(
      text: row.text, byteOffset: row.offset, columns: 10, prompt: StyledLine("> "))
    #expect(layout.rows.map(\.text) == row.rows)
    #expect(layout.cursor == row.cursor)
  }

  @Test func `A prompt takes at most half of the row`() {
    let layout = ComposerLayout(
      text: "hi", byteOffset: 2, columns: 12, prompt: StyledLine("assistant ▸ "))
    #expect(layout.rows.map(\.text) == ["assis…hi"])
    #expect(layout.indent == 6)
  }

  @Test func `A point leads back to the text`() {
    let layout = ComposerLayout(
      text: "你好 one\ntwo", byteOffset: 0, columns: 10, prompt: StyledLine("> "))
    #expect(layout.rows.map(\.text) == ["> 你好 ", "  one", "  two"])
    #expect(layout.byteOffset(at: Point(column: 0, row: 0)) == 0)
    #expect(layout.byteOffset(at: Point(column: 3, row: 0)) == 0)
    #expect(layout.byteOffset(at: Point(column: 4, row: 0)) == 3)
    #expect(layout.byteOffset(at: Point(column: 30, row: 0)) == 6)
    #expect(layout.byteOffset(at: Point(column: 30, row: 1)) == 10)
    #expect(layout.byteOffset(at: Point(column: 3, row: 2)) == 12)
    #expect(layout.byteOffset(at: Point(column: 3, row: 99)) == 12)
  }

  @Test func `A row leads to the next, at the cursor's column or another`() {
    let layout = ComposerLayout(
      text: "你好 one\ntwo", byteOffset: 9, columns: 10, prompt: StyledLine("> "))
    #expect(layout.cursor == Point(column: 4, row: 1))
    #expect(layout.byteOffset(rowsFromCursor: -1, column: 4) == 3)
    #expect(layout.byteOffset(rowsFromCursor: -1, column: 5) == 3)
    #expect(layout.byteOffset(rowsFromCursor: 1, column: 4) == 13)
    #expect(layout.byteOffset(rowsFromCursor: -2, column: 4) == nil)
    #expect(layout.byteOffset(rowsFromCursor: 2, column: 4) == nil)
  }

  @Test(arguments: 1...200)
  func `Every offset has its place, and every place its offset`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let text = random.line(pieces: 14) + "\n" + random.line(pieces: 14)
    let columns = Int.random(in: 8...40, using: &random)
    let offset = Int.random(in: 0...text.utf8.count, using: &random)
    let layout = ComposerLayout(
      text: text, byteOffset: offset, columns: columns, prompt: StyledLine("▸ "))
    #expect(layout.rows.allSatisfy { $0.count <= columns })
    #expect(layout.cursor.column < columns)
    #expect(layout.rows.indices.contains(layout.cursor.row))
    for row in layout.rows { expectWhole(row) }
    let back = layout.byteOffset(at: layout.cursor)
    let again = ComposerLayout(
      text: text, byteOffset: back, columns: columns, prompt: StyledLine("▸ "))
    #expect(again.cursor == layout.cursor)
  }
}
