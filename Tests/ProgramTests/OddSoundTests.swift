import Foundation
import TerminalEmulator
import Testing

/// Sound that Iris cannot count, and servers that refuse what is asked of them beside it.
@Suite(.seated) struct OddSoundTests {
  private static let hasFFmpeg = FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")
  private static let text = String(repeating: "First part. ", count: 341) + "Second part."

  private func home(_ server: LiteralServer, _ settings: String = "") throws -> Home {
    try Home(asking: server, settings)
  }

  /// A WAV whose header speaks of ADPCM: no whole bytes a sample.
  private var compressed: [UInt8] {
    var bytes = Samples.wave(seconds: 1)
    (bytes[20], bytes[34]) = (2, 4)
    return bytes
  }

  /// A second of ADPCM, by ffmpeg.
  private func adpcm() throws -> [UInt8] {
    let home = try Home()
    try home.write(Samples.wave(seconds: 1), to: "a.wav")
    let made = try home.shell("ffmpeg -loglevel error -nostdin -i a.wav -c:a adpcm_ms b.wav")
    #expect(made.status == 0, "\(made.errors)")
    return try home.bytes(of: "b.wav")
  }

  // MARK: - Spoken

  @Test func `A WAV that nobody can count is given on as it is`() throws {
    let wave = compressed
    let server = try LiteralServer { _ in LiteralServer.answer(200, wave, type: "audio/wav") }
    let home = try home(server, "player: cat > played\n")
    for call in ["-o a.wav", "-o - > b.wav", "; mv played c.wav"] {
      let outcome = try home.shell("$IRIS speak -m tts-1 Hi \(call)")
      #expect(outcome.status == 0, "\(outcome.errors)")
    }
    for name in ["a.wav", "b.wav", "c.wav"] { #expect(try home.bytes(of: name) == wave, "\(name)") }
  }

  @Test(.enabled(if: hasFFmpeg), arguments: [true, false])
  func `A WAV that nobody can count is joined with another by ffmpeg`(isFirst: Bool) throws {
    let (one, other) = (try adpcm(), Samples.wave(seconds: 1))
    let server = try LiteralServer { request in
      let isSecond = String(decoding: request.body, as: UTF8.self).contains("Second part")
      return LiteralServer.answer(200, isSecond == isFirst ? other : one, type: "audio/wav")
    }
    let home = try home(server, "player: cat > played\n")
    try home.write(Array(Self.text.utf8), to: "text")
    for call in ["-o a.out.wav", "-o - > a.out.wav", "; mv played a.out.wav"] {
      let outcome = try home.shell("rm -f a.out.wav; $IRIS speak -m tts-1 < text \(call)")
      #expect(outcome.status == 0, "\(call): \(outcome.errors)")
      let decoded = try home.shell(
        "ffmpeg -loglevel error -nostdin -y -i a.out.wav -f s16le -ar 16000 -ac 1 raw")
      #expect(decoded.status == 0, "\(call): \(decoded.errors)")
      let seconds = Double(try home.bytes(of: "raw").count) / 32_000
      // Blocks of ADPCM are filled up.
      #expect((1.95...2.25).contains(seconds), "\(call): \(seconds)")
    }
  }

  @Test func `Without ffmpeg a first piece that nobody can count is told, and kept`() throws {
    let wave = compressed
    let server = try LiteralServer { _ in LiteralServer.answer(200, wave, type: "audio/wav") }
    let home = try home(server).equipped(with: ["true": "exit 0"])
    let outcome = try home.run("speak", "-m", "tts-1", "-o", "a.wav", Self.text)
    #expect(outcome.status == 73)
    #expect(
      outcome.errors.contains(
        "The text came in pieces of a wav that cannot be joined. Install ffmpeg, by which Iris joins them. The sound is in \(home.path)/cache/iris/speech"
      ), "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: home.path + "/a.wav"))
  }

  // MARK: - Heard

  @Test func `A WAV that nobody can count is sent as it is`() throws {
    let server = try LiteralServer { _ in LiteralServer.answer(200, #"{"text":"heard"}"#.utf8) }
    let home = try home(server)
    try home.write(compressed, to: "voicemail.wav")
    let outcome = try home.run("transcribe", "-m", "ear", "voicemail.wav")
    #expect(outcome.status == 0 && outcome.output == "heard\n", "\(outcome.errors)")
    try home.write(Array(compressed.prefix(44)), to: "empty.wav")
    let empty = try home.run("transcribe", "-m", "ear", "empty.wav")
    #expect(empty.status == 65 && empty.errors.contains("holds no sound"), "\(empty.errors)")
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    (400, #"{"error":{"message":"Unknown parameter: 'stream'.","param":"stream"}}"#),
    (422, #"{"detail":[{"loc":["body","stream"],"msg":"Extra inputs are not permitted"}]}"#),
    (400, #"{"error":{"message":"Streaming is not supported for this model."}}"#),
  ])
  func `A server that refuses events is asked for the whole`(status: Int, body: String) throws {
    let server = try LiteralServer { request in
      String(decoding: request.body, as: UTF8.self).contains("name=\"stream\"")
        ? LiteralServer.answer(status, body.utf8)
        : LiteralServer.answer(200, #"{"text":"heard whole"}"#.utf8)
    }
    let home = try home(server)
    try home.write(Samples.wave(seconds: 1), to: "talk.wav")
    for format in ["text", "json"] {
      let outcome = try home.run("transcribe", "-m", "ear", "--format", format, "talk.wav")
      #expect(outcome.status == 0 && outcome.output.contains("heard whole"), "\(outcome.errors)")
    }
    #expect(server.requests.count == 4)
  }

  @Test func `A recording that nobody knows is kept, and told`() throws {
    let server = try LiteralServer { _ in LiteralServer.answer(404, "{}".utf8) }
    let home = try home(server, "transcription_model: ear\nrecorder: cat talk.raw\n")
    let samples = Array(Samples.wave(seconds: 1).dropFirst(44))
    try home.write(samples, to: "talk.raw")
    let program = try home.chat("-m", "demo", columns: 250)
    program.enter("/listen")
    try program.waits(for: "The recording is kept in", within: .slow)
    #expect(try program.quits() == .status(0))
    let cache = home.path + "/cache/iris"
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: cache).first { $0.hasPrefix("recording-") })
    #expect(try home.bytes(of: "cache/iris/" + name) == samples)
    #expect(name.hasSuffix(".raw"))
  }

  @Test func `Where ffmpeg is there and cannot tell a length, nobody is told to install it`() throws
  {
    let server = try LiteralServer { _ in LiteralServer.answer(200, #"{"text":"heard"}"#.utf8) }
    let home = try home(server).equipped(with: ["ffmpeg": "exit 1"])
    try home.write([0xFF, 0xFB, 0x90, 0] + [UInt8](repeating: 7, count: 400), to: "talk.mp3")
    let outcome = try home.run("transcribe", "-m", "ear", "--format", "srt", "talk.mp3")
    #expect(outcome.status == 0 && outcome.output.contains("heard"))
    #expect(
      outcome.errors.contains(
        "ear tells no times, and ffmpeg not how long talk.mp3 is: its times are guessed from the words (≈). The file may be damaged; convert it first."
      ), "\(outcome.errors)")
  }

  // MARK: - Indexed

  @Test func `An index into which nothing came is not left behind`() throws {
    let server = try LiteralServer { _ in
      LiteralServer.answer(400, #"{"error":{"message":"boom"}}"#.utf8)
    }
    let home = try home(server)
    try home.write(Array("a\n".utf8), to: "a.txt")
    for (name, status) in [("a.txt", Int32(69)), ("missing", 66)] {
      #expect(try home.run("embed", "-m", "vec", "--index", "new", name).status == status)
      let list = try home.run("embed", "--list", "--json")
      #expect(!list.output.contains("new"), "\(list.output)")
    }
  }
}
