import Audio
import ChatAPI
import DemoServer
import Foundation
import JSON
import Language
import Testing

@Suite struct TranscriptDecoderTests {
  private func decode(
    _ answer: String, _ mediaType: String, shape: TranscriptionRequest.Shape = .json, size: Int = 5
  ) throws -> (text: String, Transcript) {
    let provider = try Provider("http://s/v1")
    var decoder = TranscriptDecoder(mediaType: mediaType, shape: shape, from: provider)
    var text = ""
    let bytes = Array(answer.utf8)
    for start in stride(from: 0, to: bytes.count, by: size) {
      text += try decoder.feed(Array(bytes[start..<min(start + size, bytes.count)]))
    }
    text += try decoder.finish()
    if let fault = decoder.fault { throw fault }
    return (text, decoder.transcript)
  }

  private static let events =
    #"data: {"type":"transcript.text.delta","delta":"Good "}"# + "\n\n"
    + #"data: {"type":"transcript.text.delta","delta":"day"}"# + "\n\n"
    + #"data: {"type":"transcript.text.done","text":"Good day","usage":{"seconds":2}}"# + "\n\n"

  @Test(arguments: [
    (events, "text/event-stream"), (events, "application/octet-stream"),
    (#"{"text":"Good day","usage":{"type":"duration","seconds":2}}"#, "application/json"),
    (#"{"text":"Good day","duration":2.0}"#, "text/plain"),
  ])
  func `A transcript is told by what came`(answer: String, mediaType: String) throws {
    let (text, transcript) = try decode(answer, mediaType)
    #expect(text == "Good day")
    #expect(transcript.text == "Good day")
    #expect(transcript.seconds == 2)
  }

  @Test func `Events that a proxy puts into the text of its JSON are read`() throws {
    let json: JSONValue = ["text": .string(Self.events)]
    let (text, transcript) = try decode("\(json)", "application/json")
    #expect(text == "Good day" && transcript.text == "Good day")
    #expect(transcript.seconds == 2)
    let cut: JSONValue = ["text": .string(String(Self.events.prefix(60)))]
    #expect(throws: AudioError.cutOff(server: "s")) { try decode("\(cut)", "application/json") }
  }

  @Test(arguments: ["1e300", "1e999", "\"inf\"", "\"nan\"", "-5", "99999999999999999999"])
  func `A length that is none is not believed`(length: String) throws {
    let answer = try decode(#"{"text":"Good day","duration":\#(length)}"#, "application/json").1
    #expect(answer.text == "Good day")
    #expect(answer.seconds == nil)
  }

  @Test func `Segments are told, and no word is lost where a time is none`() throws {
    let segments = """
      {"start":-0.5,"end":1.5,"text":" One. "},{"start":"nan","end":2,"text":"Two."},{"start":1.5},
      {"start":4,"end":3,"text":"Three."}
      """
    let answer = try decode(#"{"text":"One.","segments":[\#(segments)]}"#, "application/json").1
    #expect(
      answer.subtitles.cues == [
        .init(start: 0, end: 1.5, text: "One."), .init(start: 1.5, end: 2, text: "Two."),
        .init(start: 4, end: 4, text: "Three."),
      ])
  }

  private static func event(_ type: String, _ rest: String) -> String {
    #"data: {"type":"transcript.text.\#(type)",\#(rest)}"# + "\n\n"
  }

  private static let deltas = [
    event("delta", #""delta":"Hello ","segment_id":"s1""#),
    event("delta", #""delta":"world.","segment_id":"s2""#),
  ]
  private static let segments = [
    event("segment", #""id":"s1","start":0,"end":1,"speaker":"A","text":"Hello""#),
    event("segment", #""id":"s2","start":1,"end":2,"speaker":"A","text":"world.""#),
  ]
  private static let done = event("done", #""text":"Hello world.""#)

  @Test(arguments: [
    [deltas[0], segments[0], deltas[1], segments[1]],
    [segments[0], deltas[0], segments[1], deltas[1]], deltas + segments, segments + deltas,
    segments,
    [deltas[0], segments[0], segments[1]],
  ])
  func `Words that come in deltas and in segments come once`(events: [String]) throws {
    let (text, transcript) = try decode(
      (events + [Self.done]).joined(), "text/event-stream", size: 7)
    #expect(text == "Hello world.")
    #expect(transcript.text == "Hello world.")
    #expect(
      transcript.subtitles.cues == [
        .init(start: 0, end: 1, text: "Hello"), .init(start: 1, end: 2, text: "world."),
      ])
  }

  @Test(arguments: ["application/json", "text/plain", "application/octet-stream"])
  func `JSON that is cut, broken or no transcript is no text`(mediaType: String) {
    for answer in [
      #"{"text": "hel"#, #"{"text":"Hello","duration":NaN}"#, "{", #"[{"text":"a"}"#, #"{"ok":1}"#,
    ] {
      for shape in TranscriptionRequest.Shape.allCases {
        #expect(throws: AudioError.answerUnreadable(server: "s"), "\(answer) \(shape)") {
          try decode(answer, mediaType, shape: shape)
        }
      }
    }
  }

  @Test func `Subtitles as a text in JSON, and words in brackets, are read`() throws {
    let subtitles = #""1\n00:00:00,000 --> 00:00:01,000\nHi\n""#
    let answer = try decode(subtitles, "application/json", shape: .srt).1
    #expect(answer.subtitles.cues == [.init(start: 0, end: 1, text: "Hi")])
    for words in ["[Music] Hi", "\"Hi\" she said", "{laughs} Hi"] {
      #expect(try decode(words, "text/plain", shape: .text).text == words)
    }
  }

  @Test func `A last event alone holds the text, and bare text is one`() throws {
    let done = #"data: {"type":"transcript.text.done","text":"Good day"}"# + "\n\n"
    #expect(try decode(done, "text/event-stream").text == "Good day")
    #expect(try decode("Good day\n", "text/plain").text == "Good day\n")
  }

  @Test func `What is no transcript, and what breaks off, is told`() {
    #expect(throws: AudioError.answerUnreadable(server: "s")) {
      try decode("<html></html>", "text/html")
    }
    #expect(throws: AudioError.answerUnreadable(server: "s")) {
      try decode(#"{"ok":1}"#, "application/json")
    }
    #expect(throws: AudioError.cutOff(server: "s")) {
      try decode(String(Self.events.prefix(60)), "text/event-stream")
    }
  }
}

@Suite struct SubtitlesTests {
  private static let cues = [
    Subtitles.Cue(start: 0, end: 2.5, text: "One."),
    Subtitles.Cue(start: 3_661.25, end: 3_662, text: "Two\nlines."),
  ]

  @Test(arguments: [TranscriptionRequest.Shape.srt, .vtt])
  func `What is written is read`(shape: TranscriptionRequest.Shape) {
    let text = Subtitles(cues: Self.cues).text(as: shape)
    #expect(Subtitles(parsing: text).cues == Self.cues)
  }

  @Test func `The forms are those of SubRip and WebVTT`() {
    let subtitles = Subtitles(cues: [Self.cues[1]])
    #expect(
      subtitles.text(as: .srt) == "1\n01:01:01,250 --> 01:01:02,000\nTwo\nlines.\n\n")
    #expect(
      subtitles.text(as: .vtt) == "WEBVTT\n\n01:01:01.250 --> 01:01:02.000\nTwo\nlines.\n\n")
  }

  @Test func `Hours may be missing, settings and notes are passed`() {
    let text = "WEBVTT\n\nNOTE no\n\nid\n00:01.500 --> 00:02.000 align:start\r\nHi\n"
    #expect(Subtitles(parsing: text).cues == [.init(start: 1.5, end: 2, text: "Hi")])
  }

  @Test(arguments: [
    "inf:00 --> 00:01", "nan:00 --> nan:01", "1e308:00:00 --> 0:1", "00:00 --> 1e300:00",
    "99999999999999999999:00:00,000 --> 99999999999999999999:00:01,000", "-5:00 --> -4:00",
  ])
  func `A time that is none is no cue`(times: String) {
    let text = "1\n\(times)\nHi\n"
    #expect(Subtitles(parsing: text).cues.isEmpty)
    #expect(Subtitles.words(of: text) == "Hi")
  }

  @Test func `Estimated times share out the whole`() {
    let cues = Subtitles(estimatedFor: "One. Three.", from: 10, seconds: 11).cues
    #expect(
      cues == [.init(start: 10, end: 15, text: "One."), .init(start: 15, end: 21, text: "Three.")])
  }

  @Test func `A later piece's times are later`() {
    #expect(Subtitles(cues: Self.cues).delayed(by: 60).cues.map(\.start) == [60, 3_721.25])
  }
}

@Suite struct RecordingTests {
  private func file(_ bytes: [UInt8], _ name: String = "a.wav") throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "iris-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let url = folder.appending(path: name)
    try Data(bytes).write(to: url)
    return url.path
  }

