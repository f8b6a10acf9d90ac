import Audio
import Foundation
import Testing

/// How long recordings are, by their frames.
@Suite struct RecordingLengthTests {
  private func seconds(_ bytes: [UInt8]) throws -> Double? {
    let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: url) }
    try Data(bytes).write(to: url)
    return try Recording(path: url.path).seconds
  }

  /// Whether the length is that but for the rounding of a sum.
  private func isNear(_ bytes: [UInt8], _ length: Double) throws -> Bool {
    try seconds(bytes).map { abs($0 - length) < 1e-6 } ?? false
  }

  /// A frame of MPEG-1 layer III, of 128 kbit/s and 44,100 samples a second: 1,152 samples in 417 bytes.
  private static let mp3: [UInt8] = [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0x55, count: 413)
  /// A frame of MPEG-2 layer III, of 64 kbit/s and 24,000 samples a second: 576 samples in 192 bytes.
  private static let slow: [UInt8] =
    [0xFF, 0xF3, 0x84, 0x00] + [UInt8](repeating: 0x55, count: 188)
  /// A frame of AAC in ADTS, 48,000 samples a second: 1,024 samples in 100 bytes.
  private static let aac: [UInt8] =
    [0xFF, 0xF1, 0x4C, 0x80, 0x0C, 0x9F, 0xFC] + [UInt8](repeating: 0x55, count: 93)

  private func frames(_ frame: [UInt8], _ count: Int) -> [UInt8] {
    Array(repeatElement(frame, count: count).joined())
  }

  @Test func `MP3 and AAC are as long as their frames, without their tags`() throws {
    let length = 100 * 1_152 / 44_100.0
    let tag = Array("ID3".utf8) + [4, 0, 0, 0, 0, 2, 0] + [UInt8](repeating: 0, count: 256)
    let title = Array("TAG".utf8) + [UInt8](repeating: 0x20, count: 125)
    #expect(try isNear(frames(Self.mp3, 100), length))
    #expect(try isNear(tag + frames(Self.mp3, 100) + title, length))
    #expect(try isNear(frames(Self.slow, 50), (50 * 576 / 24_000.0)))
    #expect(try isNear(frames(Self.aac, 60), (60 * 1_024 / 48_000.0)))
  }

  @Test func `What is damaged in the middle is passed over, and what is cut does not count`() throws
  {
    let length = 100 * 1_152 / 44_100.0
    let damage = [UInt8](repeating: 7, count: 900)
    #expect(
      try isNear(frames(Self.mp3, 60) + damage + frames(Self.mp3, 40), length))
    #expect(try isNear(frames(Self.mp3, 100) + Self.mp3.prefix(200), length))
    #expect(try seconds(Self.mp3 + [UInt8](repeating: 7, count: 9_000)) == nil)
    #expect(try seconds([0xFF, 0xFB, 0x90, 0]) == nil)
  }

  /// A page with one packet.
  private func page(_ position: Int64, _ packet: [UInt8]) -> [UInt8] {
    let number = (0..<8).map { UInt8(truncatingIfNeeded: position >> ($0 * 8)) }
    return Array("OggS".utf8) + [0, 0] + number + [UInt8](repeating: 0, count: 12)
      + [1, UInt8(packet.count)] + packet
  }

  @Test func `Ogg is as long as its last page says`() throws {
    let opus = Array("OpusHead".utf8) + [1, 1, 0x38, 0x01, 0, 0, 0, 0, 0, 0, 0]
    let vorbis = [1] + Array("vorbis".utf8) + [0, 0, 0, 0, 1, 0x40, 0x1F, 0, 0] + [0, 0, 0]
    let stream = page(0, opus) + page(48_312, [1, 2, 3])
    #expect(try isNear(stream, 1.0))
    #expect(try isNear(stream + stream, 2.0))
    #expect(try isNear(page(0, vorbis) + page(-1, [1]) + page(12_000, [1]), 1.5))
    #expect(try seconds(page(0, [9, 9]) + page(12_000, [1])) == nil)
  }

  @Test func `Forms that ffmpeg converts are told by their bytes, and by nothing else`() throws {
    let rows: [([UInt8], ForeignSound?)] = [
      (Array("FORM".utf8) + [0, 0, 1, 0] + Array("AIFFCOMM".utf8), .aiff),
      (Array("FORM".utf8) + [0, 0, 1, 0] + Array("AIFCFVER".utf8), .aiff),
      (Array(".snd".utf8) + [0, 0, 0, 24], .au), (Array("caff".utf8) + [0, 1, 0, 0], .caf),
      (Array("#!AMR\n".utf8), .amr), (Array("wvpk".utf8), .wavPack),
      (Array("RIFF....WAVE".utf8), nil), (Array("words".utf8), nil), ([], nil),
    ]
    for (bytes, form) in rows { #expect(ForeignSound(signature: bytes) == form) }
  }
}
