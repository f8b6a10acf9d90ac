import Conversation

/// A marker segment of a JPEG.
struct JPEGSegment {
  /// The second byte of the marker.
  var marker: Int
  /// From the marker's first byte on.
  var whole: Range<Int>
  /// Behind the length.
  var contents: Range<Int>
}

/// Walks over a JPEG's segments up to the end of its image (ITU-T T.81 §B.1.1).
struct JPEGSegments {
  /// Where the next marker is looked for; at the end, the place of EOI or of the file's end.
  private(set) var offset: Int

  /// The next segment; nil at EOI, and where the file ends.
  ///
  /// Fill bytes and stray ones before a marker are passed over, as libjpeg and browsers do.
  ///
  /// - Throws: `.damaged` and `.truncated` for a segment that breaks off.
  mutating func next(_ reader: inout HeaderReader) throws(PictureError) -> JPEGSegment? {
    offset = try reader.marker(from: offset)
    guard let marker = try reader.byte(at: offset + 1).map(Int.init), marker != 0xD9 else {
      return nil
    }
    guard let length = try reader.bigEndian(at: offset + 2, count: 2) else {
      throw .truncated(.jpeg)
    }
    guard length >= 2 else { throw .damaged(.jpeg) }
    let end = offset + 2 + length
    guard end <= reader.byteCount else { throw .truncated(.jpeg) }
    defer { offset = end }
    return JPEGSegment(marker: marker, whole: offset..<end, contents: (offset + 4)..<end)
  }

  /// Passes over the coded data of a scan; returns its end.
  mutating func skipScan(_ reader: inout HeaderReader) throws(PictureError) -> Int {
    offset = try reader.marker(from: offset)
    return offset
  }
}

extension JPEGSegment {
  /// What EXIF or XMP in the segment says.
  func metadata(_ reader: inout HeaderReader) throws(PictureError) -> ExifMetadata {
    let bytes = try reader.bytes(at: contents.lowerBound, count: contents.count)
    if bytes.starts(with: "Exif\0\0".utf8) { return ExifMetadata(bytes.dropFirst(6)) }
    var metadata = ExifMetadata([])
    metadata.embedded = EmbeddedData(xmp: bytes)
    return metadata
  }
}
