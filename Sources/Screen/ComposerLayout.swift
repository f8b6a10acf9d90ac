/// An editable text of several lines laid out for drawing, with its cursor.
///
/// The prompt stands before the first row, and all other rows are indented as far. Nothing that was
/// typed is hidden: one space may hang in the last column, which is otherwise kept for the cursor.
/// Offsets are bytes of the text's UTF-8, as readline counts.
package struct ComposerLayout: Hashable, Sendable {
  /// At least one; none is wider than the columns that were given, if these are 8 or more.
  package private(set) var rows: [[Cell]] = []
  /// Where the cursor stands in `rows`.
  package private(set) var cursor = Point(column: 0, row: 0)
  /// How far the text of every row is indented: the width of the prompt.
  package let indent: Int

  private var places: [Place] = []
  private let rules: WidthRules

  /// What a row shows: a range of cells of one line of the text.
  private struct Place: Hashable, Sendable {
    let line: TextLine
    let cells: Range<Int>
  }

  /// Lays a text out with the cursor at a byte offset; an offset inside a character moves back.
  package init(
    text: String, byteOffset: Int, columns: Int, prompt: StyledLine = StyledLine(),
    style: Style = .plain, rules: WidthRules = .standard
  ) {
    let prompt = prompt.cells(rules: rules).truncated(to: columns / 2, rules: rules)
    indent = prompt.count
    self.rules = rules
    for line in TextLine.lines(of: text) {
      append(line, columns: columns - indent, prompt: rows.isEmpty ? prompt : [], style: style)
      if line.contains(byteOffset) { placeCursor(byteOffset, in: line, columns: columns) }
    }
  }

  /// The byte offset of the character that is drawn at a point, or of the nearest one in its row.
  package func byteOffset(at point: Point) -> Int {
    let row = max(0, min(point.row, places.count - 1))
    let place = places[row]
    let endsLine = row + 1 == places.count || places[row + 1].line != place.line
    let last = endsLine ? place.cells.upperBound : place.cells.upperBound - 1
    let cell = place.cells.lowerBound + max(0, point.column - indent)
    return place.line.byteOffset(ofCell: min(cell, last), rules: rules)
  }

  /// The byte offset so many rows below the cursor, as near to a column as the row is long; nil where
  /// there is no such row.
  package func byteOffset(rowsFromCursor rows: Int, column: Int) -> Int? {
    let row = cursor.row + rows
    return places.indices.contains(row) ? byteOffset(at: Point(column: column, row: row)) : nil
  }
}

extension ComposerLayout {
  private mutating func append(_ line: TextLine, columns: Int, prompt: [Cell], style: Style) {
    let cells = Cell.cells(of: line.text, style: style, rules: rules)
    let wrapping = Wrapping(columns: columns - 1)
    for range in wrapping.rows(of: cells, hangingSpaces: 1) {
      let margin = prompt.isEmpty || range.lowerBound > 0 ? blanks : prompt
      rows.append(margin + cells[range])
      places.append(Place(line: line, cells: range))
    }
  }

  private var blanks: [Cell] { Array(repeating: .blank, count: indent) }

  /// Puts the cursor into the line appended last, in a row of its own if the last row is full.
  private mutating func placeCursor(_ byteOffset: Int, in line: TextLine, columns: Int) {
    let cell = line.cellCount(upTo: byteOffset, rules: rules)
    guard let row = places.lastIndex(where: { $0.line == line && $0.cells.lowerBound <= cell })
    else { return }
    cursor = Point(column: indent + cell - places[row].cells.lowerBound, row: row)
    guard cursor.column >= columns else { return }
    rows.append(blanks)
    places.append(Place(line: line, cells: cell..<cell))
    cursor = Point(column: indent, row: rows.count - 1)
  }
}
