import Conversation

/// Reads a PNG's chunks (W3C PNG third edition, §5 and §11).
struct PNGHeader {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// So that a large file of tiny chunks is still told within a millisecond.
  private static let maximumChunkCount = 128
  private static let tailLength = 64 << 10

  private var inspection: PictureInspection
  /// Whether colours are told by what goes before gamma and primaries, and whether those are unusual.
  private var hasColours = false
  private var otherColours = false

  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection {
    var header = try Self(&reader)
    var offset = 33
    for _ in 0..<maximumChunkCount {
      guard let length = try reader.bigEndian(at: offset, count: 4),
        let type = try reader.bigEndian(at: offset + 4, count: 4)
      else { throw .truncated(.png) }
      guard length <= 0x7FFF_FFFF else { throw .damaged(.png) }
      try header.readChunk(type, &reader, (offset + 8)..<(offset + 8 + length))
      if type == Chunk.end { return header.result }
      offset += 12 + length
    }
    try header.takeTail(&reader)
    return header.result
  }

  private enum Chunk {
    static let header = 0x4948_4452  // IHDR
    static let transparency = 0x7452_4E53  // tRNS
    static let animation = 0x6163_544C  // acTL
    static let exif = 0x6558_4966  // eXIf
    static let text = 0x6954_5874  // iTXt
    static let codePoints = 0x6349_4350  // cICP
    static let profile = 0x6943_4350  // iCCP
    static let standard = 0x7352_4742  // sRGB
    static let gamma = 0x6741_4D41  // gAMA
    static let chromaticities = 0x6348_524D  // cHRM
    static let end = 0x4945_4E44  // IEND
  }

  private init(_ reader: inout HeaderReader) throws(PictureError) {
    let bytes = try Array(reader.bytes(at: 8, count: 25))
    guard bytes.count == 25 else { throw .truncated(.png) }
    guard try reader.bigEndian(at: 12, count: 4) == Chunk.header,
      let width = try reader.bigEndian(at: 16, count: 4),
      let height = try reader.bigEndian(at: 20, count: 4)
    else { throw .damaged(.png) }
    let layout: ChannelLayout
    switch bytes[17] {
    case 0: layout = .grey
    case 2, 3: layout = .rgb
    case 4, 6: layout = .rgba
    default: throw .damaged(.png)
    }
    inspection = PictureInspection(
      format: .png, storedSize: PixelSize(width: width, height: height),
      byteCount: reader.byteCount, layout: layout)
    inspection.isUnusual = bytes[16] == 16
    let isInterlaced = bytes[20] != 0
    // Interlaced rows are gathered over seven passes, four bytes a pixel at most.
    if isInterlaced, max(width, height) <= 65_535 {
      inspection.decodingByteCount = width * height * 4
    }
  }

  private mutating func readChunk(
    _ type: Int, _ reader: inout HeaderReader, _ place: Range<Int>
  ) throws(PictureError) {
    switch type {
    case Chunk.transparency: inspection.layout = .rgba
    case Chunk.animation:
      inspection.isAnimated = try reader.bigEndian(at: place.lowerBound, count: 4) ?? 0 > 1
    case Chunk.exif where place.count <= 1 << 20:
      use(ExifMetadata(try reader.bytes(at: place.lowerBound, count: place.count)))
    case Chunk.text:
      inspection.embedded.formUnion(try PNGCut.embedded(in: "iTXt", place, &reader))
    default: try readColours(type, &reader, place)
    }
  }

  /// Looks for colours that servers show wrong: Pillow, for one, heeds profiles alone.
  ///
  /// What is said first in this order counts (PNG third edition, §4.3): cICP, iCCP, sRGB, the others.
  private mutating func readColours(
    _ type: Int, _ reader: inout HeaderReader, _ place: Range<Int>
  ) throws(PictureError) {
    switch type {
    case Chunk.codePoints:
      let points = try Array(reader.bytes(at: place.lowerBound, count: 2))
      // Those of sRGB, or of BT.709, which is shown as sRGB (ITU-T H.273, tables 2 and 3).
      let isUsual = points.first == 1 && [1, 6, 13, 14, 15].contains(points.last)
      if !isUsual { inspection.isUnusual = true }
      hasColours = true
    case Chunk.profile, Chunk.standard: hasColours = true
    case Chunk.gamma where !hasColours:
      let gamma = try reader.bigEndian(at: place.lowerBound, count: 4) ?? 0
      if gamma > 0, abs(gamma - 45_455) > 500 { otherColours = true }
    case Chunk.chromaticities where !hasColours:
      var values: [Int] = []
      for index in 0..<8 {
        values.append(try reader.bigEndian(at: place.lowerBound + 4 * index, count: 4) ?? 0)
      }
      if zip(values, Self.standardPoints).contains(where: { abs($0 - $1) > 200 }) {
        otherColours = true
      }
    default: break
    }
  }

  /// x and y of white, red, green and blue of sRGB, times 100,000.
  private static let standardPoints = [
    31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000,
  ]

  private mutating func use(_ exif: ExifMetadata) {
    inspection.orientation = exif.orientation
    inspection.embedded.formUnion(exif.embedded)
  }

  private var result: PictureInspection {
    var result = inspection
    if otherColours, !hasColours { result.isUnusual = true }
    return result
  }

  /// Looks for metadata behind the pixels without walking over them.
  private mutating func takeTail(_ reader: inout HeaderReader) throws(PictureError) {
    let start = max(8, reader.byteCount - Self.tailLength)
    let tail = try reader.bytes(at: start, count: Self.tailLength)
    var rest = tail
    while let place = rest.firstIndex(of: UInt8(ascii: "e")) {
      if rest[place...].starts(with: "eXIf".utf8) { use(ExifMetadata(rest[(place + 4)...])) }
      rest = rest[(place + 1)...]
    }
    inspection.embedded.formUnion(EmbeddedData(xmp: tail).intersection(.place))
  }
}
