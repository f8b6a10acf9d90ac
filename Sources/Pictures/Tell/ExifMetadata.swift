/// What EXIF metadata (EXIF 2.32 §4.6) says that matters here.
struct ExifMetadata: Equatable {
  var orientation = Orientation.upright
  var hasLocation = false

  /// Reads a TIFF header and its first directory; damage is read as silence.
  init(_ bytes: some Sequence<UInt8>) {
    let directory = TIFFDirectory(Array(bytes))
    for entry in directory.entries(at: directory.firstOffset) {
      switch entry.tag {
      case 0x0112: orientation = Orientation(rawValue: entry.shortValue) ?? .upright
      case 0x8825: hasLocation = directory.entries(at: entry.longValue).contains(where: \.isPlace)
      default: break
      }
    }
  }

  /// Whether an XMP packet (XMP part 2 §3.3, `exif:GPSLatitude`) tells a place.
  static func hasLocation(xmp bytes: ArraySlice<UInt8>) -> Bool {
    let needle = Array("GPSLatitude".utf8)
    var rest = bytes
    while let start = rest.firstIndex(of: needle[0]) {
      if rest[start...].starts(with: needle) { return true }
      rest = rest[(start + 1)...]
    }
    return false
  }
}

/// Reads directories of the TIFF structure that carries EXIF (TIFF 6.0 §2).
private struct TIFFDirectory {
  struct Entry {
    var tag: Int
    var shortValue: Int
    var longValue: Int
    /// Within a GPS directory: GPSLatitude or GPSLongitude (EXIF 2.32 §4.6.6).
    var isPlace: Bool { tag == 2 || tag == 4 }
  }

  private let bytes: [UInt8]
  private let isLittleEndian: Bool

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    isLittleEndian = bytes.starts(with: "II".utf8)
  }

  var firstOffset: Int {
    guard isLittleEndian || bytes.starts(with: "MM".utf8), number(at: 2, count: 2) == 42 else {
      return bytes.count
    }
    return number(at: 4, count: 4)
  }

  /// The entries that lie within the bytes.
  func entries(at offset: Int) -> [Entry] {
    guard offset >= 8, offset + 2 <= bytes.count else { return [] }
    return (0..<number(at: offset, count: 2)).map { offset + 2 + 12 * $0 }
      .prefix { $0 + 12 <= bytes.count }
      .map { place in
        Entry(
          tag: number(at: place, count: 2), shortValue: number(at: place + 8, count: 2),
          longValue: number(at: place + 8, count: 4))
      }
  }

  private func number(at offset: Int, count: Int) -> Int {
    guard offset >= 0, offset + count <= bytes.count else { return 0 }
    let digits = bytes[offset..<(offset + count)]
    let add = { (sum: Int, byte: UInt8) in sum << 8 | Int(byte) }
    return isLittleEndian ? digits.reversed().reduce(0, add) : digits.reduce(0, add)
  }
}