  private static let second = [UInt8](repeating: 1, count: 48_000)

  @Test(arguments: [48_000, nil, 12, 9_000_000] as [Int?])
  func `A WAV is as long as its bytes, whatever its header promises`(length: Int?) throws {
    let path = try file(WaveHeader(byteCount: length).bytes + Self.second)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try Recording(path: path).seconds == 1)
  }

  @Test func `Samples behind long notes are found`() throws {
    let wave = WaveHeader(byteCount: 48_000).bytes
    let note = Array("LIST".utf8) + [0xA0, 0x86, 1, 0] + [UInt8](repeating: 0, count: 100_000)
    let path = try file(wave[..<36] + note + wave[36...] + Self.second)
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(try Recording(path: path).seconds == 1)
  }

  @Test func `What is no sound, empty or missing is told before anything is sent`() throws {
    let words = try file(Array("hello, hello".utf8))
    #expect(throws: AudioError.noSound(path: words)) { try Recording(path: words) }
    let empty = try file([])
    #expect(throws: AudioError.recordingEmpty(path: empty)) { try Recording(path: empty) }
    let short = try file(WaveHeader(byteCount: 0).bytes)
    #expect(throws: AudioError.recordingEmpty(path: short)) { try Recording(path: short) }
    #expect(throws: AudioError.self) { try Recording(path: "/none/such.wav") }
    for path in [words, empty, short] { try? FileManager.default.removeItem(atPath: path) }
  }

  @Test func `A recording is as long as ffmpeg says, whatever its title says`() throws {
    let words = """
      Input #0, wav, from 'n.wav':
        Metadata:
          title           : Duration: 99999999:00:00, x
          comment         : one
                          : Duration: 88888888:00:00, y
        Duration: 00:05:00.50, bitrate: 768 kb/s
      [silencedetect @ 0x1] silence_start: 10
      [silencedetect @ 0x1] silence_end: 12 | silence_duration: 2
      """
    let read = try #require(RecordingCutter.read(words))
    #expect(read.seconds == 300.5)
    #expect(read.silences == [11])
    #expect(RecordingCutter.read("  Duration: 99999999:00:00, x") == nil)
    #expect(RecordingCutter.read("  Duration: 1e300:00:00, x") == nil)
  }

  @Test func `Cuts lie in silences, and no piece is too long`() {
    let cuts = RecordingCutter.cuts(of: 100, at: [9, 28, 35, 61], longest: 30)
    #expect(cuts.map(\.start) == [0, 28, 58, 88])
    #expect(cuts.map(\.end) == [28, 58, 88, 100])
    #expect(RecordingCutter.cuts(of: 10, at: [5], longest: 30).map(\.end) == [10])
  }
}

