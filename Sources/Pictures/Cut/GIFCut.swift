import Conversation

/// Cuts a GIF to its first frame (GIF89a specification, §17 to §27).
struct GIFCut {
  private var cut = PictureCut()
  private var offset: Int
  /// The control block that belongs to the frame.
  private var control: Range<Int>?

  /// Cuts the file; `canvas` is the size that browsers give the picture, see ``GIFHeader``.
  static func cut(
    _ reader: inout HeaderReader, _ canvas: PixelSize
  ) throws(PictureError) -> PictureCut {
    guard let packed = try reader.byte(at: 10) else { throw .truncated(.gif) }
    var gif = Self(offset: 13 + GIFHeader.colourTableLength(packed))
    try gif.keepScreen(&reader, canvas)
    while try gif.takeBlock(&reader) {}
    try gif.finish(&reader)
    return gif.cut
  }

  private init(offset: Int) {
    self.offset = offset
  }

  private mutating func keepScreen(
    _ reader: inout HeaderReader, _ canvas: PixelSize
  ) throws(PictureError) {
    let size = [canvas.width & 255, canvas.width >> 8, canvas.height & 255, canvas.height >> 8]
      .map { UInt8($0) }
    guard try !reader.bytes(at: 6, count: 4).elementsEqual(size) else {
      return cut.keep(0..<offset)
    }
    cut.keep(0..<6)
    cut.write(size)
    cut.keep(10..<offset)
  }

  /// Takes one block; false behind the first frame.
  private mutating func takeBlock(_ reader: inout HeaderReader) throws(PictureError) -> Bool {
    let start = offset
    switch try reader.byte(at: offset) {
    case 0x21:
      let label = try reader.byte(at: offset + 1)
      offset = try GIFHeader.skipSubBlocks(&reader, from: offset + 2)
      if label == 0xF9 {
        control = start..<offset
      } else {
        try leaveOut(label, at: start + 2, &reader)
      }
      return true
    case 0x2C:
      guard let packed = try reader.byte(at: offset + 9) else { throw .truncated(.gif) }
      offset += 10 + GIFHeader.colourTableLength(packed) + 1
      offset = try GIFHeader.skipSubBlocks(&reader, from: offset)
      if let control { cut.keep(control) }
      cut.keep(start..<offset)
      return false
    case nil: throw .truncated(.gif)
    default: throw .damaged(.gif)
    }
  }

  /// An application's block that only says how often an animation is repeated tells nothing.
  private mutating func leaveOut(
    _ label: UInt8?, at offset: Int, _ reader: inout HeaderReader
  ) throws(PictureError) {
    guard label == 0xFF, try reader.has("NETSCAPE2.0", at: offset + 1) else {
      cut.embedded.insert(.text)
      return
    }
  }

  private mutating func finish(_ reader: inout HeaderReader) throws(PictureError) {
    guard try reader.byte(at: offset) == 0x3B else {
      cut.write([0x3B])
      // Further frames, or what browsers pass over.
      return
    }
    cut.keep(offset..<(offset + 1))
    if offset + 1 < reader.byteCount { try cut.leaveOut(from: offset + 1, &reader) }
  }
}
