import Conversation

/// Reads the header of a JPEG XL: size, turn, alpha and animation (ISO/IEC 18181-1 annex D), in a bare
/// codestream or in the boxes of ISO/IEC 18181-2.
struct JXLHeader {
  private var bits: BitReader

  /// The picture's header; nil for what is no JPEG XL.
  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection? {
    guard let start = try codestream(&reader) else { return nil }
    var header = Self(bits: BitReader(try reader.bytes(at: start + 2, count: 128)))
    guard let inspection = header.inspection(reader.byteCount) else { throw .truncated(.jxl) }
    return inspection
  }

  /// The offset of the codestream, of which the first box with a part of it has this header.
  private static func codestream(_ reader: inout HeaderReader) throws(PictureError) -> Int? {
    if try reader.bytes(at: 0, count: 2).elementsEqual([0xFF, 0x0A]) { return 0 }
    guard try reader.has("JXL ", at: 4) else { return nil }
    var offset = 12
    for _ in 0..<64 {
      guard let length = try reader.bigEndian(at: offset, count: 4) else { throw .truncated(.jxl) }
      let header = length == 1 ? 16 : 8
      if try reader.has("jxlc", at: offset + 4) { return offset + header }
      // Parts are numbered.
      if try reader.has("jxlp", at: offset + 4) { return offset + header + 4 }
      let step = length == 1 ? try reader.bigEndian(at: offset + 8, count: 8) ?? 0 : length
      guard step >= 8, step <= reader.byteCount else { throw .damaged(.jxl) }
      offset += step
    }
    throw .damaged(.jxl)
  }

  private mutating func inspection(_ byteCount: Int) -> PictureInspection? {
    let size = readSize()
    var inspection = PictureInspection(
      format: .jxl, storedSize: size, byteCount: byteCount, layout: .rgb)
    var orientation = Orientation.upright
    if !bits.flag() {
      if bits.flag() { orientation = readExtraFields(&inspection) }
      readDepth()
      let extraCount = bits.number([(0, 0), (0, 1), (4, 2), (12, 1)])
      if extraCount > 0, isAlpha() { inspection.layout = .rgba }
    }
    // The decoder turns it.
    inspection.storedSize = orientation.turning(size)
    let pixels = inspection.storedSize.clamped.pixelCount
    inspection.decodingByteCount = pixels * Self.bytesPerPixel + byteCount
    return bits.isBeyondEnd ? nil : inspection
  }

  /// What libjxl 0.7 holds of each pixel, measured; of one without loss twice that, which no header
  /// tells early: the decoding process's own limit is above both.
  private static let bytesPerPixel = 8

  private mutating func readSize() -> PixelSize {
    let isSmall = bits.flag()
    let sides = [(9, 1), (13, 1), (18, 1), (30, 1)]
    let height = isSmall ? 8 * (bits.read(5) + 1) : bits.number(sides)
    let ratios = [(1, 1), (12, 10), (4, 3), (3, 2), (16, 9), (5, 4), (2, 1)]
    let ratio = bits.read(3)
    if ratio > 0 {
      let (numerator, denominator) = ratios[ratio - 1]
      return PixelSize(width: height * numerator / denominator, height: height)
    }
    return PixelSize(width: isSmall ? 8 * (bits.read(5) + 1) : bits.number(sides), height: height)
  }

  private mutating func readExtraFields(_ inspection: inout PictureInspection) -> Orientation {
    let orientation = Orientation(rawValue: bits.read(3) + 1) ?? .upright
    if bits.flag() { _ = readSize() }  // Of its own choice.
    if bits.flag() { readPreviewSize() }
    inspection.isAnimated = bits.flag()
    if inspection.isAnimated {
      _ = bits.number([(0, 100), (0, 1000), (10, 1), (30, 1)])
      _ = bits.number([(0, 1), (0, 1001), (8, 1), (10, 1)])
      _ = bits.number([(0, 0), (3, 0), (16, 0), (32, 0)])
      _ = bits.flag()
    }
    return orientation
  }

  private mutating func readPreviewSize() {
    let sides =
      bits.flag() ? [(0, 16), (0, 32), (5, 1), (9, 33)] : [(6, 1), (8, 65), (10, 321), (12, 1345)]
    _ = bits.number(sides)
    if bits.read(3) == 0 { _ = bits.number(sides) }
  }

  /// Bits of a sample, and whether 16 are enough while decoding.
  private mutating func readDepth() {
    if bits.flag() {
      _ = bits.number([(0, 32), (0, 16), (0, 24), (6, 1)])
      _ = bits.read(4)
    } else {
      _ = bits.number([(0, 8), (0, 10), (0, 12), (6, 1)])
    }
    _ = bits.flag()
  }

  /// Whether the first channel behind the colours is alpha.
  private mutating func isAlpha() -> Bool {
    bits.flag() || bits.number([(0, 0), (0, 1), (4, 2), (6, 18)]) == 0
  }
}

/// Bits from the least significant of each byte on (ISO/IEC 18181-1 annex B); zeros behind the end.
private struct BitReader {
  private let bytes: [UInt8]
  private var place = 0

  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = Array(bytes)
  }

  var isBeyondEnd: Bool { place > bytes.count * 8 }

  mutating func flag() -> Bool { read(1) == 1 }

  mutating func read(_ count: Int) -> Int {
    var value = 0
    for index in 0..<count {
      let (byte, bit) = (place >> 3, place & 7)
      if byte < bytes.count { value |= Int(bytes[byte] >> bit & 1) << index }
      place += 1
    }
    return value
  }

  /// Two bits choose among four ways: how many bits follow, and what is added to them.
  mutating func number(_ ways: [(bits: Int, offset: Int)]) -> Int {
    let way = ways[read(2)]
    return read(way.bits) + way.offset
  }
}
