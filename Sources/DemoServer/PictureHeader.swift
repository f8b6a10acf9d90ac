import Conversation

/// The format and size that a picture's first bytes tell.
///
/// It shares no code with the client's own reading of pictures, so that what the demo reports is a
/// second opinion.
struct PictureHeader {
  let format: PictureFormat
  /// As stored: the EXIF orientation is not applied.
  let size: PixelSize

  /// Reads PNG, JPEG, GIF or WebP; nil for anything else, and for a start that is too short.
  init?(_ bytes: [UInt8]) {
    let found: (PictureFormat, PixelSize?)? =
      if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
        (.png, bytes.size(bigEndianAt: 16, 20))
      } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
        (.jpeg, Self.jpegSize(bytes))
      } else if bytes.starts(with: Array("GIF8".utf8)) {
        (.gif, bytes.littleEndianSize(at: 6))
      } else if bytes.count > 30, bytes.starts(with: Array("RIFF".utf8)), bytes.has("WEBP", at: 8) {
        (.webp, Self.webpSize(bytes))
      } else {
        nil
      }
    guard let found, let size = found.1, size.width > 0, size.height > 0 else { return nil }
    (format, self.size) = (found.0, size)
  }

  /// The size in a JPEG's frame header (ITU-T T.81, B.2.2), segments before it skipped.
  private static func jpegSize(_ bytes: [UInt8]) -> PixelSize? {
    var offset = 2
    while offset + 9 < bytes.count {
      guard bytes[offset] == 0xFF else { return nil }
      let marker = bytes[offset + 1]
      if marker == 0xFF {
        offset += 1
        continue
      }
      // SOF0 to SOF15 without DHT, JPG and DAC, which share their range.
      if (0xC0...0xCF).contains(marker), ![0xC4, 0xC8, 0xCC].contains(marker) {
        return PixelSize(
          width: bytes.bigEndian(at: offset + 7, count: 2),
          height: bytes.bigEndian(at: offset + 5, count: 2))
      }
      offset += 2 + bytes.bigEndian(at: offset + 2, count: 2)
    }
    return nil
  }

  /// The canvas of a WebP (RFC 9649 §2.5 to §2.7): lossy, lossless or extended.
  private static func webpSize(_ bytes: [UInt8]) -> PixelSize? {
    if bytes.has("VP8X", at: 12) {
      return PixelSize(
        width: 1 + bytes.littleEndian(at: 24, count: 3),
        height: 1 + bytes.littleEndian(at: 27, count: 3))
    }
    if bytes.has("VP8L", at: 12) {
      let bits = bytes.littleEndian(at: 21, count: 4)
      return PixelSize(width: 1 + bits & 0x3FFF, height: 1 + bits >> 14 & 0x3FFF)
    }
    guard bytes.has("VP8 ", at: 12) else { return nil }
    return PixelSize(
      width: bytes.littleEndian(at: 26, count: 2) & 0x3FFF,
      height: bytes.littleEndian(at: 28, count: 2) & 0x3FFF)
  }
}

extension [UInt8] {
  fileprivate func has(_ text: String, at offset: Int) -> Bool {
    dropFirst(offset).starts(with: text.utf8)
  }

  /// The unsigned number in `count` bytes from `offset` on; the caller has checked that they exist.
  fileprivate func bigEndian(at offset: Int, count: Int) -> Int {
    self[offset..<offset + count].reduce(0) { $0 << 8 | Int($1) }
  }

  fileprivate func littleEndian(at offset: Int, count: Int) -> Int {
    self[offset..<offset + count].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  fileprivate func size(bigEndianAt width: Int, _ height: Int) -> PixelSize? {
    guard count >= height + 4 else { return nil }
    return PixelSize(
      width: bigEndian(at: width, count: 4), height: bigEndian(at: height, count: 4))
  }

  fileprivate func littleEndianSize(at offset: Int) -> PixelSize? {
    guard count >= offset + 4 else { return nil }
    return PixelSize(
      width: littleEndian(at: offset, count: 2), height: littleEndian(at: offset + 2, count: 2))
  }
}
