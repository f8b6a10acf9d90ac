import Conversation

/// Reads the header of Netpbm's formats (pbm(5), pgm(5), ppm(5)): numbers between blanks and comments.
struct PNMHeader {
  private let bytes: [UInt8]
  private var place = 2

  /// The picture's header, or nil where the bytes are none.
  static func read(_ reader: inout HeaderReader) throws(PictureError) -> PictureInspection? {
    let start = try Array(reader.bytes(at: 0, count: 1024))
    guard start.count > 2, start[0] == UInt8(ascii: "P"), (0x31...0x36).contains(start[1]) else {
      return nil
    }
    var header = Self(bytes: start)
    guard let width = header.number(), let height = header.number() else { return nil }
    let hasColours = (start[1] - 0x30).isMultiple(of: 3)
    return PictureInspection(
      format: .pnm, storedSize: PixelSize(width: width, height: height),
      byteCount: reader.byteCount, layout: hasColours ? .rgb : .grey)
  }

  private init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  /// The next number, which a blank ends; nil where something else stands there.
  private mutating func number() -> Int? {
    var hasBlank = false
    while place < bytes.count, Self.isBlank(bytes[place]) || bytes[place] == UInt8(ascii: "#") {
      if bytes[place] == UInt8(ascii: "#") {
        place = bytes[place...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
      }
      hasBlank = true
      place += 1
    }
    let digits = bytes[min(place, bytes.count)...].prefix { (0x30...0x39).contains($0) }
    guard hasBlank, (1...6).contains(digits.count) else { return nil }
    place += digits.count
    guard place < bytes.count, Self.isBlank(bytes[place]) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || (0x09...0x0D).contains(byte)
  }
}
