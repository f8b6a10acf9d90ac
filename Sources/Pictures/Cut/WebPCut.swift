import Conversation

/// Cuts a WebP to its still image (RFC 9649 §2.7): profile, alpha and pixels.
struct WebPCut {
  private var profile: Range<Int>?
  /// The chunks of the pixels: ALPH, and VP8 or VP8L.
  private var pixels: [Range<Int>] = []
  private var hasAlpha = false
  private var canvas: [UInt8]?
  private var embedded: EmbeddedData = []
  private var isPlain = true

  static func cut(_ reader: inout HeaderReader) throws(PictureError) -> PictureCut {
    guard let length = try reader.littleEndian(at: 4, count: 4) else { throw .truncated(.webp) }
    var webp = Self()
    let end = length + 8
    try webp.walk(&reader, 12..<end)
    guard !webp.pixels.isEmpty else { throw .damaged(.webp) }
    guard !webp.isPlain || end != reader.byteCount else { return PictureCut(whole: end) }
    var cut = webp.written
    if end < reader.byteCount { try cut.leaveOut(from: end, &reader) }
    return cut
  }

  private mutating func walk(
    _ reader: inout HeaderReader, _ range: Range<Int>
  ) throws(PictureError) {
    var offset = range.lowerBound
    while offset + 8 <= range.upperBound {
      guard let count = try reader.littleEndian(at: offset + 4, count: 4) else {
        throw .truncated(.webp)
      }
      let chunk = offset..<(offset + 8 + count + count % 2)
      // The padding of the last chunk is missing in many a file.
      guard chunk.upperBound - count % 2 <= range.upperBound else { throw .truncated(.webp) }
      try copyChunk(chunk.clamped(to: offset..<range.upperBound), count, &reader)
      offset = chunk.upperBound
    }
  }

  private mutating func copyChunk(
    _ chunk: Range<Int>, _ count: Int, _ reader: inout HeaderReader
  ) throws(PictureError) {
    let contents = (chunk.lowerBound + 8)..<(chunk.lowerBound + 8 + count)
    switch String(decoding: try reader.bytes(at: chunk.lowerBound, count: 4), as: UTF8.self) {
    case "VP8X": try takeCanvas(contents, &reader)
    case "ICCP": profile = chunk
    case "ALPH":
      hasAlpha = true
      if pixels.isEmpty { pixels.append(chunk) }
    case "VP8 ", "VP8L": takePixels(chunk)
    case "ANMF" where pixels.isEmpty:
      isPlain = false
      // The frame's own chunks lie behind its place and duration (§2.7.1.1).
      if contents.count > 16 { try walk(&reader, (contents.lowerBound + 16)..<contents.upperBound) }
    case let name:
      isPlain = false
      embedded.formUnion(try Self.embedded(in: name, contents, &reader))
    }
  }

  private mutating func takePixels(_ chunk: Range<Int>) {
    // Behind the first picture's come others' only.
    guard pixels.isEmpty || (hasAlpha && pixels.count == 1) else {
      isPlain = false
      return
    }
    pixels.append(chunk)
  }

  private mutating func takeCanvas(
    _ contents: Range<Int>, _ reader: inout HeaderReader
  ) throws(PictureError) {
    let bytes = try Array(reader.bytes(at: contents.lowerBound, count: 10))
    guard bytes.count == 10 else { throw .truncated(.webp) }
    canvas = bytes
    // EXIF, XMP, animation (§2.7).
    if bytes[0] & 0x0E != 0 { isPlain = false }
  }

  /// What a chunk tells that is left out.
  static func embedded(
    in name: String, _ contents: Range<Int>, _ reader: inout HeaderReader
  ) throws(PictureError) -> EmbeddedData {
    guard name == "EXIF" || name == "XMP ", contents.count <= 1 << 20 else {
      return name == "ANIM" || name == "ANMF" ? [] : .text
    }
    var bytes = try reader.bytes(at: contents.lowerBound, count: contents.count)
    if name == "XMP " { return EmbeddedData(xmp: bytes) }
    if bytes.starts(with: "Exif\0\0".utf8) { bytes = bytes.dropFirst(6) }
    return ExifMetadata(bytes).embedded
  }

  private var written: PictureCut {
    var parts: [PictureCut.Piece] = []
    if let canvas {
      // Alpha as it was promised (a lossless picture has its own), and the profile.
      let flags = canvas[0] & 0x10 | (hasAlpha ? 0x10 : 0) | (profile == nil ? 0 : 0x20)
      parts.append(.bytes(Array("VP8X".utf8) + [10, 0, 0, 0, flags, 0, 0, 0] + canvas[4...]))
    }
    parts += ([profile].compactMap(\.self) + pixels).map { .source($0) }
    return Self.file(of: parts, embedded)
  }

  /// The chunks in a RIFF of their length, each padded to even.
  private static func file(
    of parts: [PictureCut.Piece], _ embedded: EmbeddedData
  ) -> PictureCut {
    var body = PictureCut()
    for part in parts {
      switch part {
      case .bytes(let bytes): body.write(bytes)
      case .source(let range): body.keep(range)
      }
      if body.byteCount % 2 == 1 { body.write([0]) }
    }
    var cut = PictureCut()
    let length = body.byteCount + 4
    cut.write(
      Array("RIFF".utf8) + [0, 8, 16, 24].map { UInt8(length >> $0 & 255) } + Array("WEBP".utf8))
    for piece in body.pieces {
      switch piece {
      case .bytes(let bytes): cut.write(bytes)
      case .source(let range): cut.keep(range)
      }
    }
    cut.embedded = embedded
    return cut
  }
}
