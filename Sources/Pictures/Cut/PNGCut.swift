import Conversation

/// Cuts a PNG to its still image (W3C PNG third edition, §5.6): the chunks of its pixels and colours.
enum PNGCut {
  private static let kept: Set<String> = [
    "IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cICP", "iCCP", "sRGB", "gAMA", "cHRM", "sBIT", "mDCV",
    "cLLI",
  ]
  /// Frames behind the first, which is the still image where there is no animation.
  private static let animation: Set<String> = ["acTL", "fcTL", "fdAT"]

  static func cut(_ reader: inout HeaderReader) throws(PictureError) -> PictureCut {
    var cut = PictureCut()
    cut.keep(0..<8)
    var offset = 8
    while true {
      guard let length = try reader.bigEndian(at: offset, count: 4) else { throw .truncated(.png) }
      guard length <= 0x7FFF_FFFF else { throw .damaged(.png) }
      let chunk = offset..<(offset + 12 + length)
      guard chunk.upperBound <= reader.byteCount else { throw .truncated(.png) }
      let name = String(decoding: try reader.bytes(at: offset + 4, count: 4), as: UTF8.self)
      if kept.contains(name) {
        cut.keep(chunk)
      } else if !animation.contains(name) {
        let contents = (offset + 8)..<(chunk.upperBound - 4)
        cut.embedded.formUnion(try embedded(in: name, contents, &reader))
      }
      offset = chunk.upperBound
      guard name == "IEND" else { continue }
      if offset < reader.byteCount { try cut.leaveOut(from: offset, &reader) }
      return cut
    }
  }

  /// What a chunk tells that is left out.
  static func embedded(
    in name: String, _ contents: Range<Int>, _ reader: inout HeaderReader
  ) throws(PictureError) -> EmbeddedData {
    guard contents.count <= 1 << 20 else { return .text }
    switch name {
    case "eXIf":
      return ExifMetadata(try reader.bytes(at: contents.lowerBound, count: contents.count)).embedded
    case "iTXt":
      let text = try reader.bytes(at: contents.lowerBound, count: contents.count)
      return text.starts(with: "XML:com.adobe.xmp".utf8) ? EmbeddedData(xmp: text) : .text
    case "tIME": return .date
    case "pHYs", "bKGD", "hIST", "sPLT": return []
    default: return .text
    }
  }
}
