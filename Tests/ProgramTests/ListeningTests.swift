import Foundation
import TerminalEmulator
import Testing

/// `/listen` in the real program; the recorder is a script.
@Suite(.seated) struct ListeningTests {
  @Test(arguments: zip([SIGTERM, SIGHUP], [Int32(143), 129]))
  func `What was recorded when a signal ends the program is kept, and told`(
    signal: Int32, status: Int32
  ) async throws {
    try await withServer { (home, _) async throws in
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris", withIntermediateDirectories: true)
      try home.write(
        Array("recorder: cat talk.wav; sleep 100\n".utf8), to: "config/iris/config.yaml")
      try home.write(Samples.wave(seconds: 1.5), to: "talk.wav")
      let program = try home.chat("-m", "demo")
      program.enter("/listen")
      try home.waits(untilStored: "WAVE", in: "cache/iris")
      program.signal(signal)
      #expect(try program.waitsForExit(within: .slow) == .status(status))
      #expect(program.screen.contains("The recording is kept in"))
      let kept = try FileManager.default.contentsOfDirectory(atPath: home.path + "/cache/iris")
        .first { $0.hasPrefix("recording-") }
      let name = try #require(kept)
      #expect(
        try Data(contentsOf: URL(filePath: home.path + "/cache/iris/" + name))
          == Data(contentsOf: URL(filePath: home.path + "/talk.wav")))
    }
  }

  @Test func `Words that came before an error are put at the cursor, and the error is told`() throws
  {
    let server = try LiteralServer { request in
      request.line.contains("/audio/transcriptions")
        ? LiteralServer.events(
          #"{"type":"transcript.text.delta","delta":"precious words"}"#,
          #"{"type":"error","error":{"message":"the ear is lost"}}"#)
        : LiteralServer.answer(404, "{}".utf8)
    }
    let home = try Home(
      asking: server, "transcription_model: ear\nrecorder: /bin/cat talk.wav\n")
    try home.write(Samples.wave(seconds: 1), to: "talk.wav")
    let program = try home.chat("-m", "demo", columns: 250)
    program.enter("/listen")
    try program.waits(for: "the ear is lost", within: .slow)
    try program.waits(for: "precious words")
    #expect(program.screen.contains("The recording is kept in"))
    program.signal(SIGTERM)
    #expect(try program.waitsForExit(within: .slow) == .status(143))
  }

  @Test func `A long recording is cut as by the call, and its words are put at the cursor`() throws
  {
    let count = LiteralServer.Counter()
    let server = try LiteralServer { request in
      guard request.line.contains("/audio/transcriptions") else {
        return LiteralServer.answer(404, "{}".utf8)
      }
      return LiteralServer.answer(200, #"{"text":"piece \#(count.next())."}"#.utf8)
    }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    home = try home.equipped(with: [
      "ffmpeg": """
      for last; do :; done
      case "$*" in
        *silencedetect*) echo "  Duration: 00:15:00.00, start: 0" >&2 ;;
        *) printf 'fLaC0123456789012345' > "$last" ;;
      esac
      """
    ])
    try home.configure("transcription_model: ear\nrecorder: /bin/cat long.wav\n")
    try home.write(
      Samples.wave(seconds: 1) + [UInt8](repeating: 0, count: 26 << 20), to: "long.wav")
    let program = try home.chat("-m", "demo")
    program.enter("/listen")
    try program.waits(for: "piece 1. piece 2.", within: .slow)
    program.signal(SIGTERM)
    #expect(try program.waitsForExit(within: .slow) == .status(143))
    let left = try FileManager.default.contentsOfDirectory(atPath: home.path + "/cache/iris")
    #expect(!left.contains { $0.hasPrefix("cut-") || $0.hasPrefix("recording-") }, "\(left)")
  }

  @Test func `Without ffmpeg a long recording is kept, and told`() throws {
    var home = try Home()
    home.environment["OPENAI_API_KEY"] = "sk-test"
    home = try home.equipped(with: ["true": "exit 0"])
    try home.configure("transcription_model: ear\nrecorder: /bin/cat long.wav\n")
    try home.write(
      Samples.wave(seconds: 1) + [UInt8](repeating: 0, count: 26 << 20), to: "long.wav")
    let program = try home.chat("-m", "demo", columns: 250)
    program.enter("/listen")
    try program.waits(for: "Install ffmpeg, by which Iris cuts it.", within: .slow)
    try program.waits(for: "The recording is kept in")
    #expect(try program.quits() == .status(0))
  }

  @Test(arguments: [SIGKILL, SIGABRT])
  func `A recorder ends with the program, however that ends, and what was recorded stays`(
    signal: Int32
  ) throws {
    let home = try Home()
    try home.configure(
      """
      transcription_model: ear
      recorder: "trap '' PIPE; trap 'echo ended > ended; exit 0' TERM; cat talk.wav; while :; do sleep 0.1; done"

      """)
    try home.write(Samples.wave(seconds: 1.5), to: "talk.wav")
    let program = try home.chat("-m", "demo")
    program.enter("/listen")
    try home.waits(untilStored: "WAVE", in: "cache/iris")
    program.signal(signal)
    _ = try program.waitsForExit(within: .slow)
    try home.waits(untilStored: "ended", in: "ended")
    // The next start says where it is; that of a program that still records is not touched.
    let recording = home.path + "/cache/iris/recording-7.new.wav"
    try FileManager.default.copyItem(atPath: home.path + "/talk.wav", toPath: recording)
    let file = open(recording, O_RDWR)
    defer { close(file) }
    try #require(flock(file, LOCK_EX | LOCK_NB) == 0)
    let next = try home.chat("-m", "demo", columns: 250)
    try next.waits(for: "Write it down: iris transcribe ", within: .slow)
    #expect(try next.quits() == .status(0))
    let names = try FileManager.default.contentsOfDirectory(atPath: home.path + "/cache/iris")
      .filter { $0.hasPrefix("recording-") }
    #expect(names.count == 2 && names.contains("recording-7.new.wav"), "\(names)")
    let kept = try #require(names.first { !$0.hasSuffix(".new.wav") })
    #expect(
      try Data(contentsOf: URL(filePath: home.path + "/cache/iris/" + kept))
        == Data(contentsOf: URL(filePath: home.path + "/talk.wav")))
  }
}
