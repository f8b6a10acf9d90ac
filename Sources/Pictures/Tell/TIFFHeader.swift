import Conversation

/// Reads the first directory of a TIFF or a BigTIFF (TIFF 6.0 §2 and §8), and counts its pages.
struct TIFFHeader {
  /// A file names the next directory in each: one that goes on for ever has to end somewhere.
  private static let maximumPageCount = 1000

  private let isLittleEndian: Bool
  /// Whether offsets and counts have 64 bits.
  private let isBig: Bool
  private var values: [Tag: Int] = [:]

  /// The picture's header; nil for what is no TIFF, or only built like one.
  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection? {
    guard let header = try Self(&reader) else { return nil }
    return try header.inspection(&reader)
  }

  private enum Tag: Int {
    case kind = 254
    case width = 256
    case height = 257
    case bits = 258
    case photometric = 262
    case orientation = 274
    case channels = 277
    case rowsPerStrip = 278
    case planes = 284
    case tileHeight = 323
    case extraSamples = 338
  }

  private init?(_ reader: inout HeaderReader) throws(PictureError) {
    switch try Array(reader.bytes(at: 0, count: 4)) {
    case [0x49, 0x49, 42, 0]: (isLittleEndian, isBig) = (true, false)
    case [0x4D, 0x4D, 0, 42]: (isLittleEndian, isBig) = (false, false)
    case [0x49, 0x49, 43, 0]: (isLittleEndian, isBig) = (true, true)
    case [0x4D, 0x4D, 0, 43]: (isLittleEndian, isBig) = (false, true)
    default: return nil
    }
  }

  private func inspection(
    _ reader: inout HeaderReader
  ) throws(PictureError) -> PictureInspection {
    var first = self
    let start = try number(&reader, at: isBig ? 8 : 4, count: isBig ? 8 : 4)
    let next = try first.readDirectory(&reader, at: start)
    guard let width = first.values[.width], let height = first.values[.height] else {
      throw .damaged(.tiff)
    }
    var inspection = PictureInspection(
      format: .tiff, storedSize: PixelSize(width: width, height: height),
      byteCount: reader.byteCount, layout: first.layout)
    inspection.orientation = first.values[.orientation].flatMap(Orientation.init) ?? .upright
    inspection.decodingByteCount = first.decodingByteCount(inspection.storedSize.clamped)
    inspection.pageCount = try pageCount(&reader, after: next)
    return inspection
  }

  /// What the pixels decode to: tiff.c reads grey and alpha where this says so.
  private var layout: ChannelLayout {
    let channels = values[.channels] ?? 1
    let colours = values[.photometric] == 2 ? 3 : 1
    let hasAlpha = channels > colours && [1, 2].contains(values[.extraSamples] ?? 0)
    switch values[.photometric] {
    case 0, 1: return hasAlpha ? .rgba : .grey
    case 2: return hasAlpha ? .rgba : .rgb
    default: return .rgb
    }
  }

  /// Rows of tiles, and strips of what libtiff itself converts, are held whole.
  private func decodingByteCount(_ size: PixelSize) -> Int {
    let channels = min(max(values[.channels] ?? 1, 4), 64) * ((values[.bits] ?? 8) > 8 ? 2 : 1)
    if let rows = values[.tileHeight] { return size.width * min(rows, 65_535) * channels }
    let isPlain = [8, 16].contains(values[.bits] ?? 1) && values[.planes] ?? 1 == 1
    return isPlain ? 0 : size.width * min(values[.rowsPerStrip] ?? size.height, size.height) * 4
  }

  // MARK: - Directories

  /// Takes the entries of a directory, which are sorted; the offset of the next one.
  private mutating func readDirectory(
    _ reader: inout HeaderReader, at offset: Int
  ) throws(PictureError) -> Int {
    guard offset >= 8, offset < reader.byteCount else {
      throw offset >= reader.byteCount ? .truncated(.tiff) : .damaged(.tiff)
    }
    let count = try number(&reader, at: offset, count: isBig ? 8 : 2)
    guard (1...4096).contains(count) else { throw .damaged(.tiff) }
    let (start, length) = isBig ? (offset + 8, 20) : (offset + 2, 12)
    for index in 0..<count {
      let place = start + index * length
      guard let tag = Tag(rawValue: try number(&reader, at: place, count: 2)) else { continue }
      values[tag] = try value(&reader, at: place)
    }
    let end = start + count * length
    guard end <= reader.byteCount else { throw .truncated(.tiff) }
    return try number(&reader, at: end, count: isBig ? 8 : 4)
  }

  /// The first value of an entry, in the entry itself or where it says.
  private func value(_ reader: inout HeaderReader, at place: Int) throws(PictureError) -> Int? {
    // BYTE, SHORT, LONG, LONG8 (TIFF 6.0 §2, BigTIFF).
    let sizes = [1: 1, 3: 2, 4: 4, 16: 8]
    guard let size = sizes[try number(&reader, at: place + 2, count: 2)] else { return nil }
    let count = try number(&reader, at: place + 4, count: isBig ? 8 : 4)
    let field = (place: place + (isBig ? 12 : 8), size: isBig ? 8 : 4)
    let isInside = count <= field.size / size
    let offset = isInside ? field.place : try number(&reader, at: field.place, count: field.size)
    return count > 0 ? try number(&reader, at: offset, count: size) : nil
  }

  /// How many pages there are; smaller copies and masks of a page are none (TIFF 6.0, NewSubfileType).
  private func pageCount(
    _ reader: inout HeaderReader, after first: Int
  ) throws(PictureError) -> Int {
    var (count, offset) = (1, first)
    var seen: Set<Int> = []
    while offset != 0, seen.count < Self.maximumPageCount, seen.insert(offset).inserted {
      var page = self
      // What comes behind the first page need not be whole.
      guard let next = try? page.readDirectory(&reader, at: offset) else { return count }
      if (page.values[.kind] ?? 0) & 5 == 0 { count += 1 }
      offset = next
    }
    return count
  }

  /// 0 behind the end, which no number here may be.
  private func number(
    _ reader: inout HeaderReader, at offset: Int, count: Int
  ) throws(PictureError) -> Int {
    let bytes = try reader.bytes(at: offset, count: count)
    guard bytes.count == count else { return 0 }
    let ordered = isLittleEndian ? Array(bytes.reversed()) : Array(bytes)
    // Offsets of 64 bits beyond those of any file.
    guard count < 8 || ordered[0] < 0x40 else { return 0 }
    return ordered.reduce(0) { $0 << 8 | Int($1) }
  }
}
