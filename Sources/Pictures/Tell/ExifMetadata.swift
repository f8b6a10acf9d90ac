import Conversation

/// What EXIF metadata (EXIF 2.32 §4.6) says that matters here.
struct ExifMetadata: Equatable {
  var orientation = Orientation.upright
  var embedded: EmbeddedData = []

  /// Reads a TIFF header and its directories; damage is read as silence.
  init(_ bytes: some Sequence<UInt8>) {
    let directory = TIFFDirectory(Array(bytes))
    readDirectory(directory, at: directory.firstOffset)
    let next = directory.next(after: directory.firstOffset)
    if !directory.entries(at: next).isEmpty { embedded.insert(.thumbnail) }
  }

  private mutating func readDirectory(_ directory: TIFFDirectory, at offset: Int, depth: Int = 0) {
    for entry in directory.entries(at: offset) {
      switch entry.tag {
      case 0x0112: orientation = Orientation(rawValue: entry.shortValue) ?? .upright
      case 0x8825:
        if directory.entries(at: entry.longValue).contains(where: \.isPlace) {
          embedded.insert(.place)
        }
      case 0x8769 where depth == 0: readDirectory(directory, at: entry.longValue, depth: 1)
      default: embedded.formUnion(entry.embedded)
      }
    }
  }
}

extension EmbeddedData {
  /// What an XMP packet tells, by the names of its properties (XMP specification, part 2).
  init(xmp bytes: ArraySlice<UInt8>) {
    let text = String(decoding: bytes, as: UTF8.self)
    self = .text
    for (name, fact) in Self.propertyNames where text.contains(name) { insert(fact) }
  }

  private static let propertyNames: [(String, EmbeddedData)] = [
    ("GPSLatitude", .place), ("GPSLongitude", .place), ("SerialNumber", .serialNumber),
    ("OwnerName", .owner), ("dc:creator", .owner), ("dc:rights", .owner),
    ("MotionPhoto", .film), ("MicroVideo", .film), ("hdrgm:", .furtherPicture),
  ]
}

/// Reads directories of the TIFF structure that carries EXIF (TIFF 6.0 §2).
private struct TIFFDirectory {
  struct Entry {
    var tag: Int
    var shortValue: Int
    var longValue: Int
    /// Within a GPS directory: GPSLatitude or GPSLongitude (EXIF 2.32 §4.6.6).
    var isPlace: Bool { tag == 2 || tag == 4 }

    /// What the entry tells, outside of a GPS directory.
    var embedded: EmbeddedData {
      switch tag {
      case 0x010F, 0x0110, 0x927C, 0xA433, 0xA434: .camera
      case 0x0132, 0x9003, 0x9004: .date
      case 0x010E, 0x9286, 0x02BC, 0x83BB, 0x9C9B...0x9C9F: .text
      case 0x013B, 0x8298, 0xA430: .owner
      case 0xA431, 0xA435, 0xC62F, 0xA420: .serialNumber
      default: []
      }
    }
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

  /// The offset of the directory that follows the one at `offset`, or 0.
  func next(after offset: Int) -> Int {
    guard offset >= 8, offset + 2 <= bytes.count else { return 0 }
    return number(at: offset + 2 + 12 * number(at: offset, count: 2), count: 4)
  }

  private func number(at offset: Int, count: Int) -> Int {
    guard offset >= 0, offset + count <= bytes.count else { return 0 }
    let digits = bytes[offset..<(offset + count)]
    let add = { (sum: Int, byte: UInt8) in sum << 8 | Int(byte) }
    return isLittleEndian ? digits.reversed().reduce(0, add) : digits.reduce(0, add)
  }
}
