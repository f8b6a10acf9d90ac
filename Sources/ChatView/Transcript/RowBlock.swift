import Screen

/// Rows that belong together: a block of a reply, a line of pictures, a paragraph.
struct RowBlock {
  var rows: [[Cell]]

  /// How many characters stand before a row: a place that survives another width.
  func characters(beforeRow row: Int) -> Int {
    rows.prefix(row).reduce(0) { $0 + $1.inkCount }
  }

  /// The row that holds the character.
  func row(ofCharacter character: Int) -> Int {
    var left = character
    for (index, row) in rows.enumerated() {
      left -= row.inkCount
      if left < 0 { return index }
    }
    return max(0, rows.count - 1)
  }
}

extension [Cell] {
  /// The cells that show something.
  fileprivate var inkCount: Int { reduce(0) { $0 + ($1.base == " " ? 0 : 1) } }
}
