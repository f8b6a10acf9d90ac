import Conversation

/// Writes PNG files (W3C PNG, third edition), compressed as far as runs of equal bytes go.
///
/// By hand, for the demo shares no code with the client, whose reading of pictures it tests.
enum DemoPNG {
  static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  static func encode(_ canvas: DemoCanvas) -> [UInt8] {
    var header = bigEndian(UInt32(canvas.size.width)) + bigEndian(UInt32(canvas.size.height))
    // Eight bits a channel, red, green and blue, not interlaced.
    header += [8, 2, 0, 0, 0]
    return signature + chunk("IHDR", header) + chunk("IDAT", compressed(filtered(canvas)))
      + chunk("IEND", [])
  }

  /// The rows, each as its difference from the row above (filter type 2): equal rows become zeros.
  private static func filtered(_ canvas: DemoCanvas) -> [UInt8] {
    let row = canvas.size.width * 3
    let pixels = canvas.pixels
    return [UInt8](unsafeUninitializedCapacity: (row + 1) * canvas.size.height) { buffer, count in
      pixels.withUnsafeBufferPointer { pixels in
        for y in 0..<canvas.size.height {
          buffer[count] = 2
          count += 1
          for place in y * row..<(y + 1) * row {
            buffer[count] = pixels[place] &- (y == 0 ? 0 : pixels[place - row])
            count += 1
          }
        }
      }
    }
  }

  /// A zlib stream (RFC 1950) of one block with fixed codes (RFC 1951 §3.2.6), whose only matches are
  /// runs.
  private static func compressed(_ bytes: [UInt8]) -> [UInt8] {
    var bits = BitWriter()
    bits.bytes = [0x78, 0x01]
    bits.write(0b011, count: 3)
    bytes.withUnsafeBufferPointer { buffer in
      var place = 0
      while place < buffer.count {
        bits.write(literal: buffer[place])
        var end = place + 1
        while end < buffer.count, buffer[end] == buffer[place] { end += 1 }
        var run = end - place - 1
        // In steps of 258 and of 10: the lengths between would need more codes than they save.
        while run >= 10 {
          bits.write(isLongRun: run >= 258)
          run -= run >= 258 ? 258 : 10
        }
        for _ in 0..<run { bits.write(literal: buffer[place]) }
        place = end
      }
    }
    bits.write(0, count: 7)
    bits.flush()
    return bits.bytes + bigEndian(adler(bytes))
  }

  /// RFC 1950 §8.2.
  private static func adler(_ bytes: [UInt8]) -> UInt32 {
    var (first, second): (UInt32, UInt32) = (1, 0)
    bytes.withUnsafeBufferPointer { buffer in
      for (place, byte) in buffer.enumerated() {
        first &+= UInt32(byte)
        second &+= first
        // The sums stay below 2³² for 5,552 bytes.
        if place % 5_000 == 4_999 { (first, second) = (first % 65_521, second % 65_521) }
      }
    }
    return (second % 65_521) << 16 | first % 65_521
  }

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let named = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + named + bigEndian(check(named))
  }

  /// CRC-32 (PNG, annex D).
  private static func check(_ bytes: [UInt8]) -> UInt32 {
    var value = UInt32.max
    for byte in bytes {
      value = table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8
    }
    return ~value
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ value >> 1 : value >> 1
    }
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) }
  }
}

/// Bits of a deflate stream, the lowest of each byte first (RFC 1951 §3.1.1).
private struct BitWriter {
  var bytes: [UInt8] = []
  private var pending: UInt32 = 0
  private var count = 0

  mutating func write(_ bits: UInt32, count: Int) {
    pending |= bits << self.count
    self.count += count
    while self.count >= 8 {
      bytes.append(UInt8(truncatingIfNeeded: pending))
      pending >>= 8
      self.count -= 8
    }
  }

  /// A byte by the fixed codes: eight bits up to 143, nine above.
  mutating func write(literal byte: UInt8) {
    let value = UInt32(byte)
    if value < 144 {
      write(reversed: 0x30 + value, count: 8)
    } else {
      write(reversed: 0x190 + value - 144, count: 9)
    }
  }

  /// The last byte 258 times more, or 10 times: length codes 285 and 264, distance code 0.
  mutating func write(isLongRun: Bool) {
    if isLongRun {
      write(reversed: 0b1100_0101, count: 8)
    } else {
      write(reversed: 0b000_1000, count: 7)
    }
    write(reversed: 0, count: 5)
  }

  mutating func flush() {
    if count > 0 { write(0, count: 8 - count) }
  }

  /// Codes go with their highest bit first.
  private mutating func write(reversed code: UInt32, count: Int) {
    var reversed: UInt32 = 0
    for bit in 0..<count { reversed |= (code >> bit & 1) << (count - 1 - bit) }
    write(reversed, count: count)
  }
}
