import Screen

/// The rows in which the screen shows a line of a text; of one that is very long, a stretch.
struct LineRows {
  private let rows: TextRows
  private let start: Int
  /// The last place: behind the last character only where the line ends.
  private let end: Int
  /// The cell of the place, its row from 0.
  let point: Point

  /// The rows of the stretch that holds the byte at `offset`.
  init(around offset: Int, of text: SourceText, columns: Int, _ rules: WidthRules) {
    let stretch = text.stretch(at: offset)
    start = stretch.lowerBound
    let isCut = stretch.upperBound < text.lineEnd(of: offset)
    end = isCut ? text.previous(stretch.upperBound) ?? start : stretch.upperBound
    rows = TextRows(text.text(in: stretch), columns: columns, rules: rules)
    point = rows.point(ofByte: offset - start)
  }

  var last: Int { max(0, rows.count - 1) }

  /// The byte in a column of a row; nil where the stretch has no such row.
  func offset(row: Int, column: Int) -> Int? {
    guard 0..<rows.count ~= row else { return nil }
    return min(end, start + rows.byteOffset(at: Point(column: column, row: row)))
  }
}
