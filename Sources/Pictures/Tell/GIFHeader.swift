import Conversation

/// Reads a GIF's blocks up to its second frame (GIF89a specification, §12 to §23).
///
/// A canvas of no size, or one smaller than its first frame, is as large as the frame needs it, as
/// in browsers.
struct GIFHeader {
  private var offset: Int
  private var frameCount = 0
  private var hasTransparency = false
  private var canvas = PixelSize(width: 0, height: 0)
  /// Of the first frame, which is decoded whole.
  private var framePixelCount = 0

  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection {
    guard let width = try reader.littleEndian(at: 6, count: 2),
      let height = try reader.littleEndian(at: 8, count: 2),
      let packed = try reader.byte(at: 10)
    else { throw .truncated(.gif) }
    var header = Self(offset: 13 + colourTableLength(packed))
    header.canvas = PixelSize(width: width, height: height)
    try header.walk(&reader)
    return PictureInspection(
      format: .gif, storedSize: header.canvas, byteCount: reader.byteCount,
      layout: header.hasTransparency ? .rgba : .rgb, isAnimated: header.frameCount > 1,
      decodingByteCount: header.framePixelCount)
  }

  static func colourTableLength(_ packed: UInt8) -> Int {
    packed & 0x80 == 0 ? 0 : 3 << (Int(packed & 7) + 1)
  }

  private init(offset: Int) {
    self.offset = offset
  }

  private mutating func walk(_ reader: inout HeaderReader) throws(PictureError) {
    while frameCount < 2 {
      switch try reader.byte(at: offset) {
      case 0x21: try takeExtension(&reader)
      case 0x2C: try takeFrame(&reader)
      // Many a GIF lacks its trailer; without a frame it is cut.
      case 0x3B,
        nil where frameCount > 0:
        return
      case nil: throw .truncated(.gif)
      default:
        // What follows a frame is left alone, as every browser does.
        if frameCount > 0 { return }
        throw .damaged(.gif)
      }
    }
  }

  private mutating func takeExtension(_ reader: inout HeaderReader) throws(PictureError) {
    let isControl = try reader.byte(at: offset + 1) == 0xF9
    if isControl, frameCount == 0, let packed = try reader.byte(at: offset + 3), packed & 1 != 0 {
      hasTransparency = true
    }
    offset = try Self.skipSubBlocks(&reader, from: offset + 2)
  }

  private mutating func takeFrame(_ reader: inout HeaderReader) throws(PictureError) {
    frameCount += 1
    let place = try Array(reader.bytes(at: offset + 1, count: 9))
    guard place.count == 9 else { throw .truncated(.gif) }
    offset += 10 + Self.colourTableLength(place[8]) + 1
    guard frameCount == 1 else { return }
    let width = Int(place[4]) | Int(place[5]) << 8
    let height = Int(place[6]) | Int(place[7]) << 8
    framePixelCount = width * height
    let left = Int(place[0]) | Int(place[1]) << 8
    let top = Int(place[2]) | Int(place[3]) << 8
    canvas = PixelSize(
      width: max(canvas.width, left + width), height: max(canvas.height, top + height))
    if PixelSize(width: width, height: height) != canvas { hasTransparency = true }
    offset = try Self.skipSubBlocks(&reader, from: offset)
  }

  /// The offset behind a chain of sub-blocks (§15).
  static func skipSubBlocks(
    _ reader: inout HeaderReader, from offset: Int
  ) throws(PictureError) -> Int {
    var offset = offset
    while let length = try reader.byte(at: offset) {
      offset += 1 + Int(length)
      if length == 0 { return offset }
    }
    throw .truncated(.gif)
  }
}
