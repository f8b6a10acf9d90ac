import Screen

extension [[Cell]] {
  /// Rows of items side by side, as many as fit; an item that is wider has a row of its own.
  func packed(into columns: Int, gap: Int) -> [[Cell]] {
    let blanks = [Cell](repeating: .blank, count: gap)
    return reduce(into: []) { rows, item in
      if let last = rows.last, last.count + gap + item.count <= columns {
        rows[rows.count - 1] += blanks + item
      } else {
        rows.append(item)
      }
    }
  }
}

extension Collection<[Cell]> {
  /// The first rows, with `…` at the end of the last where others are left out.
  func cut(to most: Int, _ context: ViewContext) -> [[Cell]] {
    guard count > most, most > 0 else { return Array(prefix(Swift.max(0, most))) }
    var rows = Array(prefix(most))
    let last = rows[most - 1].clipped(to: context.columns - 3)
    rows[most - 1] = last + context.cells("…", last.last?.style ?? .plain)
    return rows
  }
}
