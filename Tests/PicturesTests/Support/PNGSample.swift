import Conversation
import Pictures

/// A PNG written by the letter of its specification, without libpng: every colour type, bit depth
/// and interlacing.
struct PNGSample: Sendable {
  var width: Int
  var height: Int
  var bitDepth = 8
  /// 0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha.
  var colourType = 2
  var isInterlaced = false
  var palette: [UInt8] = []
  var transparency: [UInt8] = []
  /// The filters of the rows, by turns; others than 0 for 8 bits a sample that are not interlaced.
  var filters = [0]
  /// How many bytes of pixels a chunk has, at most.
  var chunkByteCount = Int.max
  /// Chunks between the header and the pixels, and behind the pixels.
  var chunksBefore: [(name: String, contents: [UInt8])] = []
  var chunksAfter: [(name: String, contents: [UInt8])] = []
  /// The samples of a pixel, each below 2 to the power of `bitDepth`.
  var samples: @Sendable (_ x: Int, _ y: Int) -> [Int]

  init(_ width: Int, _ height: Int, samples: @escaping @Sendable (Int, Int) -> [Int]) {
    self.width = width
    self.height = height
    self.samples = samples
  }

  init(_ raster: Raster) {
    self.init(raster.size.width, raster.size.height) { x, y in raster.pixel(x, y).map(Int.init) }
    colourType = raster.layout == .rgba ? 6 : raster.layout == .rgb ? 2 : 0
  }

  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  var bytes: [UInt8] {
    var bytes = Self.signature + Self.chunk("IHDR", header)
    for chunk in chunksBefore { bytes += Self.chunk(chunk.name, chunk.contents) }
    if !palette.isEmpty { bytes += Self.chunk("PLTE", palette) }
    if !transparency.isEmpty { bytes += Self.chunk("tRNS", transparency) }
    let pixels = Self.deflated(filtered)
    for start in stride(from: 0, to: pixels.count, by: min(chunkByteCount, pixels.count)) {
      bytes += Self.chunk("IDAT", Array(pixels[start...].prefix(chunkByteCount)))
    }
    for chunk in chunksAfter { bytes += Self.chunk(chunk.name, chunk.contents) }
    return bytes + Self.chunk("IEND", [])
  }

  private var header: [UInt8] {
    Self.word(width) + Self.word(height)
      + [UInt8(bitDepth), UInt8(colourType), 0, 0, isInterlaced ? 1 : 0]
  }

  /// The rows, or those of every pass, each behind its filter.
  private var filtered: [UInt8] {
    guard filters != [0] else { return unfiltered }
    let rows = (0..<height).map { y in packed((0..<width).flatMap { x in samples(x, y) }) }
    let step = rows[0].count / width
    return (0..<height).flatMap { y in
      let above = y > 0 ? rows[y - 1] : rows[0].map { _ in 0 }
      let filter = filters[y % filters.count]
      return [UInt8(filter)] + Self.filtered(rows[y], below: above, step, filter)
    }
  }

  /// What a filter leaves of a row (PNG third edition, §9.2); `step` is the size of a pixel.
  private static func filtered(
    _ row: [UInt8], below above: [UInt8], _ step: Int, _ filter: Int
  ) -> [UInt8] {
    row.indices.map { index in
      let left = index >= step ? Int(row[index - step]) : 0
      let corner = index >= step ? Int(above[index - step]) : 0
      let top = Int(above[index])
      let slope = left + top - corner
      let nearest = [left, top, corner].min { abs(slope - $0) < abs(slope - $1) } ?? 0
      let predicted = [0, left, top, (left + top) / 2, nearest]
      return row[index] &- UInt8(filter < 5 ? predicted[filter] : 0)
    }
  }

  /// The rows of every pass, each behind filter type 0.
  private var unfiltered: [UInt8] {
    let adam7 = [
      (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
      (0, 1, 1, 2),
    ]
    return (isInterlaced ? adam7 : [(0, 0, 1, 1)]).flatMap { left, top, right, down in
      left >= width
        ? []
        : stride(from: top, to: height, by: down).flatMap { y in
          [0] + packed(stride(from: left, to: width, by: right).flatMap { samples($0, y) })
        }
    }
  }

  private func packed(_ samples: [Int]) -> [UInt8] {
    if bitDepth == 16 { return samples.flatMap { [UInt8($0 >> 8), UInt8($0 & 255)] } }
    let perByte = 8 / bitDepth
    return stride(from: 0, to: samples.count, by: perByte).map { start in
      (0..<perByte).reduce(UInt8(0)) { byte, index in
        let sample = start + index < samples.count ? samples[start + index] : 0
        return byte | UInt8(sample << (8 - bitDepth * (index + 1)))
      }
    }
  }

  static func word(_ value: Int) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(value >> $0 & 255) }
  }

  static func chunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + contents
    return word(contents.count) + body + word(Int(crc(body)))
  }

  /// A zlib stream (RFC 1950) of stored blocks (RFC 1951 §3.2.4).
  static func deflated(_ bytes: [UInt8]) -> [UInt8] {
    var stream: [UInt8] = [0x78, 0x01]
    var start = 0
    repeat {
      let count = min(65_535, bytes.count - start)
      let isLast: UInt8 = start + count == bytes.count ? 1 : 0
      let low = UInt8(count & 255)
      let high = UInt8(count >> 8)
      stream += [isLast, low, high, ~low, ~high] + bytes[start..<(start + count)]
      start += count
    } while start < bytes.count
    var sums = (a: 1, b: 0)
    for byte in bytes {
      sums.a = (sums.a + Int(byte)) % 65_521
      sums.b = (sums.b + sums.a) % 65_521
    }
    return stream + word(sums.b << 16 | sums.a)
  }

  private static let crcTable: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { crc, _ in crc & 1 == 1 ? 0xEDB8_8320 ^ crc >> 1 : crc >> 1 }
  }

  private static func crc(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF) { crcTable[Int(($0 ^ UInt32($1)) & 255)] ^ $0 >> 8 }
  }
}
