/// What becomes of a scalar on the screen.
enum Appearance: UInt8, Sendable {
  /// Takes one column.
  case narrow
  /// Takes two columns.
  case wide
  /// Takes one column or two, as `WidthRules` say.
  case ambiguous
  /// Joins the cell before it.
  case zero
  /// Is left out: invisible, or trouble for terminals (bidi controls, joiners, selectors, tags).
  case dropped
  /// Is shown as U+FFFD, so that nothing is ever half interpreted.
  case replaced

  init(_ scalar: Unicode.Scalar) {
    self = Self.table[scalar] ?? Self.beyondTable(scalar)
  }

  private static let table = ScalarTable<Self>(
    otherwise: .narrow,
    [
      (.zero, AppearanceRanges.zero), (.wide, AppearanceRanges.wide),
      (.ambiguous, AppearanceRanges.ambiguous), (.dropped, AppearanceRanges.dropped),
      (.replaced, AppearanceRanges.replaced),
    ])

  /// The planes above the table: ideographs, tags and selectors, private use.
  private static func beyondTable(_ scalar: Unicode.Scalar) -> Self {
    if scalar.value & 0xFFFE == 0xFFFE { return .replaced }
    return switch scalar.value {
    case 0x2_0000..<0x4_0000: .wide
    case 0xE_0000..<0xE_1000: .dropped
    case 0xF_0000...: .ambiguous
    default: .narrow
    }
  }
}
