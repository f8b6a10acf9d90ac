import Screen

/// How many colours a terminal draws.
package enum ColorDepth: Int, Comparable, Sendable {
  /// No colour: the terminal has none, or the user wants none.
  case none
  /// The eight named colours; others fall back to the nearest of them.
  case eight
  /// The sixteen named colours.
  case sixteen
  /// xterm's palette of 256.
  case palette
  /// The palette, and 24 bits.
  case direct

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  /// The depth for terminfo's number of colours.
  init(colours: Int) {
    self =
      switch colours {
      case ..<8: .none
      case ..<16: .eight
      case ..<256: .sixteen
      case 256: .palette
      default: .direct
      }
  }

  /// The number of `color` in a cell: the palette's, from 256 on RGB, -1 for the terminal's own.
  func code(for color: Color) -> Int32 {
    switch (self, color) {
    case (.none, _), (_, .standard): -1
    case (.direct, .rgb(let red, let green, let blue)): Self.directCode(red, green, blue)
    case (_, .rgb(let red, let green, let blue)): code(forIndex: Palette.nearest(red, green, blue))
    case (_, .named(let index)), (_, .indexed(let index)): code(forIndex: index)
    }
  }

  private func code(forIndex index: UInt8) -> Int32 {
    switch self {
    case .none: -1
    case .eight: Int32(Palette.nearest(to: index, among: 0...7))
    case .sixteen: Int32(Palette.nearest(to: index, among: 0...15))
    case .palette, .direct: Int32(index)
    }
  }

  /// The 256 darkest blues would be taken for the palette: they get a trace of green.
  private static func directCode(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
    let code = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    return code < 256 ? code | 256 : code
  }
}
