/// EXIF and XMP metadata, and the places where pictures carry them.
enum MetadataSample {
  /// The TIFF structure of EXIF 2.32: orientation, and a GPS directory with a latitude.
  static func exif(
    orientation: Int = 1, hasLocation: Bool = false, isLittleEndian: Bool = true
  ) -> [UInt8] {
    let writer = NumberWriter(isLittleEndian: isLittleEndian)
    let entryCount = hasLocation ? 2 : 1
    var bytes = Array((isLittleEndian ? "II" : "MM").utf8) + writer.short(42) + writer.long(8)
    bytes += writer.short(entryCount)
    bytes += writer.short(0x0112) + writer.short(3) + writer.long(1)
    bytes += writer.short(orientation) + writer.short(0)
    let directoryEnd = 10 + 12 * entryCount + 4
    if hasLocation {
      bytes += writer.short(0x8825) + writer.short(4) + writer.long(1) + writer.long(directoryEnd)
    }
    bytes += writer.long(0)
    guard hasLocation else { return bytes }
    // GPSLatitude: three rationals, whose place does not matter here.
    return bytes + writer.short(1) + writer.short(2) + writer.short(5) + writer.long(3)
      + writer.long(8) + writer.long(0)
  }

  /// EXIF of text entries in the first directory, each of at most three letters or by an offset
  /// that is not looked at.
  static func exif(texts: [Int: String]) -> [UInt8] {
    let writer = NumberWriter(isLittleEndian: true)
    var bytes = Array("II".utf8) + writer.short(42) + writer.long(8) + writer.short(texts.count)
    for (tag, text) in texts.sorted(by: { $0.key < $1.key }) {
      bytes += writer.short(tag) + writer.short(2) + writer.long(text.utf8.count + 1)
      bytes += writer.long(0)
    }
    return bytes + writer.long(0)
  }

  static let xmp = Array(
    "<x:xmpmeta><rdf:Description exif:GPSLatitude=\"48,12.5N\"/></x:xmpmeta>".utf8)

  /// A JPEG with one more segment right after its start.
  static func jpeg(_ jpeg: [UInt8], marker: UInt8 = 0xE1, segment: [UInt8]) -> [UInt8] {
    let length = segment.count + 2
    return jpeg[..<2] + [0xFF, marker, UInt8(length >> 8), UInt8(length & 255)] + segment
      + jpeg[2...]
  }

  static func jpeg(_ bytes: [UInt8], exif: [UInt8]) -> [UInt8] {
    jpeg(bytes, segment: Array("Exif\0\0".utf8) + exif)
  }

  /// A simple WebP made an extended one (RFC 9649 §2.7) that ends with a chunk of metadata.
  static func webp(_ simple: [UInt8], width: Int, height: Int, flags: UInt8, _ chunks: [UInt8])
    -> [UInt8]
  {
    let extended = webpChunk("VP8X", [flags, 0, 0, 0] + medium(width - 1) + medium(height - 1))
    let body = Array("WEBP".utf8) + extended + simple[12...] + chunks
    return Array("RIFF".utf8) + little(body.count) + body
  }

  /// A simple WebP with a colour profile.
  static func webp(_ simple: [UInt8], width: Int, height: Int, profile: [UInt8]) -> [UInt8] {
    let extended = webpChunk("VP8X", [0x20, 0, 0, 0] + medium(width - 1) + medium(height - 1))
    let body = Array("WEBP".utf8) + extended + webpChunk("ICCP", profile) + simple[12...]
    return Array("RIFF".utf8) + little(body.count) + body
  }

  static func webpChunk(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    Array(name.utf8) + little(contents.count) + contents
      + [UInt8](repeating: 0, count: contents.count % 2)
  }

  /// An animation whose frames are all the same simple WebP.
  static func animatedWebP(_ simple: [UInt8], width: Int, height: Int, frameCount: Int) -> [UInt8] {
    let frame = webpChunk(
      "ANMF",
      medium(0) + medium(0) + medium(width - 1) + medium(height - 1) + medium(100) + [0]
        + simple[12...])
    let body =
      Array("WEBP".utf8)
      + webpChunk("VP8X", [0x02, 0, 0, 0] + medium(width - 1) + medium(height - 1))
      + webpChunk("ANIM", [0, 0, 0, 0, 0, 0])
      + (0..<frameCount).flatMap { _ in frame }
    return Array("RIFF".utf8) + little(body.count) + body
  }

  static func little(_ value: Int) -> [UInt8] {
    NumberWriter(isLittleEndian: true).long(value)
  }

  private static func medium(_ value: Int) -> [UInt8] { Array(little(value).prefix(3)) }
}

private struct NumberWriter {
  var isLittleEndian: Bool

  func short(_ value: Int) -> [UInt8] { ordered([UInt8(value & 255), UInt8(value >> 8)]) }

  func long(_ value: Int) -> [UInt8] {
    ordered([0, 8, 16, 24].map { UInt8(value >> $0 & 255) })
  }

  private func ordered(_ bytes: [UInt8]) -> [UInt8] { isLittleEndian ? bytes : bytes.reversed() }
}
