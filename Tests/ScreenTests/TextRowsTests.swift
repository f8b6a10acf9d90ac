import Screen
import SeededNumbers
import Testing

@Suite struct TextRowsTests {
  @Test(arguments: 1...20)
  func `Its rows are those of the wrapped text, and each byte is found in its row`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<30 {
      let ends = ["\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\n\n"]
      let text = (0..<4).map { _ in
        random.line(pieces: 12) + (ends.randomElement(using: &random) ?? "")
      }.joined()
      let columns = Int.random(in: 8...40, using: &random)
      let rows = TextRows(text, columns: columns)
      let drawn = StyledLine.lines(of: text).flatMap { $0.wrapped(to: columns) }
      #expect(rows.count == drawn.count)
      #expect(rows.cells(ofBytes: 0..<text.utf8.count).map(\.count) == drawn.map(\.count))
      for row in drawn.indices {
        let point = rows.point(ofByte: rows.byteOffset(ofRow: row))
        #expect(point.row == row || drawn[row].isEmpty)
      }
    }
  }

  @Test func `Bytes of wide characters and marks have their cells`() {
    let rows = TextRows("a木e\u{301}b\n湖", columns: 10)
    #expect(rows.point(ofByte: 1) == Point(column: 1, row: 0))
    #expect(rows.point(ofByte: 4) == Point(column: 3, row: 0))
    #expect(rows.point(ofByte: 7) == Point(column: 4, row: 0))
    #expect(rows.point(ofByte: 8) == Point(column: 5, row: 0))
    #expect(rows.point(ofByte: 9) == Point(column: 0, row: 1))
    #expect(rows.cells(ofBytes: 1..<7) == [1..<4, 0..<0])
    #expect(rows.cells(ofBytes: 4..<12) == [3..<5, 0..<2])
  }
}
