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

  /// The nearest of the first colours, which these are themselves.
  static func nearest(to index: UInt8, among range: ClosedRange<UInt8>) -> UInt8 {
    guard !range.contains(index) else { return index }
    let wanted = color(index)
    // A grey that is nearest to a dull yellow shall stay grey.
    let candidates = isGrey(wanted) ? range.filter { isGrey(color($0)) } : Array(range)
    return candidates.min { distance(color($0), wanted) < distance(color($1), wanted) } ?? index
  }

  private static func isGrey(_ color: (red: UInt8, green: UInt8, blue: UInt8)) -> Bool {
    color.red == color.green && color.green == color.blue
  }

  private static func level(_ part: UInt8) -> Int {
    levels.indices.min { abs(Int(levels[$0]) - Int(part)) < abs(Int(levels[$1]) - Int(part)) } ?? 0
  }

  private static func distance(
    _ left: (red: UInt8, green: UInt8, blue: UInt8),
    _ right: (red: UInt8, green: UInt8, blue: UInt8)
  ) -> Int {
    let red = Int(left.red) - Int(right.red)
    let green = Int(left.green) - Int(right.green)
    let blue = Int(left.blue) - Int(right.blue)
    return red * red + green * green + blue * blue
  }
}
