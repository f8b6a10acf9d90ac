import Conversation
import Pictures

/// A TIFF written by the letter of its specification (TIFF 6.0), without libtiff: directories first,
/// uncompressed samples behind them.
struct TIFFSample: Sendable {
  var size: PixelSize
  /// 0 white is zero, 1 black is zero, 2 RGB, 3 palette, 5 inks.
  var photometric = 2
  /// 1, 8 or 16.
  var bitDepth = 8
  var channelCount = 3
  var orientation = 1
  /// 1 multiplied alpha, 2 alpha: what the last channel is.
  var extraSample: Int?
  var isBigEndian = false
  /// With offsets of 64 bits.
  var isBig = false
  /// Whether each channel has a strip of its own.
  var hasPlanes = false
  /// The side of a tile, in pixels; nil for one strip.
  var tileSide: Int?
  var profile: [UInt8] = []
  /// Red, green and blue, each of 16 bits, of 256 colours.
  var palette: [Int] = []
  /// Directories behind the first, which hold nothing but this number of their kind.
  var furtherPages: [Int] = []
  /// The samples of a pixel, each below 2 to the power of `bitDepth`.
  var samples: @Sendable (_ x: Int, _ y: Int) -> [Int]

  init(_ width: Int, _ height: Int, samples: @escaping @Sendable (Int, Int) -> [Int]) {
    size = PixelSize(width: width, height: height)
    self.samples = samples
  }

  init(_ raster: Raster) {
    self.init(raster.size.width, raster.size.height) { x, y in raster.pixel(x, y).map(Int.init) }
    channelCount = raster.layout.rawValue
    photometric = channelCount == 1 ? 1 : 2
    extraSample = channelCount == 4 ? 2 : nil
  }

  var bytes: [UInt8] {
    // Lengths do not depend on where things lie.
    let length = directories(pixels: 0, base: 0).count
    let pixelPlaces = blocks.reduce(into: [length]) { $0.append($0[$0.count - 1] + $1.count) }
    return directories(pixels: length, base: 0, places: pixelPlaces) + blocks.flatMap { $0 }
  }

  // MARK: - Samples

  /// Strips, planes or tiles, in the order of the file.
  private var blocks: [[UInt8]] {
    if let side = tileSide {
      let corners = stride(from: 0, to: size.height, by: side).flatMap { y in
        stride(from: 0, to: size.width, by: side).map { x in (x, y) }
      }
      return corners.map { x, y in block(x..<(x + side), y..<(y + side), channel: nil) }
    }
    let planes: [Int?] = hasPlanes ? Array(0..<channelCount) : [nil]
    return planes.map { block(0..<size.width, 0..<size.height, channel: $0) }
  }

  private func block(_ columns: Range<Int>, _ rows: Range<Int>, channel: Int?) -> [UInt8] {
    rows.flatMap { y -> [UInt8] in
      let row = columns.flatMap { x -> [Int] in
        let isInside = x < size.width && y < size.height
        let all = isInside ? samples(x, y) : [Int](repeating: 0, count: channelCount)
        return channel.map { [all[$0]] } ?? all
      }
      return packed(row)
    }
  }

  private func packed(_ row: [Int]) -> [UInt8] {
    switch bitDepth {
    case 16: return row.flatMap { number($0, 2) }
    case 8: return row.map(UInt8.init)
    default:
      return stride(from: 0, to: row.count, by: 8).map { start in
        (0..<8).reduce(0) { $0 << 1 | UInt8(start + $1 < row.count ? row[start + $1] : 0) }
      }
    }
  }

  // MARK: - Directories

  private struct Entry {
    var tag: Int
    /// 3 for 16 bits, 4 for 32, 7 for bytes.
    var type: Int
    var values: [Int]
  }

  private func entries(_ places: [Int]) -> [Entry] {
    let lengths = blocks.map(\.count)
    let offsets = places.isEmpty ? lengths.map { _ in 0 } : Array(places.prefix(lengths.count))
    let side = tileSide ?? 0
    var entries = [
      Entry(tag: 256, type: 4, values: [size.width]),
      Entry(tag: 257, type: 4, values: [size.height]),
      Entry(tag: 258, type: 3, values: [Int](repeating: bitDepth, count: channelCount)),
      Entry(tag: 259, type: 3, values: [1]), Entry(tag: 262, type: 3, values: [photometric]),
      Entry(tag: 274, type: 3, values: [orientation]),
      Entry(tag: 277, type: 3, values: [channelCount]),
      Entry(tag: 284, type: 3, values: [hasPlanes ? 2 : 1]),
      Entry(tag: tileSide == nil ? 273 : 324, type: 4, values: offsets),
      Entry(tag: tileSide == nil ? 279 : 325, type: 4, values: lengths),
    ]
    if tileSide == nil { entries.append(Entry(tag: 278, type: 4, values: [size.height])) }
    if tileSide != nil {
      entries += [322, 323].map { Entry(tag: $0, type: 4, values: [side]) }
    }
    if !palette.isEmpty { entries.append(Entry(tag: 320, type: 3, values: palette)) }
    if let extraSample { entries.append(Entry(tag: 338, type: 3, values: [extraSample])) }
    if !profile.isEmpty {
      entries.append(Entry(tag: 34_675, type: 7, values: profile.map(Int.init)))
    }
    return entries.sorted { $0.tag < $1.tag }
  }

  private func directories(pixels: Int, base: Int, places: [Int] = []) -> [UInt8] {
    var bytes: [UInt8] = isBigEndian ? [0x4D, 0x4D] : [0x49, 0x49]
    bytes += number(isBig ? 43 : 42, 2)
    bytes += isBig ? number(8, 2) + number(0, 2) + number(16, 8) : number(8, 4)
    let pages = [entries(places)] + furtherPages.map { [Entry(tag: 254, type: 4, values: [$0])] }
    for (index, page) in pages.enumerated() {
      bytes += directory(page, at: bytes.count, isLast: index == pages.count - 1)
    }
    return bytes
  }

  /// Entries, and behind them the values that have no place in them.
  private func directory(_ entries: [Entry], at place: Int, isLast: Bool) -> [UInt8] {
    let field = isBig ? 8 : 4
    var table = number(entries.count, isBig ? 8 : 2)
    let start = place + table.count + entries.count * (isBig ? 20 : 12) + field
    var rest: [UInt8] = []
    for entry in entries {
      let width = entry.type == 3 ? 2 : entry.type == 4 ? 4 : 1
      let values = entry.values.flatMap { number($0, width) }
      table += number(entry.tag, 2) + number(entry.type, 2) + number(entry.values.count, field)
      if values.count <= field {
        table += values + [UInt8](repeating: 0, count: field - values.count)
      } else {
        table += number(start + rest.count, field)
        rest += values + [UInt8](repeating: 0, count: values.count % 2)
      }
    }
    return table + number(isLast ? 0 : start + rest.count, field) + rest
  }

  private func number(_ value: Int, _ count: Int) -> [UInt8] {
    let bytes = (0..<count).map { UInt8(value >> (8 * $0) & 255) }
    return isBigEndian ? bytes.reversed() : bytes
  }
}
