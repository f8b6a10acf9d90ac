/// A whole screen as a value: cells, cursor and the modes that the terminal shall be in.
///
/// Coordinates count from 0 at the top left. Every row has exactly `size.columns` cells, and a wide
/// cell is always followed by its trailing half: writing clips at the right edge and never leaves
/// half a wide character behind.
package struct Frame: Hashable, Sendable {
  package let size: Size
  package private(set) var rows: [[Cell]]
  /// Where the terminal's cursor stands; nil hides it.
  package var cursor: Point?
  package var modes = TerminalModes()
  /// The addresses behind the cells that have a link.
  package var links = LinkTable()
  /// A picture over the cells, which are blank below it.
  package var picture: PixelPicture?
  /// Pictures that stand where their own cells are, if they are anywhere (``placements``).
  package var previews: [PixelPreview] = []

  package init(size: Size) {
    self.size = size
    rows = Array(
      repeating: Array(repeating: .blank, count: max(0, size.columns)), count: max(0, size.rows))
  }

  /// Writes cells into a row from `column` on; where any but blanks would pass the right edge, `…` stands
  /// there in their place.
  package mutating func write(_ cells: [Cell], row: Int, column: Int = 0) {
    guard rows.indices.contains(row) else { return }
    let room = max(0, size.columns - column)
    // The second half of a wide character has no width, and a blank for its base.
    let isCut = cells.count > room && cells[room...].contains { $0.base != " " || $0.width == 0 }
    rows[row].overwrite(with: isCut ? cells.truncated(to: room) : cells, from: column)
  }

  /// Writes any sequence of cells; an array goes faster.
  package mutating func write(_ cells: some Sequence<Cell>, row: Int, column: Int = 0) {
    write(Array(cells), row: row, column: column)
  }

  /// The numbers of the rows that differ from `other`'s, a row that only one of them has included.
  package func changedRows(from other: Frame) -> [Int] {
    (0..<max(rows.count, other.rows.count)).filter { cells(ofRow: $0) != other.cells(ofRow: $0) }
  }

  private func cells(ofRow row: Int) -> [Cell] { rows.indices.contains(row) ? rows[row] : [] }

  /// Fills a rectangle with blanks of one style.
  package mutating func fill(_ rect: Rect, style: Style) {
    let blanks = Array(repeating: Cell(" ", style: style), count: max(0, rect.size.columns))
    for row in rect.origin.row..<max(rect.origin.row, rect.origin.row + rect.size.rows) {
      write(blanks, row: row, column: rect.origin.column)
    }
  }
}

extension [Cell] {
  /// Puts whole characters over a row that keeps its length.
  fileprivate mutating func overwrite(with cells: [Cell], from column: Int) {
    var column = column
    for cell in cells where cell.width > 0 {
      let end = column + Int(cell.width)
      guard end <= count else { break }
      if column >= 0 { place(cell, at: column) }
      column = end
    }
  }

  private mutating func place(_ cell: Cell, at column: Int) {
    if self[column].width != 1 { blankHalves(around: column) }
    self[column] = cell
    guard cell.width == 2 else { return }
    if self[column + 1].width != 1 { blankHalves(around: column + 1) }
    self[column + 1] = .trailing(style: cell.style)
  }

  /// Turns the other half of a wide character that is about to be overwritten into a blank.
  private mutating func blankHalves(around column: Int) {
    let old = self[column]
    if old.width == 0, column > 0 { self[column - 1] = Cell(" ", style: self[column - 1].style) }
    if old.width == 2, column + 1 < count { self[column + 1] = Cell(" ", style: old.style) }
  }
}

/// What the terminal itself shall do while a frame is shown.
package struct TerminalModes: Hashable, Sendable {
  /// Wheel and clicks are reported to the program; off, the terminal selects text natively.
  package var mouse = false
  package var bracketedPaste = true
  /// The window's title, sanitised by the renderer; nil leaves it alone.
  package var title: String?

  package init() {}
}
