extension Cell {
  /// The cells of a text without line breaks, sanitised, one for each column.
  ///
  /// A wide cell is followed by its trailing half, so `count` is the width in columns.
  package static func cells(
    of text: String, style: Style = .plain, rules: WidthRules = .standard
  ) -> [Cell] {
    StyledLine(text, style).cells(rules: rules)
  }
}

extension StyledLine {
  /// The line's cells, sanitised, one for each column; a mark may join the run before its own.
  package func cells(rules: WidthRules = .standard) -> [Cell] {
    let capacity = runs.reduce(0) { $0 + $1.text.utf8.count }
    var builder = CellBuilder(rules: rules, capacity: capacity)
    for run in runs { builder.append(run.text, style: run.style) }
    return builder.cells
  }
}

extension Sequence<Cell> {
  /// The text that the cells show.
  package var text: String {
    var scalars = String.UnicodeScalarView()
    for cell in self where cell.width > 0 { scalars.append(cell) }
    return String(scalars)
  }
}

extension String.UnicodeScalarView {
  /// Adds what a cell shows.
  package mutating func append(_ cell: Cell) {
    append(cell.base)
    // One by one: several at once make room for themselves alone, so that the whole is copied each time.
    for mark in cell.marks { append(mark) }
  }
}

extension String {
  /// The text as the screen would show it: fit for a window's title, or one line of a log.
  package var sanitised: String { Cell.cells(of: self).text }
}
