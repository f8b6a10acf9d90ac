import Audio
import ChatAPI
import Foundation
import JSON
import Testing

@Suite struct SpeechDecoderTests {
  private static let wave = WaveHeader(byteCount: 4).bytes + [1, 2, 3, 4]
  private static let encoded = Base64.text(of: wave)

  struct Row: CustomTestStringConvertible, Sendable {
    let name: String
    let mediaType: String
    let answer: [UInt8]
    var testDescription: String { name }

    init(_ name: String, _ mediaType: String, _ answer: String) {
      self.init(name, mediaType, Array(answer.utf8))
    }

    init(_ name: String, _ mediaType: String, _ answer: [UInt8]) {
      (self.name, self.mediaType, self.answer) = (name, mediaType, answer)
    }
  }

  static let events =
    #"data: {"type":"speech.audio.delta","audio":"\#(Base64.text(of: Array(wave.prefix(45))))"}"#
    + "\n\n"
    + #"data: {"type":"speech.audio.delta","audio":"\#(Base64.text(of: Array(wave.dropFirst(45))))"}"#
    + "\n\n" + #"data: {"type":"speech.audio.done","usage":{"total_tokens":3}}"# + "\n\n"

  static let rows = [
    Row("bytes", "audio/wav", wave), Row("bytes of any type", "application/octet-stream", wave),
    Row("bytes without a type", "", wave),
    Row("Mistral's JSON", "application/json", #"{"audio_data":"\#(encoded)"}"#),
    Row("JSON under a wrong type", "application/octet-stream", #" {"audio":"\#(encoded)"}"#),
    Row(
      "a data URL", "application/json", #"{"audio":{"data":"data:audio/wav;base64,\#(encoded)"}}"#),
    Row("events", "text/event-stream", events), Row("events under a wrong type", "", events),
  ]

  private func decode(
    _ row: Row, asked: SoundFormat = .wav, size: Int
  ) throws -> ([UInt8], SoundFormat?) {
    let provider = try Provider("http://s/v1")
    var decoder = SpeechDecoder(mediaType: row.mediaType, asked: asked, from: provider)
    var sound: [UInt8] = []
    for start in stride(from: 0, to: row.answer.count, by: size) {
      sound += try decoder.feed(Array(row.answer[start..<min(start + size, row.answer.count)]))
    }
    sound += try decoder.finish()
    if let fault = decoder.fault { throw fault }
    return (sound, decoder.format)
  }

  @Test(arguments: rows, [1, 7, 100_000])
  func `Sound is told by what came, however it was cut on the way`(row: Row, size: Int) throws {
    let (sound, format) = try decode(row, size: size)
    #expect(sound == Self.wave)
    #expect(format == .wav)
  }

  @Test func `Samples have no signature, and are taken where they were asked for`() throws {
    let row = Row(
      "samples", "audio/pcm", Array("{\"no JSON at all, but samples".utf8) + [0, 1, 0xFF])
    #expect(try decode(row, asked: .pcm, size: 5).0 == row.answer)
  }

  struct Page: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let bytes: [UInt8]

    init(_ name: String, _ text: String, _ more: [UInt8] = []) {
      testDescription = name
      bytes = Array(text.utf8) + more
    }
  }

  private static let pages = [
    Page("a page", "<!DOCTYPE html><html><body>Login please</body></html>"),
    Page("a long page", "\n<html>" + String(repeating: "<p>No worker is free.</p>\n", count: 90)),
    Page("a page in Latin-1", "<html><body>Zugang gesperrt f", [0xFC, 0x72]),
    Page("words", "Internal upstream error: no worker free"),
    Page("Chinese words", String(repeating: "服务暂时不可用。", count: 40)),
    Page("a short word", "no"),
  ]

  @Test(
    arguments: pages,
    ["", "application/octet-stream", "audio/mpeg", "audio/pcm", "text/plain", "image/png"])
  func `Text is no sound, whatever its type says, also where samples were asked for`(
    page: Page, mediaType: String
  ) {
    let row = Row(page.testDescription, mediaType, page.bytes)
    for size in [1, 100, 100_000] {
      #expect(throws: AudioError.answerNoSound(server: "s")) {
        try decode(row, asked: .pcm, size: size)
      }
    }
  }

  @Test(arguments: ["", "application/octet-stream", "audio/pcm", "audio/l16"])
  func `Samples are sound, also where some of their bytes are letters`(mediaType: String) throws {
    // A tone of 440 Hz as loud as can be, of which most bytes are no zeros.
    let tone = (0..<2_400).flatMap { place in
      let value = Int16(32_000 * sin(2 * Double.pi * 440 * Double(place) / 24_000))
      return [UInt8(truncatingIfNeeded: value), UInt8(truncatingIfNeeded: value >> 8)]
    }
    for samples in [tone, Array("AAAA".utf8) + tone, [UInt8](repeating: 0, count: 20)] {
      let (sound, format) = try decode(Row("", mediaType, samples), asked: .pcm, size: 7)
      #expect(sound == samples && format == .pcm)
    }
  }

  @Test func `What was asked for does not decide`() throws {
    let row = Row("MP3", "audio/mpeg", [0xFF, 0xFB] + [UInt8](repeating: 0, count: 30))
    #expect(try decode(row, asked: .pcm, size: 9).1 == .mp3)
  }

  @Test func `What is no sound, nothing, or broken is told`() throws {
    let cases: [(Row, AudioError)] = [
      (Row("page", "text/html", "<html><body>no</body></html>"), .answerNoSound(server: "s")),
      (Row("words", "audio/wav", "this is no sound at all"), .answerNoSound(server: "s")),
      (Row("nothing", "audio/wav", ""), .answerEmpty(server: "s")),
      (Row("JSON", "application/json", #"{"ok":true}"#), .answerNoSound(server: "s")),
      (Row("letters", "application/json", #"{"audio":"***"}"#), .answerNoSound(server: "s")),
      (
        Row("cut", "text/event-stream", String(Self.events.prefix(200))), .cutOff(server: "s")
      ),
    ]
    for (row, error) in cases {
      #expect(throws: error, "\(row.name)") { try decode(row, size: 1_000) }
    }
  }

  @Test(arguments: [1, 100_000])
  func `Sound before an error is given first, and the error is told behind it`(size: Int) throws {
    let error = #"data: {"type":"error","error":{"message":"boom"}}"# + "\n\n"
    let answer = Array((String(Self.events.prefix { $0 != "\n" }) + "\n\n" + error).utf8)
    var decoder = SpeechDecoder(
      mediaType: "text/event-stream", asked: .wav, from: try Provider("http://s/v1"))
    var sound: [UInt8] = []
    for start in stride(from: 0, to: answer.count, by: size) where decoder.fault == nil {
      sound += (try? decoder.feed(Array(answer[start..<min(start + size, answer.count)]))) ?? []
    }
    // A short answer is told at its end.
    if decoder.fault == nil { sound += try decoder.finish() }
    #expect(sound == Array(Self.wave.prefix(45)))
    guard case .server(let told)? = decoder.fault else { return #expect(Bool(false)) }
    #expect(told.message == "boom")
    #expect(throws: AudioError.self) { try decoder.finish() }
  }

  @Test func `An error inside of an answer is the server's`() throws {
    for answer in [
      #"{"error":{"message":"no such voice","code":"invalid_value"}}"#,
      "data: {\"type\":\"error\",\"error\":{\"message\":\"no such voice\"}}\n\n",
    ] {
      let error = #expect(throws: AudioError.self) {
        try decode(Row("error", "application/json", answer), size: 9)
      }
      guard case .server(let told)? = error else { return #expect(Bool(false), "\(answer)") }
      #expect(told.message == "no such voice")
    }
  }
}

@Suite struct SoundJointTests {
  @Test func `Pieces of a WAV are one, whose length is said at the end`() throws {
    var joint = try SoundJoint(.wav, pieceCount: 2)
    let first = WaveHeader(byteCount: nil).bytes + [1, 2]
    let second = WaveHeader(byteCount: 2).bytes + [3, 4]
    var sound: [UInt8] = []
    for byte in first { sound += joint.feed([byte]) }
    joint.endPiece()
    sound += joint.feed(second)
    #expect(Array(sound.dropFirst(44)) == [1, 2, 3, 4])
    #expect(WaveHeader(sound)?.byteCount == nil)
    #expect(joint.header(for: 4) == WaveHeader(byteCount: 4).bytes)
  }

  /// The samples of two pieces, each fed in parts of that size, without the header.
  private func joined(
    _ first: [UInt8], _ second: [UInt8], as format: SoundFormat, size: Int
  ) throws -> [UInt8] {
    var joint = try SoundJoint(format, pieceCount: 2)
    var sound: [UInt8] = []
    for piece in [first, second] {
      for start in stride(from: 0, to: piece.count, by: size) {
        sound += joint.feed(Array(piece[start..<min(start + size, piece.count)]))
      }
      joint.endPiece()
    }
    return Array(sound.dropFirst(format == .wav ? 44 : 0))
  }

  @Test(arguments: [1, 3, 1_000])
  func `Half a sample at the end of a piece does not shift the next`(size: Int) throws {
    #expect(try joined([1, 2, 3], [4, 5], as: .pcm, size: size) == [1, 2, 4, 5])
    let (odd, even) = (WaveHeader(byteCount: 3).bytes, WaveHeader(byteCount: 2).bytes)
    #expect(try joined(odd + [1, 2, 3], even + [4, 5], as: .wav, size: size) == [1, 2, 4, 5])
    // As of a stream, and padded as RIFF wants it.
    let open = WaveHeader(byteCount: nil).bytes
    #expect(try joined(open + [1, 2, 3], even + [4, 5], as: .wav, size: size) == [1, 2, 4, 5])
    #expect(try joined(odd + [1, 2, 3, 0], even + [4, 5], as: .wav, size: size) == [1, 2, 4, 5])
    let wide = WaveHeader(channels: 2, bits: 24).bytes
    #expect(
      try joined(wide + [1, 2, 3, 4, 5, 6, 7, 8], wide + [9, 8, 7, 6, 5, 4], as: .wav, size: size)
        == [1, 2, 3, 4, 5, 6, 9, 8, 7, 6, 5, 4])
  }

  @Test(arguments: [1, 3, 1_000])
  func `Chunks behind the samples are no sound`(size: Int) throws {
    let notes = Array("LIST".utf8) + [4, 0, 0, 0, 0x7F, 0x7F, 0x7F, 0x7F]
    let even = WaveHeader(byteCount: 2).bytes + [1, 2]
    #expect(try joined(even + notes, even, as: .wav, size: size) == [1, 2, 1, 2])
    let odd = WaveHeader(byteCount: 3).bytes + [1, 2, 3]
    for filling: [UInt8] in [[], [0]] {
      #expect(try joined(odd + filling + notes, even, as: .wav, size: size) == [1, 2, 1, 2])
    }
    let joint = try SoundJoint(.pcm, pieceCount: 2)
    #expect(joint.fitting(even + notes, .wav) == [1, 2])
  }

  @Test(arguments: [1, 3, 1_000])
  func `No sample is lost where a header promises too little`(size: Int) throws {
    let short = WaveHeader(byteCount: 2).bytes + [1, 2, 0, 0, 0xFF, 0xFF, 3, 4]
    let even = WaveHeader(byteCount: 2).bytes + [5, 6]
    #expect(
      try joined(short, even, as: .wav, size: size) == [1, 2, 0, 0, 0xFF, 0xFF, 3, 4, 5, 6])
    // Whole WAVs behind one another, as some servers stream.
    #expect(try joined(even + even + even, even, as: .wav, size: size) == [5, 6, 5, 6, 5, 6, 5, 6])
  }

  @Test func `A WAV that nobody can count goes through as it is, and stands with no other`() throws
  {
    var compressed = WaveHeader(bits: 16, byteCount: 6).bytes + [1, 2, 3, 4, 5, 6]
    (compressed[20], compressed[34]) = (2, 4)
    var alone = try SoundJoint(.wav, pieceCount: 1)
    var sound: [UInt8] = []
    for byte in compressed { sound += alone.feed([byte]) }
    #expect(sound == compressed)
    #expect(alone.header(for: 6) == nil)
    let joint = try SoundJoint(.wav, pieceCount: 2)
    #expect(joint.fitting(compressed, .wav) == nil)
  }

  @Test func `Frames follow each other, and forms with one header for all are refused`() throws {
    var joint = try SoundJoint(.mp3, pieceCount: 2)
    #expect(joint.feed([1]) == [1])
    joint.endPiece()
    #expect(joint.feed([2]) == [2])
    #expect(joint.header(for: 2) == nil)
    #expect(throws: AudioError.notJoinable(.flac)) { try SoundJoint(.flac, pieceCount: 2) }
    #expect(throws: Never.self) { try SoundJoint(.flac, pieceCount: 1) }
  }
}
