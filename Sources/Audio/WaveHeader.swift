/// What stands before the samples of a WAV (Microsoft, "Multiple Channel Audio Data and WAVE Files").
package struct WaveHeader: Equatable, Sendable {
  package var channels: Int
  /// Samples of each channel a second.
  package var rate: Int
  package var bits: Int
  /// How a sample is written: 1 for whole numbers, 3 for floating point (RFC 2361).
  package var encoding = 1
  /// Where the samples begin.
  package var offset: Int
  /// How many bytes of samples the header promises; nil where it stands for a stream without a length
  /// (0, or all ones).
  package var byteCount: Int?

  package init(channels: Int = 1, rate: Int = 24_000, bits: Int = 16, byteCount: Int? = nil) {
    self.channels = channels
    self.rate = rate
    self.bits = bits
    offset = 44
    self.byteCount = byteCount
  }

  /// How many bytes a second of sound takes.
  package var bytesPerSecond: Int { channels * rate * bits / 8 }

  /// Reads the chunks up to the samples; nil where `bytes` have none, or what they say is no sound that can
  /// be counted.
  package init?(_ bytes: [UInt8]) {
    guard SoundFormat(signature: bytes) == .wav else { return nil }
    var position = 12
    var format: (channels: Int, rate: Int, bits: Int)?
    var encoding = 1
    while let size = bytes.number(at: position + 4, width: 4) {
      let name = bytes[position..<position + 4]
      let body = position + 8
      if name.elementsEqual("fmt ".utf8) {
        guard let channels = bytes.number(at: body + 2, width: 2),
          let rate = bytes.number(at: body + 4, width: 4),
          let bits = bytes.number(at: body + 14, width: 2)
        else { return nil }
        format = (channels, rate, bits)
        encoding = Self.encoding(bytes, at: body, size: size)
      } else if name.elementsEqual("data".utf8) {
        guard let format, (1...64).contains(format.channels), format.bits % 8 == 0,
          (8...64).contains(format.bits), (100...1_000_000).contains(format.rate)
        else { return nil }
        self.init(channels: format.channels, rate: format.rate, bits: format.bits)
        self.encoding = encoding
        offset = body
        byteCount = size == 0 || size >= 0xFFFF_FF00 ? nil : size
        return
      }
      position = body + size + size % 2
    }
    return nil
  }

  /// The number that tells how samples are written; the extensible form has it in its identifier.
  private static func encoding(_ bytes: [UInt8], at body: Int, size: Int) -> Int {
    let tag = bytes.number(at: body, width: 2) ?? 1
    guard tag == 0xFFFE, size >= 26 else { return tag }
    return bytes.number(at: body + 24, width: 2) ?? 1
  }

  /// Where the samples begin, however they are written; nil where `bytes` end before.
  static func sampleOffset(in bytes: [UInt8]) -> Int? {
    var position = 12
    while let size = bytes.number(at: position + 4, width: 4) {
      if bytes[position..<position + 4].elementsEqual("data".utf8) { return position + 8 }
      position += 8 + size + size % 2
    }
    return nil
  }

  /// Whether the samples of the two may stand behind one another.
  package func hasSamples(like other: WaveHeader) -> Bool {
    (channels, rate, bits, encoding) == (other.channels, other.rate, other.bits, other.encoding)
  }

  /// A header of 44 bytes; one without a length says the largest that there is, as streams do.
  package var bytes: [UInt8] {
    func little(_ number: Int, _ width: Int) -> [UInt8] {
      (0..<width).map { UInt8(truncatingIfNeeded: number >> ($0 * 8)) }
    }
    let length = byteCount ?? 0xFFFF_FFFF - 36
    return Array("RIFF".utf8) + little(length + 36, 4) + Array("WAVEfmt ".utf8) + little(16, 4)
      + little(encoding, 2) + little(channels, 2) + little(rate, 4) + little(bytesPerSecond, 4)
      + little(channels * bits / 8, 2) + little(bits, 2) + Array("data".utf8) + little(length, 4)
  }
}

extension [UInt8] {
  /// The little-endian number of so many bytes; nil where they are not all there.
  fileprivate func number(at offset: Int, width: Int) -> Int? {
    guard offset >= 0, offset + width <= count else { return nil }
    return (0..<width).reduce(0) { $0 | Int(self[offset + $1]) << ($1 * 8) }
  }
}
