/// One character cell: a base scalar with its combining marks, or the right half of a wide one.
package struct Cell: Hashable, Sendable {
  package var base: Unicode.Scalar
  private var combining: CombiningMarks
  /// 1 or 2 columns; 0 for the right half of the wide cell on its left, which draws nothing.
  package var width: UInt8
  package var style: Style

  package init(
    _ base: Unicode.Scalar, marks: [Unicode.Scalar] = [], width: UInt8 = 1, style: Style = .plain
  ) {
    self.base = base
    combining = marks.isEmpty ? CombiningMarks() : CombiningMarks(marks)
    self.width = width
    self.style = style
  }

  /// At most four combining marks (what ncurses' `cchar_t` holds beside the base).
  package var marks: [Unicode.Scalar] {
    get { combining.scalars }
    set { combining = CombiningMarks(newValue) }
  }

  package var hasMarks: Bool { combining != CombiningMarks() }

  package static let blank = Self(" ")

  /// The right half of a wide cell.
  package static func trailing(style: Style) -> Self { Self(" ", width: 0, style: style) }

  mutating func append(mark: Unicode.Scalar) { combining.append(mark) }
}
