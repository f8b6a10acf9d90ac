import Audio
import Testing

@Suite struct SoundFormatTests {
  static let signatures: [(SoundFormat, [UInt8])] = [
    (.wav, Array("RIFF....WAVEfmt ".utf8)), (.flac, Array("fLaC".utf8)),
    (.ogg, Array("OggS".utf8)), (.m4a, Array("....ftypM4A ".utf8)),
    (.webm, [0x1A, 0x45, 0xDF, 0xA3]), (.mp3, Array("ID3".utf8)), (.mp3, [0xFF, 0xFB, 0x90]),
    (.aac, [0xFF, 0xF1, 0x50]),
  ]

  @Test(arguments: signatures)
  func `Sound is told by its first bytes`(format: SoundFormat, bytes: [UInt8]) {
    #expect(SoundFormat(signature: bytes) == format)
  }

  @Test(arguments: ["", "{", "<html>", "hello", "RIFF....AVI "])
  func `What is no sound is none`(text: String) {
    #expect(SoundFormat(signature: Array(text.utf8)) == nil)
  }

  @Test func `A header of a WAV is read as it is written`() throws {
    let header = WaveHeader(channels: 2, rate: 44_100, bits: 16, byteCount: 400)
    #expect(header.bytes.count == 44)
    #expect(WaveHeader(header.bytes) == header)
    #expect(header.bytesPerSecond == 176_400)
  }

  @Test func `A length that stands for a stream is none`() throws {
    #expect(WaveHeader(WaveHeader(byteCount: nil).bytes)?.byteCount == nil)
    #expect(try #require(WaveHeader(WaveHeader(byteCount: nil).bytes)).offset == 44)
    #expect(WaveHeader(WaveHeader(byteCount: 0).bytes)?.byteCount == nil)
  }

  @Test func `Chunks before the samples are passed, and what cannot be sound is refused`() {
    var bytes = WaveHeader(byteCount: 8).bytes
    bytes.insert(contentsOf: Array("LIST".utf8) + [3, 0, 0, 0, 1, 2, 3, 0], at: 36)
    #expect(WaveHeader(bytes)?.offset == 56)
    bytes = WaveHeader(byteCount: 8).bytes
    bytes[22] = 0
    #expect(WaveHeader(bytes) == nil)
    #expect(WaveHeader(Array(WaveHeader().bytes.prefix(40))) == nil)
    #expect(WaveHeader([]) == nil)
  }

  @Test func `Samples in floating point keep their encoding, also where the header is extensible`()
    throws
  {
    var header = WaveHeader(channels: 1, rate: 48_000, bits: 32, byteCount: 4)
    header.encoding = 3
    #expect(WaveHeader(header.bytes) == header)
    #expect(!header.hasSamples(like: WaveHeader(channels: 1, rate: 48_000, bits: 32)))
    var bytes = header.bytes
    // The extensible form: the tag stands first in the identifier, 24 bytes behind (mmreg.h).
    bytes.replaceSubrange(20..<22, with: [0xFE, 0xFF])
    bytes[16] = 40
    bytes.insert(
      contentsOf: [22, 0, 32, 0, 0, 0, 0, 0, 3, 0] + [UInt8](repeating: 9, count: 14), at: 36)
    #expect(try #require(WaveHeader(bytes)).encoding == 3)
  }

  struct Head: CustomTestStringConvertible, Sendable {
    let format: SoundFormat
    let head: [UInt8]
    var testDescription: String { format.rawValue }
  }

  static let heads = [
    Head(format: .wav, head: WaveHeader().bytes),
    Head(
      format: .flac,
      head: Array("fLaC".utf8) + [0, 0, 0, 2, 1, 2] + [0x84, 0, 0, 3, 1, 2, 3]),
    Head(
      format: .mp3,
      head: Array("ID3".utf8) + [4, 0, 0, 0, 0, 1, 2] + [UInt8](repeating: 0, count: 130)),
    Head(
      format: .ogg,
      head: Array("OggS".utf8) + [0, 2] + [UInt8](repeating: 0, count: 20) + [1, 3, 1, 2, 3]
        + Array("OggS".utf8) + [0, 0] + [UInt8](repeating: 0xFF, count: 8)
        + [UInt8](repeating: 0, count: 12) + [2, 1, 1, 7, 7]),
  ]

  @Test(arguments: heads)
  func `What stands before the first sound is no sound`(head: Head) {
    for count in 4...head.head.count {
      #expect(!head.format.holdsSound(Array(head.head.prefix(count))), "\(count)")
    }
    let page = Array("OggS".utf8) + [0, 0, 9] + [UInt8](repeating: 0, count: 19) + [1, 1, 5]
    #expect(head.format.holdsSound(head.head + (head.format == .ogg ? page : [0xFF])))
  }
}