/// The module's calls against the demo, over real HTTP.
@Suite struct AudioWireTests {
  private func withDemo<Value>(
    _ encoder: DemoEncoder = .ofThisMachine, _ body: (Provider, RequestLog) async throws -> Value
  ) async throws -> Value {
    let log = RequestLog()
    let server = try await DemoServer.start(pace: .zero, encoder: encoder, log: log)
    do {
      let value = try await body(try Provider(server.baseURL), log)
      await server.stop()
      return value
    } catch {
      await server.stop()
      throw error
    }
  }

  private func sound(_ request: SpeechRequest, at provider: Provider) async throws
    -> (bytes: [UInt8], SoundFormat?)
  {
    var speech = try await Speaker(ChatClient(), at: provider).begin(request)
    var bytes: [UInt8] = []
    while let more = try await speech.next() { bytes += more }
    return (bytes, speech.format)
  }

  @Test(arguments: [SoundFormat.wav, .flac, .pcm], ["demo-voice", "demo-voice-json"])
  func `The demo speaks, in every form that it has, and as JSON`(
    format: SoundFormat, model: String
  ) async throws {
    try await withDemo { provider, log in
      let request = SpeechRequest(
        model: model, text: "hello world", voice: "alloy", format: format, speed: 2)
      let (bytes, told) = try await sound(request, at: provider)
      #expect(told == format)
      #expect(bytes.count > 14_000)
      let sent = try #require(JSONValue(parsing: log.requests[0].body))
      #expect(sent["speed"]?.double == 2)
      #expect(sent["voice"] == "alloy")
    }
  }

