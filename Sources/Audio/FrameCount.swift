import Files

/// How long encoded sound is, by counting its frames: what a file claims of itself may be wrong or missing.
///
/// Known of MPEG audio (ISO/IEC 11172-3 §2.4.1, 13818-3), AAC in ADTS (ISO/IEC 13818-7 §6.2), and Opus and
/// Vorbis in Ogg (RFC 3533 §6, RFC 7845 §4, Vorbis I §A.2); of another form only a decoder can tell.
struct FrameCount: ~Copyable {
  /// So many bytes that are no frames are passed over, in all.
  private static let mostLost = 1 << 20

  private var window: FileWindow
  private let format: SoundFormat

  /// Counts the frames of a file of that form.
  init(_ format: SoundFormat, at path: String) throws(FileError) {
    window = try FileWindow(path)
    self.format = format
  }

  /// The length in seconds; nil where nobody can tell, and where less than half of the file is frames.
  mutating func seconds() throws(FileError) -> Double? {
    let seconds: Double? =
      switch format {
      case .mp3: try frames { MPEGFrame($0) }
      case .aac: try frames { MPEGFrame(aac: $0) }
      case .ogg: try pages()
      case .wav, .flac, .m4a, .webm, .pcm: nil
      }
    return SoundLength.seconds(seconds).flatMap { $0 > 0 ? $0 : nil }
  }

  private mutating func frames(_ read: ([UInt8]) -> MPEGFrame?) throws(FileError) -> Double? {
    var (offset, lost, found) = (try endOfTags(), 0, 0)
    var seconds = 0.0
    var isLost = true
    while lost <= Self.mostLost {
      let bytes = try window.bytes(at: offset, count: MPEGFrame.headLength)
      guard bytes.count == MPEGFrame.headLength else { break }
      if let frame = read(bytes), isLost ? try follows(frame, at: offset, read) : true {
        // The last one may be cut, as of a recorder that was killed.
        guard offset + frame.length <= window.byteCount else { break }
        seconds += frame.seconds
        found += frame.length
        offset += frame.length
        isLost = false
      } else {
        (lost, offset, isLost) = (lost + 1, offset + 1, true)
      }
    }
    return found >= window.byteCount / 2 ? seconds : nil
  }

  /// Whether another frame, or the end of the file, stands behind a frame.
  private mutating func follows(
    _ frame: MPEGFrame, at offset: Int, _ read: ([UInt8]) -> MPEGFrame?
  ) throws(FileError) -> Bool {
    let next = offset + frame.length
    if next == window.byteCount { return true }
    return read(try window.bytes(at: next, count: MPEGFrame.headLength)) != nil
  }

  /// Where a tag with titles and pictures ends, which may stand before the frames (ID3v2.4.0 §3.1).
  private mutating func endOfTags() throws(FileError) -> Int {
    SoundFormat.endOfTags(try window.bytes(at: 0, count: 10)) ?? 0
  }

  /// The pages of an Ogg tell the number of the last sample in them.
  private mutating func pages() throws(FileError) -> Double? {
    var offset = 0
    var (seconds, last) = (0.0, OggPage.Stream?.none)
    while let page = OggPage(try window.bytes(at: offset, count: OggPage.longestHead)) {
      if let stream = page.stream {
        // One stream behind another.
        seconds += last?.seconds ?? 0
        last = stream
      } else if let position = page.position {
        last?.position = position
      }
      offset += page.length
    }
    return last.map { seconds + $0.seconds }
  }
}

/// A frame of MPEG audio of layers II and III, or of AAC.
private struct MPEGFrame {
  static let headLength = 7

  let length: Int
  let seconds: Double

