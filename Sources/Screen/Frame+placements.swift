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
      for (column, id, count) in cells.stretches {
        guard let name = names[id], count == previews[name.preview].size.columns else { continue }
        let strip = PixelPlacement(
          preview: previews[name.preview], ordinal: 1, origin: Point(column: column, row: row),
          rows: name.row..<name.row + 1)
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

extension [Cell] {
  /// The runs of cells that share a name.
  fileprivate var stretches: [(column: Int, id: LinkID, count: Int)] {
    var stretches: [(column: Int, id: LinkID, count: Int)] = []
    for (column, cell) in enumerated() where cell.style.link != .none {
      if let last = stretches.last, last.id == cell.style.link, last.column + last.count == column {
        stretches[stretches.count - 1].count += 1
      } else {
        stretches.append((column, cell.style.link, 1))
      }
    }
    return stretches
  }
}
