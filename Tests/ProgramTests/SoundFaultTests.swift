import DemoServer
import Foundation
import JSON
import TerminalEmulator
import Testing

/// Sound that ends early, is none, or comes in a way that a guide does not show.
@Suite(.seated) struct SoundFaultTests {
  private static let heading = 44

  private func configure(_ home: Home, _ settings: String) throws {
    try FileManager.default.createDirectory(
      atPath: home.path + "/config/iris", withIntermediateDirectories: true)
    try home.write(Array(settings.utf8), to: "config/iris/config.yaml")
  }

  private func bytes(_ home: Home, _ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: home.path + "/" + name)))
  }

  private func home(at server: LiteralServer) throws -> Home {
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    return home
  }

  private func names(in folder: String, of home: Home) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: home.path + "/" + folder)) ?? []
  }

  @Test(arguments: [false, true])
  func `A player of the settings gets one WAV, spoken now or kept, of however many requests`(
    isLong: Bool
  ) async throws {
    let sentence = "Nine more words are spoken here. "
    let count = isLong ? 150 : 1
    try await withServer { (home, log) async throws in
      try configure(home, "player: cat > played\n")
      for _ in 1...2 {
        let outcome = try home.run(
          "speak", "-m", "demo-voice", "--speed", "4", String(repeating: sentence, count: count))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let played = try bytes(home, "played")
        #expect(played.starts(with: "RIFF".utf8))
        #expect(played.dropFirst(8).starts(with: "WAVEfmt ".utf8))
        // 24,000 samples a second; a second header would lengthen the sound.
        #expect(played.dropFirst(24).prefix(4) == [0xC0, 0x5D, 0, 0])
        // 27 letters of 60 ms a sentence, four times as fast.
        #expect(played.count - Self.heading == count * 27 * 60 * 48 / 4)
      }
      #expect(log.requests.count == (isLong ? 2 : 1))
    }
  }

  @Test(arguments: [(SIGTERM, Int32(143)), (SIGHUP, Int32(129)), (SIGINT, Int32(130))])
  func `A signal while a text is spoken leaves what came beside the file, and says so`(
    signal: Int32, status: Int32
  ) throws {
    let end = DispatchSemaphore(value: 0)
    let first = Samples.wave(seconds: 1)
    let server = try LiteralServer { request in
      if String(decoding: request.body, as: UTF8.self).contains("Second part") { end.wait() }
      return LiteralServer.answer(200, first, type: "audio/wav")
    }
    defer { end.signal() }
    let home = try home(at: server)
    let text = String(repeating: "First part. ", count: 341) + "Second part."
    let program = try TerminalProgram(
      Home.program, ["speak", "-m", "tts-1", "-o", "talk.wav", text],
      environment: home.environment, directory: home.path)
    // It is kept when all of it was given out.
    try program.waits(until: "the first piece is there", within: .slow) { _ in
      names(in: "cache/iris/speech", of: home).contains { $0.hasSuffix(".wav") }
        && server.requests.count == 2
    }
    program.signal(signal)
    #expect(try program.waitsForExit(within: .slow) == .status(status))
    #expect(
      program.terminal.emulator.text.contains("What came is in talk.part.wav, which is not whole."))
    #expect(try bytes(home, "talk.part.wav") == first)
    #expect(!names(in: "", of: home).contains("talk.wav"))
  }

  @Test func `A page that is played as sound is told, and asked for anew`() throws {
    let server = try LiteralServer { _ in
      LiteralServer.answer(
        200, "<!DOCTYPE html><html><body>Login please</body></html>".utf8,
        type: "application/octet-stream")
    }
    let home = try home(at: server)
    try configure(home, "player: cat > played\n")
    for asked in 1...2 {
      let outcome = try home.run("speak", "-m", "tts-1", "Hello there.")
      #expect(outcome.status == 69)
      #expect(
        outcome.errors.contains(
          " answered with something that is no sound: check the server and the model."),
        "\(outcome.errors)")
      #expect(server.requests.count == asked)
    }
    #expect(!names(in: "", of: home).contains("played"))
    #expect(names(in: "cache/iris/speech", of: home) == [])
  }

  @Test func `A file of Windows is spoken in as many requests as its code points need`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let text = String(repeating: "This is a line of a letter.\r\n", count: 400)
      try home.write(Array(text.utf8), to: "letter.txt")
      let outcome = try home.shell("$IRIS speak -m demo-voice --speed 4 -o a.wav < letter.txt")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let sent = log.requests.compactMap { JSONValue(parsing: $0.body)?["input"]?.string }
      #expect(sent.joined() == text)
      #expect(sent.count == 3)
    }
  }

  // MARK: - Titles without times

  /// What OpenAI's newer models answer: neither times nor a length.
  private func plainServer() throws -> LiteralServer {
    try LiteralServer { _ in
      LiteralServer.answer(
        200,
        #"{"text":"One part. Two part.","usage":{"type":"tokens","total_tokens":29}}"#.utf8)
    }
  }

  /// A script in the place of ffmpeg, which finds a recording of so many seconds with one silence.
  private func ffmpeg(hours: String) -> String {
    """
    for last; do :; done
    case "$last" in
      *.flac) /bin/cp talk.flac "$last" ;;
      *) echo "  Duration: \(hours), start: 0" >&2
        echo "silence_start: 500" >&2; echo "silence_end: 502" >&2
        echo "    title           : size= time=99:00:00.00 x" >&2
        echo "size=N/A time=00:00:00.02 bitrate=N/A" >&2
        echo "size=N/A time=\(hours) bitrate=N/A speed= 737x" >&2 ;;
    esac
    """
  }

  /// Has titles of a recording made where the programs are these.
  private func titles(_ format: String, with tools: [String: String]) throws -> Outcome {
    let server = try plainServer()
    let home = try home(at: server).equipped(with: tools)
    try home.write(Array("fLaC, and more".utf8), to: "talk.flac")
    let outcome = try home.run(
      "transcribe", "-m", "gpt-4o-transcribe", "--format", format, "talk.flac")
    #expect(outcome.status == 0, "\(outcome.errors)")
    return outcome
  }

  @Test func `Titles of a recording whose length only a decoder tells end where it ends`() throws {
    let outcome = try titles("srt", with: ["ffmpeg": ffmpeg(hours: "00:00:08.50")])
    #expect(
      outcome.errors.contains(
        "gpt-4o-transcribe tells no times: those of talk.flac are estimated (≈)."))
    #expect(outcome.output.hasPrefix("1\n00:00:00,000 --> "))
    #expect(outcome.output.hasSuffix(" --> 00:00:08,500\nTwo part.\n\n"), "\(outcome.output)")
  }

  @Test func `Where nothing tells the length, times are guessed, and no transcript is lost`() throws
  {
    let outcome = try titles("vtt", with: ["true": "exit 0"])
    #expect(
      outcome.errors.contains(
        "gpt-4o-transcribe tells no times, and nothing how long talk.flac is: its times are guessed from the words (≈). Install ffmpeg"
      ), "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("WEBVTT\n\n00:00:00.000 --> 00:00:00."))
    #expect(outcome.output.hasSuffix("\nTwo part.\n\n"))
  }

  @Test func `Titles of a recording that was cut have the times of its pieces`() throws {
    let server = try plainServer()
    let home = try home(at: server).equipped(with: ["ffmpeg": ffmpeg(hours: "00:15:00.00")])
    try home.write(Array("fLaC, and more".utf8), to: "talk.flac")
    try home.write(
      Samples.wave(seconds: 1) + [UInt8](repeating: 0, count: 26 << 20), to: "big.wav")
    let outcome = try home.run(
      "transcribe", "-m", "gpt-4o-transcribe", "--format", "srt", "big.wav")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let notice = "gpt-4o-transcribe tells no times: those of big.wav are estimated (≈)."
    #expect(outcome.errors.components(separatedBy: notice).count == 2, "\(outcome.errors)")
    // Each piece of 501 and of 399 s has two sentences of nearly the same length.
    #expect(outcome.output.contains(" --> 00:08:21,000\nTwo part.\n\n3\n00:08:21,000 --> "))
    #expect(outcome.output.hasSuffix(" --> 00:15:00,000\nTwo part.\n\n"), "\(outcome.output)")
    #expect(server.requests.count == 2)
  }
}