  init?(_ head: [UInt8]) {
    guard head.count >= 4, head[0] == 0xFF, head[1] & 0xE0 == 0xE0 else { return nil }
    let (version, layer) = (head[1] >> 3 & 3, head[1] >> 1 & 3)
    let (rate, speed) = (Int(head[2] >> 4), Int(head[2] >> 2 & 3))
    guard version != 1, layer == 1 || layer == 2, (1...14).contains(rate), speed < 3 else {
      return nil
    }
    let isFirst = version == 3
    let kilobits = (isFirst ? (layer == 2 ? Self.layerII : Self.layerIII) : Self.lowRates)[rate]
    let samplesPerSecond = [44_100, 48_000, 32_000][speed] >> (isFirst ? 0 : version == 2 ? 1 : 2)
    let samples = layer == 1 && !isFirst ? 576 : 1_152
    length = samples / 8 * kilobits * 1_000 / samplesPerSecond + Int(head[2] >> 1 & 1)
    seconds = Double(samples) / Double(samplesPerSecond)
  }

  init?(aac head: [UInt8]) {
    guard head.count >= 7, head[0] == 0xFF, head[1] & 0xF6 == 0xF0 else { return nil }
    let speed = Int(head[2] >> 2 & 15)
    guard Self.aacRates.indices.contains(speed) else { return nil }
    length = Int(head[3] & 3) << 11 | Int(head[4]) << 3 | Int(head[5]) >> 5
    guard length > Self.headLength else { return nil }
    seconds = 1_024 * Double(head[6] & 3 + 1) / Double(Self.aacRates[speed])
  }

  private static let layerII = [
    0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384,
  ]
  private static let layerIII = [
    0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320,
  ]
  /// Of MPEG-2 and 2.5, layers II and III.
  private static let lowRates = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160]
  private static let aacRates = [
    96_000, 88_200, 64_000, 48_000, 44_100, 32_000, 24_000, 22_050, 16_000, 12_000, 11_025, 8_000,
    7_350,
  ]
}

/// A page of an Ogg.
private struct OggPage {
  /// The head with the most lengths, and the first packet of a stream behind it.
  static let longestHead = 27 + 255 + 19

  /// The sound of a stream: how many samples a second, and how many of them are none.
  struct Stream {
    let rate: Int
    let skipped: Int
    var position = 0

    var seconds: Double { max(0, Double(position - skipped)) / Double(rate) }
  }

  let length: Int
  /// The number of the last sample that ends in it; nil where none does.
  let position: Int?
  /// The stream that begins with it, of a codec that is known.
  let stream: Stream?

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 27, bytes.starts(with: "OggS".utf8) else { return nil }
    let lengths = 27..<27 + Int(bytes[26])
    guard lengths.upperBound <= bytes.count else { return nil }
    length = lengths.upperBound + bytes[lengths].reduce(0) { $0 + Int($1) }
    let number = Self.number(bytes[6..<14])
    position = number <= UInt64(Int32.max) << 16 ? Int(number) : nil
    let packet = Array(bytes[lengths.upperBound...])
    if packet.count >= 19, packet.starts(with: "OpusHead".utf8) {
      stream = Stream(rate: 48_000, skipped: Int(Self.number(packet[10..<12])))
    } else if packet.count >= 16, packet.starts(with: [1] + Array("vorbis".utf8)) {
      let rate = Int(Self.number(packet[12..<16]))
      stream = rate > 0 ? Stream(rate: rate, skipped: 0) : nil
    } else {
      stream = nil
    }
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}

/// A file of which a part is held, so that small pieces of it are read without asking the system for each.
private struct FileWindow: ~Copyable {
  private static let length = 64 << 10

  let byteCount: Int
  private var source: FileSource
  private var start = 0
  private var held: [UInt8] = []

  init(_ path: String) throws(FileError) {
    let file = try FileSource(path)
    byteCount = try file.byteCount()
    source = file
  }

  /// So many bytes; fewer at the end of the file.
  mutating func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    if offset < start || offset + count > start + held.count {
      source.skip(to: offset)
      (start, held) = (offset, try source.read(upTo: Self.length))
    }
    return Array(held.dropFirst(offset - start).prefix(count))
  }
}
