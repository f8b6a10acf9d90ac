/// Reads numbers and short runs of bytes at any offset, through a window of the file.
///
/// Beyond the end everything is nil or short: a header that is cut is told by its parser. Offsets
/// are in bytes from the start.
struct HeaderReader {
  let byteCount: Int
  private let source: ByteSource
  /// What is read at a jump, and where reading goes on from the last window.
  private let windowLengths = (jump: 256, onward: 16 << 10)
  private var window: [UInt8] = []
  private var windowStart = 0

  init(_ source: ByteSource, byteCount: Int) {
    self.source = source
    self.byteCount = byteCount
  }

  /// Up to `count` bytes; fewer only at the end.
  mutating func bytes(at offset: Int, count: Int) throws(PictureError) -> ArraySlice<UInt8> {
    guard offset >= 0, count >= 0, offset < byteCount else { return [] }
    if offset < windowStart || offset + count > windowStart + window.count {
      let isNear = (0..<512).contains(offset - windowStart - window.count + 256)
      let length = isNear ? windowLengths.onward : windowLengths.jump
      window = try source.read(at: offset, count: max(count, length))
      windowStart = offset
    }
    let start = offset - windowStart
    return window[start..<min(window.count, start + count)]
  }

  mutating func byte(at offset: Int) throws(PictureError) -> UInt8? {
    try bytes(at: offset, count: 1).first
  }

  /// Whether the bytes at `offset` are those of `text`, which is ASCII.
  mutating func has(_ text: String, at offset: Int) throws(PictureError) -> Bool {
    try bytes(at: offset, count: text.utf8.count).elementsEqual(text.utf8)
  }

  /// The offset of the next JPEG marker at or behind `offset`, or the file's end.
  ///
  /// Stuffed zeros, restart markers and fill bytes are none (ITU-T T.81 §B.1.1.2).
  mutating func marker(from offset: Int) throws(PictureError) -> Int {
    var offset = offset
    while true {
      let piece = try source.read(at: offset, count: 64 << 10)
      guard piece.count > 1 else { return byteCount }
      let place = piece.indices.dropLast().first {
        piece[$0] == 0xFF && !(0xD0...0xD7).contains(piece[$0 + 1])
          && piece[$0 + 1] != 0 && piece[$0 + 1] != 0xFF
      }
      if let place { return offset + place }
      offset += piece.count - 1
    }
  }

  /// A number of `count` bytes, the most significant one first.
  mutating func bigEndian(at offset: Int, count: Int) throws(PictureError) -> Int? {
    let bytes = try bytes(at: offset, count: count)
    return bytes.count == count ? bytes.reduce(0) { $0 << 8 | Int($1) } : nil
  }

  /// A number of `count` bytes, the least significant one first.
  mutating func littleEndian(at offset: Int, count: Int) throws(PictureError) -> Int? {
    let bytes = try bytes(at: offset, count: count)
    return bytes.count == count ? bytes.reversed().reduce(0) { $0 << 8 | Int($1) } : nil
  }
}
