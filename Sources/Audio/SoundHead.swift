extension SoundFormat {
  /// How much may stand before the first sound, in bytes: pictures of covers among it.
  static let longestHead = 4 << 20

  /// Whether a file of this form that begins so holds sound, and not only what stands before it.
  ///
  /// Known of WAV, FLAC (RFC 9639 §8), MP3 behind tags (ID3v2.4.0 §3.1) and Ogg (RFC 3533 §6); any byte of
  /// another form counts as sound.
  package func holdsSound(_ bytes: [UInt8]) -> Bool {
    let offset: Int? =
      switch self {
      case .wav: WaveHeader.sampleOffset(in: bytes)
      case .flac: Self.endOfFLACHead(bytes)
      case .mp3: Self.endOfTags(bytes)
      case .ogg: Self.endOfOggHead(bytes)
      case .aac, .m4a, .webm, .pcm: 0
      }
    return offset.map { bytes.count > $0 } ?? false
  }

  /// Where the blocks of metadata end; nil where `bytes` end before.
  private static func endOfFLACHead(_ bytes: [UInt8]) -> Int? {
    var position = 4
    while position + 4 <= bytes.count {
      let isLast = bytes[position] & 0x80 != 0
      position += 4 + bytes[position + 1..<position + 4].reduce(0) { $0 << 8 | Int($1) }
      if isLast { return position }
    }
    return nil
  }

  /// Where a tag ends that may stand before the frames; 0 where there is none, nil where `bytes` end before.
  static func endOfTags(_ bytes: [UInt8]) -> Int? {
    guard bytes.starts(with: "ID3".utf8) else { return 0 }
    guard bytes.count >= 10 else { return nil }
    let hasFooter = bytes[5] & 0x10 != 0
    return bytes[6..<10].reduce(0) { $0 << 7 | Int($1 & 0x7F) } + (hasFooter ? 20 : 10)
  }

  /// Where the pages of headers end: they stand at 0, or end inside of a packet.
  private static func endOfOggHead(_ bytes: [UInt8]) -> Int? {
    var position = 0
    while position + 27 <= bytes.count {
      let time = bytes[position + 6..<position + 14]
      guard time.allSatisfy({ $0 == 0 }) || time.allSatisfy({ $0 == 0xFF }) else { return position }
      let lengths = position + 27..<position + 27 + Int(bytes[position + 26])
      guard lengths.upperBound <= bytes.count else { return nil }
      position = lengths.upperBound + bytes[lengths].reduce(0) { $0 + Int($1) }
    }
    return nil
  }
}
