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
