import Conversation

/// Reads a GIF's blocks up to its second frame (GIF89a specification, §12 to §23).
struct GIFHeader {
  private var offset: Int
  private var frameCount = 0
  private var hasTransparency = false
  /// Of the first frame, which is decoded whole and may be larger than the canvas.
  private var framePixelCount = 0

  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection {
    guard let width = try reader.littleEndian(at: 6, count: 2),
      let height = try reader.littleEndian(at: 8, count: 2),
      let packed = try reader.byte(at: 10)
    else { throw .truncated(.gif) }
    let size = PixelSize(width: width, height: height)
    var header = Self(offset: 13 + colourTableLength(packed))
    try header.walk(&reader, size)
    return PictureInspection(
      format: .gif, storedSize: size, byteCount: reader.byteCount,
      layout: header.hasTransparency ? .rgba : .rgb, isAnimated: header.frameCount > 1,
      decodingByteCount: header.framePixelCount)
  }

  private static func colourTableLength(_ packed: UInt8) -> Int {
    packed & 0x80 == 0 ? 0 : 3 << (Int(packed & 7) + 1)
  }

  private init(offset: Int) {
    self.offset = offset
  }

  private mutating func walk(
    _ reader: inout HeaderReader, _ size: PixelSize
  ) throws(PictureError) {
    while frameCount < 2 {
      switch try reader.byte(at: offset) {
      case 0x21: try takeExtension(&reader)
      case 0x2C: try takeFrame(&reader, size)
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
    offset += 2
    try skipSubBlocks(&reader)
  }

  private mutating func takeFrame(
    _ reader: inout HeaderReader, _ size: PixelSize
  ) throws(PictureError) {
    frameCount += 1
    let place = try Array(reader.bytes(at: offset + 1, count: 9))
    guard place.count == 9 else { throw .truncated(.gif) }
    offset += 10 + Self.colourTableLength(place[8]) + 1
    guard frameCount == 1 else { return }
    let width = Int(place[4]) | Int(place[5]) << 8
    let height = Int(place[6]) | Int(place[7]) << 8
    framePixelCount = width * height
    let isAtOrigin = place[0..<4].allSatisfy { $0 == 0 }
    if !isAtOrigin || width < size.width || height < size.height { hasTransparency = true }
    try skipSubBlocks(&reader)
  }

  private mutating func skipSubBlocks(_ reader: inout HeaderReader) throws(PictureError) {
    while let length = try reader.byte(at: offset) {
      offset += 1 + Int(length)
      if length == 0 { return }
    }
    throw .truncated(.gif)
  }
}
