extension Frame {
  /// Where the previews' cells are, from the top: whole rows of them, one below the other.
  ///
  /// A row that is covered in part counts as covered.
  package var placements: [PixelPlacement] {
    guard !previews.isEmpty else { return [] }
    var names: [LinkID: (preview: Int, row: Int)] = [:]
    for (index, preview) in previews.enumerated() {
      for row in 0..<preview.size.rows { names[preview.id(ofRow: row)] = (index, row) }
    }
    var placements: [PixelPlacement] = []
    for (row, cells) in rows.enumerated() {
      for (columns, id) in cells.linkedStretches {
        guard let name = names[id], columns.count == previews[name.preview].size.columns else {
          continue
        }
        let strip = PixelPlacement(
          preview: previews[name.preview], ordinal: 1,
          origin: Point(column: columns.lowerBound, row: row), rows: name.row..<name.row + 1)
        placements.add(strip)
      }
    }
    return placements
  }
}

extension [PixelPlacement] {
  /// Lengthens the placement that the strip goes on with, or begins another.
  fileprivate mutating func add(_ strip: PixelPlacement) {
    let above = lastIndex {
      $0.preview == strip.preview && $0.origin.column == strip.origin.column
        && $0.screenRows.upperBound == strip.origin.row
        && $0.rows.upperBound == strip.rows.lowerBound
    }
    if let above {
      self[above].rows = self[above].rows.lowerBound..<strip.rows.upperBound
    } else {
      var strip = strip
      strip.ordinal = count { $0.preview == strip.preview } + 1
      append(strip)
    }
  }
}
