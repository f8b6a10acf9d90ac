import Conversation

/// Reads a WebP's chunks (RFC 9649 §2).
struct WebPHeader {
  private static let maximumChunkCount = 256

  private var inspection: PictureInspection
  private var isLossless = false
  private var hasPixels = false
  private var hasFrames = false
  private var frameCount = 0

  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection {
    guard let length = try reader.littleEndian(at: 4, count: 4) else { throw .truncated(.webp) }
    guard length + 8 <= reader.byteCount else { throw .truncated(.webp) }
    var header = Self(byteCount: reader.byteCount)
    var offset = 12
    for _ in 0..<maximumChunkCount where offset + 8 <= length + 8 {
      guard let count = try reader.littleEndian(at: offset + 4, count: 4) else { break }
      let name = String(decoding: try reader.bytes(at: offset, count: 4), as: UTF8.self)
      try header.readChunk(name, &reader, (offset + 8)..<(offset + 8 + count))
      offset += 8 + count + count % 2
    }
    return try header.finish()
  }

  private init(byteCount: Int) {
    inspection = PictureInspection(
      format: .webp, storedSize: PixelSize(width: 0, height: 0), byteCount: byteCount, layout: .rgb)
  }

  private mutating func readChunk(
    _ name: String, _ reader: inout HeaderReader, _ place: Range<Int>
  ) throws(PictureError) {
    switch name {
    case "VP8X": try takeExtended(&reader, place.lowerBound)
    case "VP8 ": try takeLossy(&reader, place.lowerBound)
    case "VP8L": try takeLossless(&reader, place.lowerBound)
    case "ANMF": try takeAnimated(&reader, place.lowerBound)
    case "EXIF" where place.count <= 1 << 20:
      var bytes = try reader.bytes(at: place.lowerBound, count: place.count)
      if bytes.starts(with: "Exif\0\0".utf8) { bytes = bytes.dropFirst(6) }
      let exif = ExifMetadata(bytes)
      inspection.orientation = exif.orientation
      inspection.embedded.formUnion(exif.embedded)
    case "XMP ":
      inspection.embedded.formUnion(try WebPCut.embedded(in: name, place, &reader))
    default: break
    }
  }

  private mutating func takeExtended(
    _ reader: inout HeaderReader, _ offset: Int
  ) throws(PictureError) {
    guard let flags = try reader.byte(at: offset),
      let width = try reader.littleEndian(at: offset + 4, count: 3),
      let height = try reader.littleEndian(at: offset + 7, count: 3)
    else { throw .truncated(.webp) }
    hasFrames = flags & 0x02 != 0
    if flags & 0x10 != 0 || hasFrames { inspection.layout = .rgba }
    inspection.storedSize = PixelSize(width: width + 1, height: height + 1)
  }

  /// A frame; an animation of one is a still picture where the frame is as large as the canvas.
  private mutating func takeAnimated(
    _ reader: inout HeaderReader, _ offset: Int
  ) throws(PictureError) {
    hasPixels = true
    frameCount += 1
    guard let width = try reader.littleEndian(at: offset + 6, count: 3),
      let height = try reader.littleEndian(at: offset + 9, count: 3)
    else { throw .truncated(.webp) }
    if PixelSize(width: width + 1, height: height + 1) != inspection.storedSize {
      inspection.isUnusual = true
    }
  }

  private mutating func takeLossy(
    _ reader: inout HeaderReader, _ offset: Int
  ) throws(PictureError) {
    guard let width = try reader.littleEndian(at: offset + 6, count: 2),
      let height = try reader.littleEndian(at: offset + 8, count: 2)
    else { throw .truncated(.webp) }
    takeStill(PixelSize(width: width & 0x3FFF, height: height & 0x3FFF))
  }

  private mutating func takeLossless(
    _ reader: inout HeaderReader, _ offset: Int
  ) throws(PictureError) {
    guard let bits = try reader.littleEndian(at: offset + 1, count: 4) else {
      throw .truncated(.webp)
    }
    isLossless = true
    if bits >> 28 & 1 != 0 { inspection.layout = .rgba }
    takeStill(PixelSize(width: (bits & 0x3FFF) + 1, height: (bits >> 14 & 0x3FFF) + 1))
  }

  private mutating func takeStill(_ size: PixelSize) {
    hasPixels = true
    if inspection.storedSize.width == 0 { inspection.storedSize = size }
  }

  /// An animation's frames may be of either kind, and libwebp looks back over all pixels of what is
  /// lossless; alpha is such a plane of its own.
  private func finish() throws(PictureError) -> PictureInspection {
    guard hasPixels else { throw .damaged(.webp) }
    var inspection = inspection
    let pixelCount = inspection.storedSize.pixelCount
    inspection.isAnimated = frameCount > 1
    if isLossless, !hasFrames {
      inspection.decodingByteCount = Self.losslessByteCount(pixelCount)
    } else {
      let perPixel = hasFrames ? 4 : inspection.layout == .rgba ? 1 : 0
      inspection.decodingByteCount = pixelCount * perPixel + inspection.byteCount  // Held whole.
    }
    return inspection
  }

  /// A window of a million pixels, and three tables of a pixel for each block of 16 at least
  /// (docs/decisions/0350).
  private static func losslessByteCount(_ pixelCount: Int) -> Int {
    min(pixelCount, 1 << 20) * 4 + pixelCount * 3 / 4
  }
}
