/// Walks over the directories of a TIFF (TIFF 6.0 §2), with those that cameras and DNG add to it.
struct RawDirectories {
  let isLittleEndian: Bool
  /// Of JPEGs that the directories name.
  private(set) var previews: [Range<Int>] = []
  private(set) var orientation = Orientation.upright
  private var hasMake = false
  private var hasSubdirectories = false
  private var isDNG = false
  private var seen: Set<Int> = []

  /// A scanner's TIFF has neither of these.
  var isRaw: Bool { isDNG || (hasMake && hasSubdirectories) }

  init(isLittleEndian: Bool) {
    self.isLittleEndian = isLittleEndian
  }

  /// A directory's numbers that tell where a JPEG is.
  private struct Places {
    var compression = 0
    var strip: Int?
    var stripLength: Int?
    var jpeg: Int?
    var jpegLength: Int?
  }

  mutating func walk(_ reader: inout HeaderReader) throws(PictureError) {
    var open = [try number(&reader, at: 4, count: 4)]
    // Circles and towers end here.
    while let offset = open.popLast(), seen.count < 32 {
      guard offset >= 8, offset < reader.byteCount, seen.insert(offset).inserted else { continue }
      open += try readDirectory(&reader, at: offset)
    }
  }

  /// Takes one directory; the offsets of those that it names.
  private mutating func readDirectory(
    _ reader: inout HeaderReader, at offset: Int
  ) throws(PictureError) -> [Int] {
    let count = try min(number(&reader, at: offset, count: 2), 512)
    var places = Places()
    var next: [Int] = [try number(&reader, at: offset + 2 + 12 * count, count: 4)]
    for index in 0..<count {
      next += try readEntry(&reader, at: offset + 2 + 12 * index, &places, isFirst: seen.count == 1)
    }
    if let start = places.jpeg, let length = places.jpegLength {
      previews.append(start..<(start + length))
    }
    if [6, 7].contains(places.compression), let start = places.strip,
      let length = places.stripLength
    {
      previews.append(start..<(start + length))
    }
    return next
  }

  private mutating func readEntry(
    _ reader: inout HeaderReader, at place: Int, _ places: inout Places, isFirst: Bool
  ) throws(PictureError) -> [Int] {
    let count = try number(&reader, at: place + 4, count: 4)
    let short = try number(&reader, at: place + 8, count: 2)
    let long = try number(&reader, at: place + 8, count: 4)
    let value = try number(&reader, at: place + 2, count: 2) == 3 ? short : long
    switch try number(&reader, at: place, count: 2) {
    case 0x002E: previews.append(long..<(long + count))  // Panasonic's JpgFromRaw.
    case 0x0103: places.compression = value
    case 0x010F: hasMake = true
    case 0x0111 where count == 1: places.strip = value
    case 0x0117 where count == 1: places.stripLength = value
    case 0x0112 where isFirst: orientation = Orientation(rawValue: short) ?? .upright
    case 0x0201: places.jpeg = long
    case 0x0202: places.jpegLength = long
    case 0xC612: isDNG = true
    case 0x014A:
      hasSubdirectories = true
      guard count > 1 else { return [long] }
      var offsets: [Int] = []
      for index in 0..<min(count, 8) {
        offsets.append(try number(&reader, at: long + 4 * index, count: 4))
      }
      return offsets
    default: break
    }
    return []
  }

  private func number(
    _ reader: inout HeaderReader, at offset: Int, count: Int
  ) throws(PictureError) -> Int {
    try
      (isLittleEndian
      ? reader.littleEndian(at: offset, count: count)
      : reader.bigEndian(at: offset, count: count)) ?? 0
  }
}
