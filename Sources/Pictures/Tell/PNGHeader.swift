import Conversation

/// Reads a PNG's chunks (W3C PNG third edition, §5 and §11).
struct PNGHeader {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// So that a large file of tiny chunks is still told within a millisecond.
  private static let maximumChunkCount = 128
  private static let tailLength = 64 << 10

  private var inspection: PictureInspection

  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection {
    var header = try Self(&reader)
    var offset = 33
    for _ in 0..<maximumChunkCount {
      guard let length = try reader.bigEndian(at: offset, count: 4),
        let type = try reader.bigEndian(at: offset + 4, count: 4)
      else { throw .truncated(.png) }
      guard length <= 0x7FFF_FFFF else { throw .damaged(.png) }
      try header.readChunk(type, &reader, (offset + 8)..<(offset + 8 + length))
      if type == Chunk.end { return header.inspection }
      offset += 12 + length
    }
    try header.takeTail(&reader)
    return header.inspection
  }

  private enum Chunk {
    static let header = 0x4948_4452  // IHDR
    static let transparency = 0x7452_4E53  // tRNS
    static let animation = 0x6163_544C  // acTL
    static let exif = 0x6558_4966  // eXIf
    static let text = 0x6954_5874  // iTXt
    static let codePoints = 0x6349_4350  // cICP
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
    case Chunk.codePoints:
      // PQ and HLG (ITU-T H.273, table 3).
      if let transfer = try reader.byte(at: place.lowerBound + 1), [16, 18].contains(transfer) {
        inspection.isUnusual = true
      }
    default: break
    }
  }

  private mutating func use(_ exif: ExifMetadata) {
    inspection.orientation = exif.orientation
    inspection.embedded.formUnion(exif.embedded)
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
