extension Frame {
  /// The screen as text: a line for each row, without the blanks at its end.
  package var snapshot: String {
    rows.map { $0.text.trimmingBlanks + "\n" }.joined()
  }

  /// The screen as text, then the cursor, then a letter for each styled cell and what it means.
  package var styledSnapshot: String {
    let legend = StyleLegend(of: self)
    let cursor = cursor.map { "column \($0.column), row \($0.row)" } ?? "hidden"
    let map = rows.map { legend.letters(of: $0).trimmingBlanks + "\n" }.joined()
    return snapshot + "-- cursor: \(cursor)\n-- styles\n" + map + legend.description
  }

  /// What differs from the frame that was expected, row by row in words; nil if nothing does.
  package func difference(from expected: Frame) -> String? {
    guard self != expected else { return nil }
    guard size == expected.size else {
      return "size \(size) instead of \(expected.size)\n\(expected.snapshot)---\n\(snapshot)"
    }
    let rows = self.rows.indices.compactMap { rowDifference($0, from: expected) }
    return (rows + stateDifferences(from: expected)).joined()
  }

  private func rowDifference(_ row: Int, from expected: Frame) -> String? {
    guard rows[row] != expected.rows[row] else { return nil }
    let (now, then) = (rows[row].text, expected.rows[row].text)
    if now != then { return "row \(row)\n- \(then.trimmingBlanks)\n+ \(now.trimmingBlanks)\n" }
    let column = rows[row].indices.first { rows[row][$0] != expected.rows[row][$0] } ?? 0
    let (style, wanted) = (rows[row][column].style, expected.rows[row][column].style)
    return "row \(row), column \(column): \(style.summary) instead of \(wanted.summary)\n"
  }

  private func stateDifferences(from expected: Frame) -> [String] {
    var lines: [String] = []
    if cursor != expected.cursor {
      lines.append("cursor \(describe(cursor)) instead of \(describe(expected.cursor))\n")
    }
    if picture != expected.picture {
      lines.append("picture \(describe(picture)) instead of \(describe(expected.picture))\n")
    }
    if modes != expected.modes { lines.append("modes \(modes) instead of \(expected.modes)\n") }
    return lines
  }

  private func describe(_ picture: PixelPicture?) -> String {
    picture.map {
      "of \($0.drawing.utf8.count) bytes at column \($0.origin.column), row \($0.origin.row)"
    } ?? "none"
  }

  private func describe(_ cursor: Point?) -> String {
    cursor.map { "at column \($0.column), row \($0.row)" } ?? "hidden"
  }
}

extension String {
  fileprivate var trimmingBlanks: String {
    var text = self
    while text.unicodeScalars.last == " " { text.unicodeScalars.removeLast() }
    return text
  }
}
