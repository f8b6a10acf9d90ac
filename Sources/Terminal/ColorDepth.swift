import Screen

/// How many colours a terminal draws.
package enum ColorDepth: Hashable, Sendable {
  /// No colour: the terminal has none, or the user wants none.
  case none
  /// The eight named colours; their bright forms fall back to them.
  case eight
  /// The sixteen named colours.
  case sixteen
  /// xterm's palette of 256.
  case palette
  /// 24 bits, through a terminfo entry such as `xterm-direct`.
  case direct

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

  /// The number that terminfo's `setaf` takes for `color`; -1 for the terminal's own.
  func code(for color: Color) -> Int32 {
    switch (self, color) {
    case (.none, _), (_, .standard): -1
    case (.direct, .rgb(let red, let green, let blue)): Self.directCode(red, green, blue)
    case (_, .rgb(let red, let green, let blue)): code(forIndex: Palette.nearest(red, green, blue))
    case (_, .named(let index)), (_, .indexed(let index)): code(forIndex: index)
    }
  }

  private func code(forIndex index: UInt8) -> Int32 {
    let (red, green, blue) = Palette.color(index)
    return switch self {
    case .none: -1
    case .eight: Int32(Palette.nearest(red, green, blue, among: 0...15, orKeep: index) & 7)
    case .sixteen: Int32(Palette.nearest(red, green, blue, among: 0...15, orKeep: index))
    case .palette: Int32(index)
    case .direct: index < 8 ? Int32(index) : Self.directCode(red, green, blue)
    }
  }

  /// A direct colour; 0 to 7 stay the named colours, so the darkest blues become blacker or lighter.
  private static func directCode(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> Int32 {
    let code = Int32(red) << 16 | Int32(green) << 8 | Int32(blue)
    return code == 0 ? 0 : max(8, code)
  }
}

/// xterm's palette of 256 colours (xterm, `256colres.h`).
enum Palette {
  private static let named: [(UInt8, UInt8, UInt8)] = [
    (0, 0, 0), (205, 0, 0), (0, 205, 0), (205, 205, 0),
    (0, 0, 238), (205, 0, 205), (0, 205, 205), (229, 229, 229),
    (127, 127, 127), (255, 0, 0), (0, 255, 0), (255, 255, 0),
    (92, 92, 255), (255, 0, 255), (0, 255, 255), (255, 255, 255),
  ]
  private static let levels: [UInt8] = [0, 95, 135, 175, 215, 255]

  static func color(_ index: UInt8) -> (red: UInt8, green: UInt8, blue: UInt8) {
    if index < 16 { return named[Int(index)] }
    if index >= 232 {
      let grey = (index - 232) * 10 + 8
      return (grey, grey, grey)
    }
    let cube = Int(index) - 16
    return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
  }

  /// The nearest colour of the cube or the greys, which look the same in every terminal.
  static func nearest(_ red: UInt8, _ green: UInt8, _ blue: UInt8) -> UInt8 {
    let parts = [red, green, blue].map(level)
    let cube = UInt8(16 + 36 * parts[0] + 6 * parts[1] + parts[2])
    let mean = (Int(red) + Int(green) + Int(blue)) / 3
    let grey = UInt8(232 + min(23, max(0, (mean - 3) / 10)))
    let toCube = distance(color(cube), (red, green, blue))
    return distance(color(grey), (red, green, blue)) < toCube ? grey : cube
  }

  /// The nearest entry of `range`, or `index` itself where the range has it.
  static func nearest(
    _ red: UInt8, _ green: UInt8, _ blue: UInt8, among range: ClosedRange<UInt8>,
    orKeep index: UInt8
  ) -> UInt8 {
    if range.contains(index) { return index }
    return range.min {
      distance(color($0), (red, green, blue)) < distance(color($1), (red, green, blue))
    }
      ?? index
  }

  private static func level(_ part: UInt8) -> Int {
    levels.indices.min { abs(Int(levels[$0]) - Int(part)) < abs(Int(levels[$1]) - Int(part)) } ?? 0
  }

  private static func distance(
    _ left: (red: UInt8, green: UInt8, blue: UInt8), _ right: (UInt8, UInt8, UInt8)
  ) -> Int {
    let red = Int(left.red) - Int(right.0)
    let green = Int(left.green) - Int(right.1)
    let blue = Int(left.blue) - Int(right.2)
    return red * red + green * green + blue * blue
  }
}