  @Test func `A form that the demo has no encoder for is told in its words`() async throws {
    try await withDemo(.missing) { provider, _ in
      let request = SpeechRequest(model: "demo-voice", text: "a", voice: "alloy", format: .mp3)
      let error = await #expect(throws: AudioError.self) {
        try await sound(request, at: provider)
      }
      #expect(error?.phrase.text().contains("by ffmpeg, which is not installed here.") == true)
    }
  }

  @Test func `Sound that breaks off is given out as far as it came`() async throws {
    try await withDemo { provider, _ in
      let request = SpeechRequest(
        model: "demo-cut", text: "one two three four", voice: "alloy", format: .pcm)
      var speech = try await Speaker(ChatClient(), at: provider).begin(request)
      var count = 0
      let error = await #expect(throws: AudioError.self) {
        while let more = try await speech.next() { count += more.count }
      }
      #expect(count > 0)
      #expect(error == .cutOff(server: provider.name))
    }
  }

  @Test func `The demo hears what it was really sent, in events`() async throws {
    try await withDemo { provider, log in
      let path = FileManager.default.temporaryDirectory
        .appending(path: "iris-\(UUID().uuidString).wav").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      let header = WaveHeader(byteCount: 72_000)
      try Data(header.bytes + [UInt8](repeating: 3, count: 72_000)).write(to: URL(filePath: path))
      var request = TranscriptionRequest(model: "demo-ear", recording: try Recording(path: path))
      request.language = "de"
      request.keywords = ["Iris", "ncurses"]
      var pieces: [String] = []
      let transcript = try await Listener(ChatClient(), at: provider)
        .transcript(of: request) { pieces.append($0) }
      #expect(pieces.joined() == transcript.text)
      #expect(transcript.text.contains("I heard 1.5 s of WAV, 24000 Hz. It came in 72044 bytes."))
      #expect(transcript.text.contains("The language is de. The words are Iris, ncurses."))
      #expect(log.requests[0].path == "/v1/audio/transcriptions")
      request.shape = .srt
      let titles = try await Listener(ChatClient(), at: provider).transcript(of: request) { _ in }
      #expect(Subtitles(parsing: titles.text).cues.last?.end == 1.5)
    }
  }

  @Test(arguments: [TranscriptionRequest.Shape.json, .srt, .vtt])
  func `A key that is heard is in no transcript`(shape: TranscriptionRequest.Shape) async throws {
    let key = "sk-proj-AbC123_x-yZ456789qwertyUIOP0123"
    try await withDemo { provider, _ in
      var provider = provider
      provider.apiKey = APIKey(key)
      let path = FileManager.default.temporaryDirectory
        .appending(path: "iris-\(UUID().uuidString).wav").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      try Data(WaveHeader(byteCount: 9_600).bytes + [UInt8](repeating: 3, count: 9_600))
        .write(to: URL(filePath: path))
      for model in ["demo-ear", "demo-ear-segments"] {
        var request = TranscriptionRequest(model: model, recording: try Recording(path: path))
        request.shape = shape
        // The demo says again what it was sent.
        request.keywords = [key]
        var pieces = ""
        let transcript = try await Listener(ChatClient(), at: provider)
          .transcript(of: request) { pieces += $0 }
        #expect(transcript.text.contains("The words are …"))
        #expect(!"\(transcript)".contains(key))
        #expect(!pieces.contains(key))
      }
    }
  }

  @Test func `A server without the call is told with what to set`() async throws {
    try await withDemo { provider, _ in
      var elsewhere = provider
      elsewhere.base.path += "/none"
      elsewhere.hasAssumedVersion = false
      let request = SpeechRequest(model: "m", text: "a", voice: "v", format: .wav)
      await #expect(throws: AudioError.callMissing("/audio/speech", server: provider.name)) {
        try await Speaker(ChatClient(), at: elsewhere).begin(request)
      }
    }
  }
}
