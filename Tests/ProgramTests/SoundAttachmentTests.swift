import DemoServer
import Foundation
import JSON
import TerminalEmulator
import Testing

/// Recordings from a file to the wire: as sound for models that hear, else as their transcript.
@Suite(.seated) struct SoundAttachmentTests {
  private func home(_ home: Home, _ settings: String) throws {
    try FileManager.default.createDirectory(
      atPath: home.path + "/config/iris", withIntermediateDirectories: true)
    try home.write(Array(settings.utf8), to: "config/iris/config.yaml")
  }

  @Test func `A model that hears gets the sound itself`() throws {
    let home = try Home()
    try home.write(Samples.wave(seconds: 2), to: "talk.wav")
    let outcome = try home.run("ask", "-i", "talk.wav", "What is said?")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("[sound: WAV, 16000 Hz, 2 s, 64044 bytes, sent as wav]"))
  }

  @Test func `Another model gets the transcript, which is made and paid for once`() async throws {
    try await withServer { (home, log) async throws in
      try self.home(home, "transcription_model: demo-ear\n")
      try home.write(Samples.wave(seconds: 2), to: "talk.wav")
      for _ in 1...2 {
        let outcome = try home.run("ask", "-m", "gpt-4o", "-i", "talk.wav", "What is said?")
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(
          try log.sent().last?.messages.last?.texts == [
            "<transcript of=\"talk.wav\">\nI heard 2.0 s of WAV, 16000 Hz. It came in 64044 bytes.\n</transcript>\nWhat is said?"
          ])
      }
      #expect(log.requests.count { $0.path.hasSuffix("/audio/transcriptions") } == 1)
    }
  }

  @Test func `Where nobody can hear it, the way there is told before anything is sent`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Samples.wave(seconds: 2), to: "talk.wav")
      let outcome = try home.run("ask", "-m", "gpt-4o", "-i", "talk.wav", "What is said?")
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("No model that hears is known of 127.0.0.1"))
      #expect(log.requests.isEmpty)
    }
  }

  @Test func `A recording without sound, and one that is too large, are told in a sentence`() throws
  {
    let home = try Home().equipped(with: ["true": "exit 0"])
    try home.write(Samples.wave(seconds: 0), to: "empty.wav")
    try home.write(
      Samples.wave(seconds: 1) + [UInt8](repeating: 0, count: 26 << 20), to: "long.wav")
    try home.write(Array("fLaC".utf8) + [UInt8](repeating: 0, count: 100), to: "a.flac")
    let cases = [
      ("empty.wav", "holds no sound. Record it again."),
      ("long.wav", "more than a request takes. Attach its text: iris transcribe FILE"),
      ("a.flac", "Models hear wav and mp3, and a.flac is neither. Install ffmpeg"),
    ]
    for (file, sentence) in cases {
      let outcome = try home.run("ask", "-i", file, "What is said?")
      #expect(outcome.status == 65, "\(file): \(outcome.errors)")
      #expect(outcome.errors.contains(sentence), "\(file): \(outcome.errors)")
    }
  }

  @Test func `The screen tells the form and the price, and exports keep the sound`() async throws {
    try await withServer { (home, log) async throws in
      try self.home(home, "transcription_model: gpt-transcribe\n")
      try home.write(Samples.wave(seconds: 60), to: "talk.wav")
      let program = try home.chat("-m", "demo", columns: 180)
      program.enter("/attach talk.wav")
      try program.waits(for: "talk.wav: 1:00, 1.9 MB, as sound", within: .slow)
      program.enter("What is said?")
      try program.waits(for: "1920044 bytes, sent as wav", within: .slow)
      try program.waits(untilGone: "Esc stops", within: .slow)
      #expect(
        log.requests.last.map { String(decoding: $0.body, as: UTF8.self) }?.contains("input_audio")
          == true)
      program.enter("/export a.iris.json")
      try program.waits(for: "is written to", within: .slow)
      program.enter("/export b.json")
      try program.waits(for: "b.json", within: .slow)
      program.enter("/model gpt-4o")
      program.enter("/attach talk.wav")
      try program.waits(for: "as its transcript", within: .slow)
      try program.waits(for: "transcribes it when it is sent: ≈$0.0045", within: .slow)
      #expect(try program.quits() == .status(0))
      #expect(try home.text(of: "a.iris.json").contains("data:audio/wav;base64,"))
      #expect(try home.text(of: "b.json").contains("\"type\":\"input_audio\""))
    }
  }

  @Test func `A recording in which no words are heard is told, and nothing is sent`() throws {
    let server = try LiteralServer { request in
      request.line.contains("/audio/transcriptions")
        ? LiteralServer.answer(200, #"{"text":""}"#.utf8)
        : LiteralServer.answer(200, #"{"choices":[{"message":{"content":"reply"}}]}"#.utf8)
    }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    try self.home(home, "transcription_model: ear\n")
    try home.write(Samples.wave(seconds: 2), to: "talk.wav")
    for asked in 1...2 {
      let outcome = try home.run("ask", "-m", "gpt-4o", "-i", "talk.wav", "What is said?")
      #expect(outcome.status == 65 && outcome.output == "", "\(outcome)")
      #expect(
        outcome.errors.contains(
          "No words were heard in talk.wav, so nothing was sent. Ask a model that hears sound, or leave the recording out (/forget)."
        ), "\(outcome.errors)")
      // It is not kept either: another model may hear more.
      #expect(server.requests.count == asked)
    }
    #expect(!server.requests.contains { $0.line.contains("/chat/completions") })
  }

  @Test func `That a voice is made by AI is said also where that cannot be noted`() async throws {
    try await withServer { (plain, _) async throws in
      var home = plain
      try home.write([1], to: "file")
      home.environment["XDG_STATE_HOME"] = home.path + "/file"
      for name in ["a.wav", "b.wav"] {
        let outcome = try home.run("speak", "-m", "demo-voice", "-o", name, "hi there")
        #expect(outcome.status == 0)
        #expect(outcome.errors.contains("is made by AI: whoever listens is to be told."))
      }
    }
  }
}
