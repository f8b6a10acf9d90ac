import Conversation

/// Reads a JPEG's segments up to its first scan (ITU-T T.81 §B.2).
struct JPEGHeader {
  static let signature: [UInt8] = [0xFF, 0xD8, 0xFF]

  private struct Component {
    var horizontal: Int
    var vertical: Int
  }

  private var size: PixelSize?
  private var components: [Component] = []
  private var isProgressive = false
  private var isArithmetic = false
  private var exif = ExifMetadata([])

  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection {
    var header = Self()
    var segments = JPEGSegments(offset: 2)
    while let segment = try segments.next(&reader) {
      if segment.marker == 0xDA {
        return try header.finish(&reader, scanAt: segment.contents.lowerBound)
      }
      try header.readSegment(segment, &reader)
    }
    throw .truncated(.jpeg)
  }

  private mutating func readSegment(
    _ segment: JPEGSegment, _ reader: inout HeaderReader
  ) throws(PictureError) {
    switch segment.marker {
    case 0xC0, 0xC1, 0xC2, 0xC9, 0xCA:
      try takeFrame(segment.marker, &reader, segment.contents)
    case 0xC4, 0xC8, 0xCC: break  // Tables, in the midst of the frame markers.
    case 0xC3...0xCF: throw .unsupportedVariant(.jpeg)  // Lossless and hierarchical.
    case 0xE1: use(try segment.metadata(&reader))
    default: break
    }
  }

  private mutating func takeFrame(
    _ marker: Int, _ reader: inout HeaderReader, _ place: Range<Int>
  ) throws(PictureError) {
    let frame = try Array(reader.bytes(at: place.lowerBound, count: place.count))
    guard frame.count >= 6, frame.count == 6 + 3 * Int(frame[5]) else { throw .damaged(.jpeg) }
    guard frame[0] == 8 else { throw .unsupportedVariant(.jpeg) }
    size = PixelSize(
      width: Int(frame[3]) << 8 | Int(frame[4]), height: Int(frame[1]) << 8 | Int(frame[2]))
    components = stride(from: 6, to: frame.count, by: 3).map {
      Component(horizontal: Int(frame[$0 + 1] >> 4), vertical: Int(frame[$0 + 1] & 15))
    }
    isProgressive = marker == 0xC2 || marker == 0xCA
    isArithmetic = marker >= 0xC9
  }

  private mutating func use(_ metadata: ExifMetadata) {
    if metadata.orientation != .upright { exif.orientation = metadata.orientation }
    exif.embedded.formUnion(metadata.embedded)
  }

  private func finish(
    _ reader: inout HeaderReader, scanAt offset: Int
  ) throws(PictureError) -> PictureInspection {
    guard let size, [1, 3, 4].contains(components.count) else { throw .damaged(.jpeg) }
    let scanned = try reader.byte(at: offset).map(Int.init) ?? 0
    var inspection = PictureInspection(
      format: .jpeg, storedSize: size, orientation: exif.orientation, byteCount: reader.byteCount,
      layout: components.count == 1 ? .grey : .rgb, embedded: exif.embedded,
      isUnusual: components.count == 4 || isArithmetic)
    if isProgressive || scanned < components.count {
      inspection.decodingByteCount = coefficientByteCount(size)
    }
    return inspection
  }

  /// A picture in several scans is held as its coefficients, two bytes for each sample.
  private func coefficientByteCount(_ size: PixelSize) -> Int {
    let widest = max(1, components.map(\.horizontal).max() ?? 1)
    let tallest = max(1, components.map(\.vertical).max() ?? 1)
    return components.reduce(0) { sum, component in
      sum + 2 * size.pixelCount * component.horizontal * component.vertical / (widest * tallest)
    }
  }
}
