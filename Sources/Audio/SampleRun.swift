/// The samples of one piece of sound as they come: whole ones, up to where its header says that they end.
///
/// A sample that is cut would shift all that follow by a byte, and chunks behind the samples (RIFF allows
/// any) would be heard as noise. A header that promises too little, as of a stream, is told by what follows
/// its samples, which is no chunk then, or the next whole WAV.
struct SampleRun: Sendable {
  /// How many bytes a sample of all channels takes.
  private let width: Int
  /// Where the samples end, counted from the first byte of `held`; nil where nobody says.
  private var end: Int?
  /// Whether a byte that fills up stands behind the samples.
  private let isPadded: Bool
  /// What waits for the rest of a sample, or for what tells what stands behind them.
  private var held: [UInt8] = []
  private var isOver = false
  /// The start of a whole WAV that stands behind the samples, once it has come.
  private(set) var following: [UInt8]?

  /// The samples behind that header.
  init(_ header: WaveHeader) {
    width = max(1, header.channels * header.bits / 8)
    end = header.byteCount
    isPadded = header.byteCount?.isMultiple(of: 2) == false
  }

  /// The whole samples that these bytes complete.
  mutating func feed(_ bytes: [UInt8]) -> [UInt8] {
    guard !isOver else { return [] }
    held += bytes
    if let end, held.count >= end + Self.nameLength + (isPadded ? 1 : 0) { judge(end) }
    let most = min(end ?? held.count, held.count)
    let count = most - most % width
    end = end.map { $0 - count }
    defer { held.removeFirst(count) }
    return Array(held.prefix(count))
  }

  private static let nameLength = 4

  /// Tells by what stands behind `end` whether the samples do end there.
  private mutating func judge(_ end: Int) {
    let starts = isPadded ? [end, end + 1] : [end]
    guard let start = starts.first(where: { isChunk(at: $0) }) else {
      self.end = nil
      return
    }
    if held[start...].starts(with: "RIFF".utf8) { following = Array(held[start...]) }
    held.removeSubrange(end...)
    isOver = true
  }

  /// Whether a chunk's name stands there: four letters, digits or blanks.
  private func isChunk(at position: Int) -> Bool {
    let name = held[position..<position + Self.nameLength]
    return name.allSatisfy { byte in
      byte == 0x20 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    } && name.first != 0x20
  }
}

extension WaveHeader {
  /// The samples of a whole WAV that begins with this header.
  package func samples(of wave: [UInt8]) -> [UInt8] {
    var run = SampleRun(self)
    let samples = run.feed(Array(wave.dropFirst(offset)))
    guard let next = run.following, let header = WaveHeader(next) else { return samples }
    return samples + header.samples(of: next)
  }
}
