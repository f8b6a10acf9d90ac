import Screen

/// Finds a text in rows of cells, whatever its case, and also where it goes on in the next row.
struct MatchFinder {
  /// A stretch of cells of a row.
  struct Stretch: Equatable {
    var row: Int
    var cells: Range<Int>
  }

  /// A character of the rows, or of the text that is looked for.
  private struct Sign {
    var scalar: Unicode.Scalar
    var gap: Gap
    var place: Stretch
  }

  /// The kind of character before another.
  private enum Gap {
    case none
    case blank
    /// The rows do not tell whether the line's blank stood there.
    case rowEnd
  }

  private let wanted: [Sign]
  /// The bars of quotes and code, which are no part of the text.
  private let bars: (style: Style, signs: Set<Unicode.Scalar>)

  init(_ query: String, _ context: ViewContext) {
    let glyphs = context.glyphs
    let signs = (glyphs.vertical + glyphs.continuation).unicodeScalars
    bars = (context.theme.bars, Set(signs))
    wanted = Self.signs(of: [Cell.cells(of: query)[...]])
  }

  /// The matches in order, without overlaps; each has a stretch in every row that it touches.
  func matches(in rows: [[Cell]]) -> [[Stretch]] {
    guard let first = wanted.first else { return [] }
    let signs = Self.signs(of: rows.map(text))
    var matches: [[Stretch]] = []
    var index = 0
    while index + wanted.count <= signs.count {
      if signs[index].scalar == first.scalar, isMatch(signs[index..<index + wanted.count]) {
        matches.append(Self.joined(signs[index..<index + wanted.count].map(\.place)))
        index += wanted.count
      } else {
        index += 1
      }
    }
    return matches
  }

  private func isMatch(_ signs: ArraySlice<Sign>) -> Bool {
    zip(signs, wanted).enumerated().allSatisfy { index, pair in
      pair.0.scalar == pair.1.scalar
        && (index == 0 || pair.0.gap == pair.1.gap || pair.0.gap == .rowEnd)
    }
  }

  /// A row behind the bars and blanks that it begins with.
  private func text(of row: [Cell]) -> ArraySlice<Cell> {
    row.drop { $0.base == " " || $0.style == bars.style && bars.signs.contains($0.base) }
  }

  private static func signs(of rows: [ArraySlice<Cell>]) -> [Sign] {
    var signs: [Sign] = []
    for (row, cells) in rows.enumerated() {
      var gap = Gap.rowEnd
      for (column, cell) in zip(cells.indices, cells) where cell.width > 0 {
        guard cell.base != " " else {
          if gap == .none { gap = .blank }
          continue
        }
        let place = Stretch(row: row, cells: column..<column + Int(cell.width))
        signs.append(Sign(scalar: cell.base.lowercase, gap: gap, place: place))
        gap = .none
      }
    }
    return signs
  }

  private static func joined(_ places: [Stretch]) -> [Stretch] {
    places.reduce(into: []) { joined, place in
      if let last = joined.last, last.row == place.row {
        joined[joined.count - 1].cells = last.cells.lowerBound..<place.cells.upperBound
      } else {
        joined.append(place)
      }
    }
  }
}

extension Unicode.Scalar {
  /// The first scalar of its lower-case form.
  fileprivate var lowercase: Unicode.Scalar {
    switch value {
    case 0x41...0x5A: Unicode.Scalar(UInt8(value) + 0x20)
    case ..<0xC0: self
    default: properties.lowercaseMapping.unicodeScalars.first ?? self
    }
  }
}
