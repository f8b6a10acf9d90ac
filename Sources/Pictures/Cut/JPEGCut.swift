import Conversation

/// Cuts a JPEG to its first picture (ITU-T T.81 annex B).
///
/// Kept are tables, frames and scans, JFIF's header without its thumbnail, Adobe's marker and the
/// colour profile (ICC.1 annex B.4); what the camera or an editor put beside them is not.
struct JPEGCut {
  private var cut = PictureCut()

  static func cut(_ reader: inout HeaderReader) throws(PictureError) -> PictureCut {
    var jpeg = Self()
    jpeg.cut.keep(0..<2)
    var segments = JPEGSegments(offset: 2)
    while let segment = try segments.next(&reader) {
      try jpeg.copySegment(segment, &reader)
      guard segment.marker == 0xDA else { continue }
      let end = try segments.skipScan(&reader)
      jpeg.cut.keep(segment.contents.upperBound..<end)
    }
    try jpeg.finish(&reader, at: segments.offset)
    return jpeg.cut
  }

  /// The end of the image is written where the file lacks it.
  private mutating func finish(
    _ reader: inout HeaderReader, at offset: Int
  ) throws(PictureError) {
    guard try reader.bigEndian(at: offset, count: 2) == 0xFFD9 else {
      return cut.write([0xFF, 0xD9])
    }
    cut.keep(offset..<(offset + 2))
    if offset + 2 < reader.byteCount { try cut.leaveOut(from: offset + 2, &reader) }
  }

  private mutating func copySegment(
    _ segment: JPEGSegment, _ reader: inout HeaderReader
  ) throws(PictureError) {
    switch segment.marker {
    case 0xC0...0xCF, 0xDA...0xDF: cut.keep(segment.whole)
    case 0xE0: try takeJFIF(segment, &reader)
    case 0xE1: cut.embedded.formUnion(try segment.metadata(&reader).embedded)
    case 0xE2 where try reader.has("ICC_PROFILE\0", at: segment.contents.lowerBound):
      cut.keep(segment.whole)
    case 0xE2 where try reader.has("MPF\0", at: segment.contents.lowerBound):
      cut.embedded.insert(.furtherPicture)
    case 0xEE where try reader.has("Adobe", at: segment.contents.lowerBound):
      cut.keep(segment.whole)
    default: cut.embedded.insert(.text)
    }
  }

  private mutating func takeJFIF(
    _ segment: JPEGSegment, _ reader: inout HeaderReader
  ) throws(PictureError) {
    let header = try Array(reader.bytes(at: segment.contents.lowerBound, count: 14))
    guard header.starts(with: "JFIF\0".utf8), header.count == 14 else {
      cut.embedded.insert(.thumbnail)
      return
    }
    guard segment.contents.count > 14 else { return cut.keep(segment.whole) }
    cut.embedded.insert(.thumbnail)
    cut.write([0xFF, 0xE0, 0, 16] + header[..<12] + [0, 0])
  }
}
