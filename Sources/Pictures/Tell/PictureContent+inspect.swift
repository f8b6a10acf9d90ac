import Conversation

extension PictureContent {
  /// Tells the picture from its header; no pixel is decoded.
  ///
  /// - Throws: `.foreign` or `.unknownFormat` for what is no picture that can be read, `.damaged`
  ///   or `.truncated` for a header that breaks off, and what ``PictureLimits`` refuses.
  package func inspect() throws(PictureError) -> PictureInspection {
    var reader = HeaderReader(source, byteCount: byteCount)
    let inspection = try Self.header(&reader)
    let size = inspection.size
    guard (1...65_535).contains(size.width), (1...65_535).contains(size.height) else {
      throw size.width < 1 || size.height < 1
        ? .damaged(inspection.format)
        : .tooManyPixels(size, limit: limits.maximumPixels)
    }
    guard size.pixelCount <= limits.maximumPixels else {
      throw .tooManyPixels(size, limit: limits.maximumPixels)
    }
    guard inspection.decodingByteCount <= limits.maximumDecodingBytes else {
      throw .tooMuchMemory(size, inspection.format)
    }
    return inspection
  }

  private static func header(
    _ reader: inout HeaderReader
  ) throws(PictureError) -> PictureInspection {
    let start = try Array(reader.bytes(at: 0, count: 32))
    if start.starts(with: PNGHeader.signature) { return try PNGHeader.read(&reader) }
    if start.starts(with: JPEGHeader.signature) { return try JPEGHeader.read(&reader) }
    if start.starts(with: "GIF87a".utf8) || start.starts(with: "GIF89a".utf8) {
      return try GIFHeader.read(&reader)
    }
    if start.starts(with: "RIFF".utf8), start.dropFirst(8).starts(with: "WEBP".utf8) {
      return try WebPHeader.read(&reader)
    }
    if let format = try ISOMediaHeader.format(&reader) {
      return try ISOMediaHeader.read(&reader, format)
    }
    return try plainHeader(&reader)
  }

  /// The header of a format that is always converted.
  private static func plainHeader(
    _ reader: inout HeaderReader
  ) throws(PictureError) -> PictureInspection {
    if try reader.has("qoif", at: 0) { return try qoiHeader(&reader) }
    if try BMPHeader.isBitmap(&reader) { return try BMPHeader.read(&reader) }
    if let inspection = try PNMHeader.read(&reader) { return inspection }
    if let inspection = try JXLHeader.read(&reader) { return inspection }
    if try RawPreview.isRaw(&reader) { throw .foreign(.rawPhotograph) }
    if let inspection = try TIFFHeader.read(&reader) { return inspection }
    if let format = try ForeignFormat.told(by: &reader) {
      guard format == .text || format == .html,
        let drawing = try SVGHeader.read(&reader)
      else { throw .foreign(format) }
      return drawing
    }
    // Last, since a TGA begins with nothing of its own.
    guard let inspection = try TGAHeader.read(&reader) else { throw .unknownFormat }
    return inspection
  }

  private static func qoiHeader(
    _ reader: inout HeaderReader
  ) throws(PictureError) -> PictureInspection {
    guard let width = try reader.bigEndian(at: 4, count: 4),
      let height = try reader.bigEndian(at: 8, count: 4), let channels = try reader.byte(at: 12)
    else { throw .truncated(.qoi) }
    return PictureInspection(
      format: .qoi, storedSize: PixelSize(width: width, height: height),
      byteCount: reader.byteCount, layout: channels == 4 ? .rgba : .rgb)
  }
}
