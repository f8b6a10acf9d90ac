/// Pictures that the tests make themselves.
enum Samples {
  /// A white PNG, its pixels stored without compression (PNG 3rd edition §5, RFC 1950, RFC 1951).
  static func png(_ width: Int, _ height: Int) -> [UInt8] {
    let row = [0] + [UInt8](repeating: 255, count: width)
    let pixels = (0..<height).flatMap { _ in row }
    let deflated = [0x78, 0x01] + stored(pixels) + bytes(adler32(pixels))
    let header = bytes(UInt32(width)) + bytes(UInt32(height)) + [8, 0, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", header) + chunk("IDAT", deflated) + chunk("IEND", [])
  }

  /// A WAV of 16,000 samples a second in one channel, 16 bits each, with a sound like a saw; its header says
  /// `length` bytes where one is given.
  static func wave(seconds: Double, length: UInt32? = nil) -> [UInt8] {
    func little(_ number: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: number.littleEndian) { Array($0) }
    }
    let samples = (0..<Int(seconds * 16_000)).flatMap { little(Int16($0 % 160 * 100 - 8_000)) }
    let count = length ?? UInt32(samples.count)
    let format = little(UInt32(16)) + little(UInt16(1)) + little(UInt16(1)) + little(UInt32(16_000))
    return Array("RIFF".utf8) + little(count &+ 36) + Array("WAVEfmt ".utf8) + format
      + little(UInt32(32_000)) + little(UInt16(2)) + little(UInt16(16)) + Array("data".utf8)
      + little(count) + samples
  }

  /// A PNG of one grey whose every pixel is as opaque as `alpha` says, the first one as `first` does.
  static func mask(_ width: Int, _ height: Int, alpha: UInt8, first: UInt8? = nil) -> [UInt8] {
    let row: [UInt8] = [0] + (0..<width).flatMap { _ -> [UInt8] in [0, alpha] }
    var pixels: [UInt8] = (0..<height).flatMap { _ -> [UInt8] in row }
    if let first { pixels[2] = first }
    let deflated: [UInt8] = [0x78, 0x01] + stored(pixels) + bytes(adler32(pixels))
    let header: [UInt8] =
      bytes(UInt32(width)) + bytes(UInt32(height)) + [8, 4, 0, 0, 0]
    return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
      + chunk("IHDR", header) + chunk("IDAT", deflated) + chunk("IEND", [])
  }

  /// A GIF of one pixel.
  static func gif(frameCount: Int) -> [UInt8] {
    let screen: [UInt8] = [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
    let control: [UInt8] = [0x21, 0xF9, 4, 0, 10, 0, 0, 0]
    let frame: [UInt8] = [0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0]
    let frames = (0..<frameCount).flatMap { _ in control + frame }
    return Array("GIF89a".utf8) + screen + frames + [0x3B]
  }

  /// The boxes of a HEIC as far as its size is told (ISO/IEC 23008-12 §6.5); there are no pixels.
  static func heic(_ width: Int, _ height: Int) -> [UInt8] {
    let plain: [UInt8] = [0, 0, 0, 0]
    let first: [UInt8] = [0, 1]
    let size = box("ispe", plain + bytes(UInt32(width)) + bytes(UInt32(height)))
    let uses = box("ipma", plain + bytes(UInt32(1)) + first + [1, 1])
    let properties = box("iprp", box("ipco", size) + uses)
    return box("ftyp", Array("heic".utf8) + plain + Array("mif1heic".utf8))
      + box("meta", plain + box("pitm", plain + first) + properties)
  }

  private static func box(_ name: String, _ contents: [UInt8]) -> [UInt8] {
    bytes(UInt32(contents.count + 8)) + Array(name.utf8) + contents
  }

  /// Blocks of at most 65,535 bytes as they are (RFC 1951 §3.2.4).
  private static func stored(_ data: [UInt8]) -> [UInt8] {
    stride(from: 0, to: data.count, by: 65_535).flatMap { start -> [UInt8] in
      let block = data[start..<min(data.count, start + 65_535)]
      let length = UInt16(block.count)
      let isLast: UInt8 = block.endIndex == data.count ? 1 : 0
      return [isLast] + bytes(length.byteSwapped) + bytes((~length).byteSwapped) + block
    }
  }

  private static func chunk(_ name: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(name.utf8) + data
    return bytes(UInt32(data.count)) + body + bytes(crc32(body))
  }

  private static func bytes(_ number: some FixedWidthInteger) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }

  /// CRC-32 (PNG, annex D), by loops without closures: in a debug build those cost ten times as much.
  private static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc = UInt32.max
    bytes.withUnsafeBufferPointer { buffer in
      var place = 0
      while place < buffer.count {
        crc = remainders[Int(UInt8(truncatingIfNeeded: crc) ^ buffer[place])] ^ crc >> 8
        place += 1
      }
    }
    return ~crc
  }

  private static let remainders: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { crc, _ in
      crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1
    }
  }

  private static func adler32(_ bytes: [UInt8]) -> UInt32 {
    var (low, high): (UInt32, UInt32) = (1, 0)
    bytes.withUnsafeBufferPointer { buffer in
      var place = 0
      while place < buffer.count {
        low = (low + UInt32(buffer[place])) % 65_521
        high = (high + low) % 65_521
        place += 1
      }
    }
    return high << 16 | low
  }
}
