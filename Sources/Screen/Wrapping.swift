/// How a line's cells are laid into rows.
///
/// Rows divide the line without loss: each begins where the one before it ended. No row is wider
/// than `columns` once the spaces at its end hang out of view, and none begins with half a wide
/// cell. Linear in the number of cells.
package struct Wrapping: Hashable, Sendable {
  /// Where a row may end.
  package enum Unit: Hashable, Sendable {
    /// By the Unicode rules of line breaking; a word longer than a row is cut.
    case words
    /// At every cell: nothing is moved, for code and logs.
    case characters
  }

  /// The width of a row, at least 2, so that every character fits.
  package let columns: Int
  /// Blank columns before every row but the first.
  package let continuationIndent: Int
  package let unit: Unit

  package init(columns: Int, continuationIndent: Int = 0, unit: Unit = .words) {
    self.columns = max(2, columns)
    self.continuationIndent = max(0, min(continuationIndent, self.columns - 2))
    self.unit = unit
  }

  /// The cells of each row, in order and without gaps; an empty line has one empty row.
  ///
  /// Spaces that hang over the edge belong to the row before; `visible(_:of:)` leaves them out.
  package func rows(of cells: [Cell]) -> [Range<Int>] {
    rows(of: cells, hangingSpaces: unit == .words ? .max : 0)
  }

  /// The part of a row that is drawn: without the spaces at its end where the line goes on.
  package func visible(_ row: Range<Int>, of cells: [Cell]) -> Range<Int> {
    let width = row.lowerBound == 0 ? columns : columns - continuationIndent
    guard unit == .words, row.upperBound < cells.count || row.count > width else { return row }
    var end = row.upperBound
    while end > row.lowerBound, cells[end - 1].base == " ", cells[end - 1].width == 1 { end -= 1 }
    return row.lowerBound..<end
  }
}

extension Wrapping {
  /// The rows of a line where so many spaces may stand beyond a row's edge.
  func rows(of cells: [Cell], hangingSpaces: Int) -> [Range<Int>] {
    var cutter = RowCutter(wrapping: self, cells: cells, hangingSpaces: hangingSpaces)
    return cutter.rows()
  }
}

extension [Cell] {
  /// The line's rows as cells, each at most `columns` wide; an empty line gives one empty row.
  package func wrapped(by wrapping: Wrapping) -> [[Cell]] {
    let indent = Array(repeating: Cell.blank, count: wrapping.continuationIndent)
    return wrapping.rows(of: self).map { row in
      let visible = self[wrapping.visible(row, of: self)]
      return row.lowerBound == 0 ? Array(visible) : indent + visible
    }
  }
}

extension StyledLine {
  /// The line's rows as cells, each at most `columns` wide, words kept whole where they fit.
  package func wrapped(
    to columns: Int, continuationIndent: Int = 0, rules: WidthRules = .standard
  ) -> [[Cell]] {
    let wrapping = Wrapping(columns: columns, continuationIndent: continuationIndent)
    return cells(rules: rules).wrapped(by: wrapping)
  }
}
