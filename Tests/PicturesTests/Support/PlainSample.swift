import Conversation
import Pictures

/// Uncompressed pictures of formats that the program reads but never writes, without their libraries.
enum PlainSample {
  /// A bitmap of 24 bits, rows from the bottom up.
  static func bmp(_ raster: Raster) -> [UInt8] {
    let padding = [UInt8](repeating: 0, count: (4 - raster.size.width * 3 % 4) % 4)
    let rows = (0..<raster.size.height).reversed().flatMap { y in
      colours(raster, y).flatMap { [$0[2], $0[1], $0[0]] } + padding
    }
    let info =
      little(40, 4) + little(raster.size.width, 4) + little(raster.size.height, 4) + [1, 0, 24, 0]
      + [UInt8](repeating: 0, count: 24)
    return Array("BM".utf8) + little(54 + rows.count, 4) + little(0, 4) + little(54, 4) + info
      + rows
  }

  /// A raw pixmap.
  static func pnm(_ raster: Raster) -> [UInt8] {
    Array("P6\n# A comment.\n\(raster.size.width) \(raster.size.height)\n255\n".utf8)
      + (0..<raster.size.height).flatMap { colours(raster, $0).flatMap(\.self) }
  }

  /// QOI without any of its short forms.
  static func qoi(_ raster: Raster) -> [UInt8] {
    let pixels = (0..<raster.size.height).flatMap { colours(raster, $0).flatMap { [0xFE] + $0 } }
    return Array("qoif".utf8) + PNGSample.word(raster.size.width)
      + PNGSample.word(raster.size.height) + [3, 0] + pixels + [0, 0, 0, 0, 0, 0, 0, 1]
  }

  /// True colour of 24 bits, rows from the top down.
  static func tga(_ raster: Raster) -> [UInt8] {
    let header =
      [0, 0, 2] + [UInt8](repeating: 0, count: 9) + little(raster.size.width, 2)
      + little(raster.size.height, 2) + [24, 0x20]
    return header
      + (0..<raster.size.height).flatMap { y in
        colours(raster, y).flatMap { [$0[2], $0[1], $0[0]] }
      }
  }

  private static func colours(_ raster: Raster, _ y: Int) -> [[UInt8]] {
    (0..<raster.size.width).map { Array(raster.pixel($0, y).prefix(3)) }
  }

  private static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(value >> (8 * $0) & 255) }
  }
}
