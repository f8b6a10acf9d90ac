import Conversation

/// Reads the headers of a Windows bitmap (BITMAPFILEHEADER, BITMAPINFOHEADER and its like).
enum BMPHeader {
  /// The lengths of the headers that there are: OS/2's, Windows's, and with more masks or colours.
  private static let lengths: Set<Int> = [12, 40, 52, 56, 64, 108, 124]

  /// Whether the bytes are a bitmap's: its first letters begin many a text.
  static func isBitmap(_ reader: inout HeaderReader) throws(PictureError) -> Bool {
    guard try reader.has("BM", at: 0), let length = try reader.littleEndian(at: 14, count: 4) else {
      return false
    }
    return lengths.contains(length)
  }

  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection {
    let isShort = try reader.littleEndian(at: 14, count: 4) == 12
    let size = isShort ? 2 : 4
    guard let width = try reader.littleEndian(at: 18, count: size),
      let height = try reader.littleEndian(at: 18 + size, count: size)
    else { throw .truncated(.bmp) }
    var inspection = PictureInspection(
      format: .bmp,
      // Rows from top to bottom have a negative height.
      storedSize: PixelSize(
        width: width, height: isShort || height < 1 << 31 ? height : 1 << 32 - height),
      byteCount: reader.byteCount, layout: .rgb)
    guard !isShort, let compression = try reader.littleEndian(at: 30, count: 4) else {
      return inspection
    }
    if compression == 1 || compression == 2 {
      inspection.decodingByteCount = inspection.storedSize.clamped.pixelCount
    }
    if try hasAlpha(&reader, compression) { inspection.layout = .rgba }
    return inspection
  }

  private static func hasAlpha(
    _ reader: inout HeaderReader, _ compression: Int
  ) throws(PictureError) -> Bool {
    let length = try reader.littleEndian(at: 14, count: 4) ?? 0
    guard compression == 6 || (compression == 3 && length >= 56) else { return false }
    return try reader.littleEndian(at: 66, count: 4) ?? 0 != 0
  }
}

extension PixelSize {
  /// The size with sides of at most 65,535, so that products of them are in range.
  var clamped: PixelSize {
    PixelSize(width: min(width, 65_535), height: min(height, 65_535))
  }
}
