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
}
