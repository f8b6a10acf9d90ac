import Screen
import SeededNumbers
import Testing

struct FrameTests {
  private func frame(_ columns: Int, _ text: String) -> Frame {
    var frame = Frame(size: Size(columns: columns, rows: 1))
    frame.write(Cell.cells(of: text), row: 0)
    return frame
  }

  @Test func `What would pass the right edge is left out, and a sign stands for it`() {
    #expect(frame(5, "一二三").snapshot == "一二…\n")
    #expect(frame(4, "一二三").snapshot == "一…\n")
    #expect(frame(4, "abcde").snapshot == "abc…\n")
    #expect(frame(4, "abcd").snapshot == "abcd\n")
    #expect(frame(4, "abcd   ").snapshot == "abcd\n")
    #expect(frame(1, "一").snapshot == "…\n")
  }

  @Test func `Text that begins left of the edge is cut on the left`() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.write(Cell.cells(of: "abcdef"), row: 0, column: -2)
    #expect(frame.snapshot == "cdef\n")
    frame.write(Cell.cells(of: "一二"), row: 0, column: -1)
    #expect(frame.rows[0].text == "c二f")
  }

  @Test func `Writing over half a wide character blanks the other half`() {
    var frame = frame(4, "一二")
    frame.write(Cell.cells(of: "x"), row: 0, column: 1)
    #expect(frame.snapshot == " x二\n")
    frame.write(Cell.cells(of: "y"), row: 0, column: 2)
    #expect(frame.snapshot == " xy\n")
  }

  @Test func `Rows outside the frame are ignored`() {
    var frame = Frame(size: Size(columns: 4, rows: 1))
    frame.write(Cell.cells(of: "abc"), row: -1)
    frame.write(Cell.cells(of: "abc"), row: 1)
    frame.fill(Rect(column: -2, row: -1, columns: 9, rows: 9), style: .plain)
    #expect(frame == Frame(size: Size(columns: 4, rows: 1)))
  }

  @Test func `The rows that differ are told, and those that only one frame has`() {
    var first = Frame(size: Size(columns: 8, rows: 4))
    first.write(Cell.cells(of: "same"), row: 0)
    first.write(Cell.cells(of: "plain"), row: 2)
    var second = first
    #expect(first.changedRows(from: second).isEmpty)
    second.write(Cell.cells(of: "plain", style: Style(attributes: .bold)), row: 2)
    second.write([Cell("e", marks: ["\u{301}"])], row: 3)
    #expect(first.changedRows(from: second) == [2, 3])
    #expect(Frame(size: Size(columns: 8, rows: 1)).changedRows(from: first) == [0, 1, 2, 3])
  }

  @Test(arguments: 1...50)
  func `Random writes never leave half a wide character`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var frame = Frame(size: Size(columns: Int.random(in: 1...20, using: &random), rows: 3))
    for _ in 0..<60 {
      let cells = Cell.cells(of: random.line(pieces: 6))
      let column = Int.random(in: -5...22, using: &random)
      frame.write(cells, row: Int.random(in: -1...3, using: &random), column: column)
      let columns = Int.random(in: 0...4, using: &random)
      frame.fill(Rect(column: column + 1, row: 1, columns: columns, rows: 1), style: .plain)
    }
    for row in frame.rows {
      #expect(row.count == frame.size.columns)
      expectWhole(row)
    }
  }

  @Test func `A snapshot is the text of the rows`() {
    var frame = Frame(size: Size(columns: 8, rows: 3))
    frame.write(Cell.cells(of: "你好 e\u{301}"), row: 1, column: 1)
    #expect(frame.snapshot == "\n 你好 e\u{301}\n\n")
  }

  @Test func `A styled snapshot names the cursor and the styles`() {
    var frame = Frame(size: Size(columns: 6, rows: 2))
    let bold = Style(attributes: [.bold, .underline])
    let red = Style(foreground: .named(1), background: .rgb(1, 2, 3))
    frame.write(Cell.cells(of: "a你", style: bold), row: 0)
    frame.write(Cell.cells(of: "x", style: red), row: 1, column: 3)
    frame.cursor = Point(column: 4, row: 1)
    #expect(
      frame.styledSnapshot == """
        a你
           x
        -- cursor: column 4, row 1
        -- styles
        aaa
           b
        a: bold underline, standard on standard
        b: named 1 on rgb 1 2 3

        """)
  }

  @Test func `A difference names rows, styles, cursor and size`() {
    let expected = frame(4, "abc")
    #expect(expected.difference(from: expected) == nil)
    #expect(frame(4, "abd").difference(from: expected) == "row 0\n- abc\n+ abd\n")
    var styled = expected
    styled.write(Cell.cells(of: "c", style: Style(attributes: .dim)), row: 0, column: 2)
    #expect(
      styled.difference(from: expected)
        == "row 0, column 2: dim, standard on standard instead of standard on standard\n")
    var moved = expected
    moved.cursor = Point(column: 1, row: 0)
    #expect(moved.difference(from: expected) == "cursor at column 1, row 0 instead of hidden\n")
    #expect(frame(5, "abc").difference(from: expected)?.hasPrefix("size ") == true)
  }
}
