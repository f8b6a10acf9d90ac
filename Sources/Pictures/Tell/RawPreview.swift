import Conversation

/// Finds the JPEG that a camera puts into its raw file for viewers.
struct RawPreview {
  /// Of a JPEG within the file.
  private var found: [Range<Int>] = []
  private var orientation = Orientation.upright
  private var isRaw = false

  /// The largest preview, and how it is to be turned; nil where the file is no raw photograph, or has
  /// no preview that can be read.
  static func place(
    _ reader: inout HeaderReader
  ) throws(PictureError) -> (range: Range<Int>, orientation: Orientation)? {
    var preview = Self()
    if try reader.has("FUJIFILMCCD-RAW", at: 0) {
      try preview.takeFujifilm(&reader)
    } else if try reader.has("ftypcrx ", at: 4) {
      try preview.takeCanon(&reader)
    } else {
      try preview.takeTIFF(&reader)
    }
    guard preview.isRaw else { return nil }
    for range in preview.found.sorted(by: { $0.count > $1.count }) {
      let isWhole = range.upperBound <= reader.byteCount
      if isWhole, try isBaseline(range, &reader) { return (range, preview.orientation) }
    }
    return nil
  }

  /// Whether the file is a raw photograph, as far as it is built like a TIFF.
  static func isRaw(_ reader: inout HeaderReader) throws(PictureError) -> Bool {
    var preview = Self()
    try preview.takeTIFF(&reader)
    return preview.isRaw
  }

  /// Whether the bytes are a JPEG that is no lossless one, as raw samples may be stored.
  private static func isBaseline(
    _ range: Range<Int>, _ reader: inout HeaderReader
  ) throws(PictureError) -> Bool {
    guard try reader.bytes(at: range.lowerBound, count: 3).elementsEqual(JPEGHeader.signature)
    else { return false }
    var segments = JPEGSegments(offset: range.lowerBound + 2)
    while let segment = try segments.next(&reader), segment.whole.upperBound <= range.upperBound {
      if segment.marker == 0xC0 || segment.marker == 0xC2 { return true }
      if segment.marker == 0xC3 || segment.marker == 0xDA { return false }
    }
    return false
  }

  /// RAF: the place and the length of the JPEG stand in the header.
  private mutating func takeFujifilm(_ reader: inout HeaderReader) throws(PictureError) {
    isRaw = true
    guard let offset = try reader.bigEndian(at: 84, count: 4),
      let length = try reader.bigEndian(at: 88, count: 4)
    else { return }
    found.append(offset..<(offset + length))
  }

  /// CR3: a box PRVW holds sizes, the JPEG's length, and the JPEG.
  private mutating func takeCanon(_ reader: inout HeaderReader) throws(PictureError) {
    isRaw = true
    let start = try Array(reader.bytes(at: 0, count: 1 << 20))
    let name = Array("PRVW".utf8)
    guard let box = start.indices.first(where: { start[$0...].starts(with: name) }),
      let jpeg = start[box...].prefix(64).indices.first(where: {
        start[$0...].starts(with: JPEGHeader.signature)
      }), let length = try reader.bigEndian(at: jpeg - 4, count: 4)
    else { return }
    found.append(jpeg..<(jpeg + length))
  }

  /// Everything that is built like a TIFF: CR2, NEF, ARW, DNG, ORF, RW2, PEF.
  private mutating func takeTIFF(_ reader: inout HeaderReader) throws(PictureError) {
    let isLittleEndian: Bool
    switch try Array(reader.bytes(at: 0, count: 4)) {
    case [0x49, 0x49, 42, 0]: isLittleEndian = true
    case [0x4D, 0x4D, 0, 42]: isLittleEndian = false
    // Panasonic's and Olympus's own numbers.
    case [0x49, 0x49, 0x55, 0], Array("IIRO".utf8), Array("IIRS".utf8):
      (isLittleEndian, isRaw) = (true, true)
    case Array("MMOR".utf8): (isLittleEndian, isRaw) = (false, true)
    default: return
    }
    if try reader.has("CR", at: 8) { isRaw = true }
    var directories = RawDirectories(isLittleEndian: isLittleEndian)
    try directories.walk(&reader)
    isRaw = isRaw || directories.isRaw
    found = directories.previews
    orientation = directories.orientation
  }
}

extension PictureContent {
  /// The embedded preview of a raw photograph, turned by its tag; nil where there is none.
  package func rawPreview() throws(PictureError) -> [UInt8]? {
    var reader = HeaderReader(source, byteCount: byteCount)
    guard let (range, orientation) = try RawPreview.place(&reader) else { return nil }
    let bytes = try source.read(at: range.lowerBound, count: range.count)
    guard bytes.count == range.count else { throw .changedWhileRead }
    let own = try PictureContent(bytes: bytes, limits: limits).inspect().orientation
    guard own == .upright, orientation != .upright else { return bytes }
    // EXIF of the one tag (EXIF 2.32 §4.6.4).
    let exif =
      Array("Exif\0\0II".utf8) + [42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0]
      + [UInt8(orientation.rawValue), 0, 0, 0, 0, 0, 0, 0]
    return bytes[..<2] + [0xFF, 0xE1, 0, UInt8(exif.count + 2)] + exif + bytes[2...]
  }
}
