import Conversation
import Pictures

/// Uncompressed pictures of formats that the program reads but never writes, without their libraries.
enum PlainSample {
  /// A bitmap of 24 bits, rows from the bottom up.
  static func bmp(_ raster: Raster) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - raster.size.width * 3 % 4) % 4)
    var rows: [UInt8] = []
    for y in (0..<raster.size.height).reversed() { rows += turned(raster, y) + padding }
    let info =
      little(40, 4) + little(raster.size.width, 4) + little(raster.size.height, 4) + [1, 0, 24, 0]
      + [UInt8](repeating: 0, count: 24)
    return Array("BM".utf8) + little(54 + rows.count, 4) + little(0, 4) + little(54, 4) + info
      + rows
  }

  /// A raw pixmap.
  static func pnm(_ raster: Raster) -> [UInt8] {
    Array("P6\n# A comment.\n\(raster.size.width) \(raster.size.height)\n255\n".utf8)
      + (0..<raster.size.height).flatMap { y in colours(raster, y).flatMap { $0 } }
  }

  /// QOI without any of its short forms.
  static func qoi(_ raster: Raster) -> [UInt8] {
    var pixels: [UInt8] = []
    for y in 0..<raster.size.height {
      for colour in colours(raster, y) { pixels += [0xFE] + colour }
    }
    return Array("qoif".utf8) + PNGSample.word(raster.size.width)
      + PNGSample.word(raster.size.height) + [3, 0] + pixels + [0, 0, 0, 0, 0, 0, 0, 1]
  }

  /// True colour of 24 bits, rows from the top down.
  static func tga(_ raster: Raster) -> [UInt8] {
    let header =
      [0, 0, 2] + [UInt8](repeating: 0, count: 9) + little(raster.size.width, 2)
      + little(raster.size.height, 2) + [24, 0x20]
    return (0..<raster.size.height).reduce(header) { $0 + turned(raster, $1) }
  }

  /// A row of blue, green and red.
  private static func turned(_ raster: Raster, _ y: Int) -> [UInt8] {
    colours(raster, y).flatMap { colour -> [UInt8] in [colour[2], colour[1], colour[0]] }
  }

  private static func colours(_ raster: Raster, _ y: Int) -> [[UInt8]] {
    (0..<raster.size.width).map { Array(raster.pixel($0, y).prefix(3)) }
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(value >> (8 * $0) & 255) }
  }
}
