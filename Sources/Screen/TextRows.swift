/// A text of several lines laid out in rows, which knows the bytes behind each cell.
///
/// Its rows are those of `StyledLine.lines(of:_:)`, each wrapped to `columns`.
package struct TextRows {
  private struct Row {
    let line: TextLine
    /// What of the line's cells the row shows; those that hang out of view are its own too.
    let cells: Range<Int>
    let visible: Int
  }

  private var rows: [Row] = []
  private let rules: WidthRules

  package init(_ text: String, columns: Int, rules: WidthRules = .standard) {
    self.rules = rules
    let wrapping = Wrapping(columns: columns)
    var start = 0
    for (line, bytes) in zip(StyledLine.lines(of: text), Self.lineLengths(of: text)) {
      let line = TextLine(text: line.text, byteStart: start)
      let cells = Cell.cells(of: line.text, rules: rules)
      for range in wrapping.rows(of: cells) {
        let visible = wrapping.visible(range, of: cells).count
        rows.append(Row(line: line, cells: range, visible: visible))
      }
      start += bytes
    }
  }

  package var count: Int { rows.count }

  /// The cell that shows a byte, its row from 0; the end of a line is the cell behind its last.
  package func point(ofByte offset: Int) -> Point {
    let first = rows.lastIndex { $0.line.byteStart <= offset && $0.cells.lowerBound == 0 } ?? 0
    guard rows.indices.contains(first) else { return Point(column: 0, row: 0) }
    let cell = rows[first].line.cellCount(upTo: offset, rules: rules)
    let last =
      rows[first...].lastIndex { $0.line == rows[first].line && $0.cells.lowerBound <= cell }
      ?? first
    return Point(column: min(cell - rows[last].cells.lowerBound, rows[last].visible), row: last)
  }

  /// The byte that a row begins with.
  package func byteOffset(ofRow row: Int) -> Int {
    guard rows.indices.contains(row) else { return 0 }
    return rows[row].line.byteOffset(ofCell: rows[row].cells.lowerBound, rules: rules)
  }

  /// The byte of the character in a cell, or of the nearest one that its row shows; behind the last
  /// one only where the line ends.
  package func byteOffset(at point: Point) -> Int {
    guard rows.indices.contains(point.row) else { return 0 }
    let row = rows[point.row]
    let isLast =
      !rows.indices.contains(point.row + 1) || rows[point.row + 1].cells.lowerBound == 0
    let last = max(0, isLast ? row.visible : row.visible - 1)
    let cell = row.cells.lowerBound + max(0, min(point.column, last))
    return row.line.byteOffset(ofCell: cell, rules: rules)
  }

  /// The visible cells of each row that show bytes of a range; none where the row shows none.
  package func cells(ofBytes range: Range<Int>) -> [Range<Int>] {
    rows.map { row in
      func cell(_ offset: Int) -> Int {
        let cell = row.line.cellCount(upTo: offset, rules: rules) - row.cells.lowerBound
        return max(0, min(cell, row.visible))
      }
      guard range.upperBound > row.line.byteStart, range.lowerBound <= row.line.byteEnd else {
        return 0..<0
      }
      let start = cell(range.lowerBound)
      return start..<max(start, cell(range.upperBound))
    }
  }

  /// The bytes of each line with what ends it.
  private static func lineLengths(of text: String) -> [Int] {
    var lengths: [Int] = []
    var rest = text.utf8.count
    for line in StyledLine.lines(of: text).dropLast() {
      let index = text.utf8.index(text.endIndex, offsetBy: line.text.utf8.count - rest)
      let scalar = text.unicodeScalars[index]
      let next = text.unicodeScalars.index(after: index)
      let pairs = scalar == "\r" && next < text.endIndex && text.unicodeScalars[next] == "\n"
      lengths.append(line.text.utf8.count + (pairs ? 2 : UTF8.width(scalar)))
      rest -= lengths[lengths.count - 1]
    }
    return lengths + [rest]
  }
}
