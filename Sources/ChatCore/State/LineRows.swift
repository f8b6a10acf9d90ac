import Screen

/// A line of a text in the rows that the screen shows it in.
///
/// Of a line that is very long it is the stretch around a place, cut anew for each: its rows are
/// then not quite those of the screen, but none costs much.
struct LineRows {
  private static let reach = 8192

  private let rows: TextRows
  private let start: Int
  /// The cell of the place, its row from 0.
  let point: Point

  /// The rows of the line that holds the byte at `offset`.
  init(around offset: Int, of text: SourceText, columns: Int, _ rules: WidthRules) {
    start = max(text.lineStart(of: offset), offset - Self.reach)
    let end = min(text.lineEnd(of: offset), offset + Self.reach)
    rows = TextRows(text.text(in: start..<end), columns: columns, rules: rules)
    point = rows.point(ofByte: offset - start)
  }

  var last: Int { max(0, rows.count - 1) }

  /// The byte in a column of a row; nil where the line has no such row.
  func offset(row: Int, column: Int) -> Int? {
    guard 0..<rows.count ~= row else { return nil }
    return start + rows.byteOffset(at: Point(column: column, row: row))
  }
}
