import Foundation
import TerminalEmulator
import Testing

/// What came of an answer that ends early, or is not heard to its end: it is paid for, and is not lost.
@Suite(.seated) struct PartialSoundTests {
  /// A player that has had its first byte, and takes its time for the rest.
  private static let slowPlayer = "player: head -c 1 > first; cat fifo > /dev/null\n"

  private func home(_ server: LiteralServer, _ settings: String = "") throws -> Home {
    try Home(asking: server, settings)
  }

  private func start(_ home: Home, _ words: String...) throws -> TerminalProgram {
    try TerminalProgram(
      Home.program, words, environment: home.environment, directory: home.path)
  }

  private func names(in folder: String, of home: Home) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: home.path + "/" + folder)) ?? []
  }

  /// Waits until the disk holds what was done.
  private func waits(until isDone: () -> Bool) throws {
    let deadline = ContinuousClock.now + .slow
    while !isDone() {
      try #require(ContinuousClock.now < deadline)
      _ = poll(nil, 0, 20)
    }
  }

  @Test(arguments: [(SIGTERM, Int32(143)), (SIGHUP, Int32(129)), (SIGINT, Int32(130))])
  func `A signal while a player takes its time loses nothing of what came whole`(
    signal: Int32, status: Int32
  ) throws {
    // More than a pipe holds.
    let wave = Samples.wave(seconds: 20)
    let server = try LiteralServer { _ in LiteralServer.answer(200, wave, type: "audio/wav") }
    let home = try home(server, Self.slowPlayer)
    try #require(mkfifo(home.path + "/fifo", 0o600) == 0)
    let program = try start(home, "speak", "-m", "tts-1", "--format", "wav", "hello there")
    try home.waits(untilStored: "R", in: "first")
    try waits { names(in: "cache/iris/speech", of: home).contains { $0.hasSuffix(".wav") } }
    program.signal(signal)
    #expect(try program.waitsForExit(within: .slow) == .status(status))
    #expect(!program.terminal.emulator.text.contains("not whole"))
    let again = try home.run(
      "speak", "-m", "tts-1", "--format", "wav", "-o", "a.wav", "hello there")
    #expect(again.status == 0, "\(again.errors)")
    #expect(try home.bytes(of: "a.wav") == wave)
    #expect(server.requests.count == 1)
  }

  @Test func `A signal while a player plays what is not whole keeps it as a part`() throws {
    let end = DispatchSemaphore(value: 0)
    let wave = Samples.wave(seconds: 20)
    let server = try LiteralServer(
      halfway: { end.wait() }, { _ in LiteralServer.answer(200, wave, type: "audio/wav") })
    defer { end.signal() }
    let home = try home(server, Self.slowPlayer)
    try #require(mkfifo(home.path + "/fifo", 0o600) == 0)
    let program = try start(home, "speak", "-m", "tts-1", "--format", "wav", "hello there")
    try home.waits(untilStored: "R", in: "first")
    program.signal(SIGTERM)
    #expect(try program.waitsForExit(within: .slow) == .status(143))
    #expect(program.terminal.emulator.text.contains("which is not whole."))
    let part = try home.bytes(of: "cache/iris/arriving-kept/speech.part.wav")
    #expect(part.starts(with: "RIFF".utf8))
    #expect(part.count > 44 && part.count <= wave.count / 2 + 200)
    #expect(names(in: "cache/iris/speech", of: home) == [])
  }

  @Test func `What ends a program at once leaves what came beside the file`() throws {
    let end = DispatchSemaphore(value: 0)
    let wave = Samples.wave(seconds: 20)
    let words = #"{"type":"transcript.text.delta","delta":"precious words "}"#
    let server = try LiteralServer(
      halfway: { end.wait() },
      { request in
        request.line.contains("/audio/speech")
          ? LiteralServer.answer(200, wave, type: "audio/wav")
          : LiteralServer.events(words, words, words, words)
      })
    defer { for _ in 0..<2 { end.signal() } }
    let home = try home(server)
    try home.write(Samples.wave(seconds: 1), to: "talk.wav")
    let calls = [
      (["speak", "-m", "tts-1", "-o", "a.wav", "hello"], "a.part.wav", "RIFF"),
      (["transcribe", "-m", "ear", "-o", "a.txt", "talk.wav"], "a.part.txt", "precious words"),
    ]
    for (call, part, start) in calls {
      let program = try TerminalProgram(
        Home.program, call, environment: home.environment, directory: home.path)
      try home.waits(untilStored: start, in: part)
      program.signal(SIGKILL)
      _ = try program.waitsForExit(within: .slow)
      #expect(try home.bytes(of: part).starts(with: start.utf8))
    }
  }

  @Test func `Sound for which nobody listens any more is kept and counted`() throws {
    let wave = Samples.wave(seconds: 20)
    let server = try LiteralServer { _ in LiteralServer.answer(200, wave, type: "audio/wav") }
    let home = try home(server)
    let full = try home.shell("$IRIS speak -m tts-1 -o - hello > /dev/full")
    #expect(full.status == 73)
    let again = try home.run("speak", "-m", "tts-1", "-o", "a.wav", "hello")
    #expect(again.status == 0 && server.requests.count == 1, "\(again.errors)")
    #expect(try home.run("usage").output.contains("5 characters"))
  }

  @Test func `What is stopped is counted, and that it may be charged is told`() throws {
    let end = DispatchSemaphore(value: 0)
    let words = #"{"type":"transcript.text.delta","delta":"precious words "}"#
    let server = try LiteralServer(
      halfway: { end.wait() },
      { request in
        request.line.contains("/audio/speech")
          ? LiteralServer.answer(200, Samples.wave(seconds: 20), type: "audio/wav")
          : LiteralServer.events(words, words, words, words)
      })
    defer { for _ in 0..<3 { end.signal() } }
    let home = try home(server)
    try home.write(Samples.wave(seconds: 60), to: "talk.wav")
    for call in [
      ["speak", "-m", "tts-1", "-o", "a.wav", "hello"],
      ["transcribe", "-m", "ear", "-o", "a.txt", "talk.wav"], ["embed", "-m", "vec", "hello"],
    ] {
      let asked = server.requests.count
      let program = try TerminalProgram(
        Home.program, call, environment: home.environment, directory: home.path)
      try waits { server.requests.count > asked }
      if let name = call.firstIndex(of: "-o").map({ call[$0 + 1] }) {
        let part = name.replacing(".", with: ".part.")
        try waits { (try? home.bytes(of: part).isEmpty) == false }
      }
      program.signal(SIGTERM)
      #expect(try program.waitsForExit(within: .slow) == .status(143))
      #expect(
        program.terminal.emulator.text.replacing("\n", with: " ")
          .contains("Stopped. What was asked for may be charged all the same."))
    }
    let usage = try home.run("usage").output
    for amount in ["5 characters", "1.0 min of sound", "1 vector"] {
      #expect(usage.contains(amount), "\(usage)")
    }
  }

  @Test func `A file that finds no room is told once, with the place of the sound`() throws {
    let wave = Samples.wave(seconds: 2)
    let server = try LiteralServer { _ in LiteralServer.answer(200, wave, type: "audio/wav") }
    let home = try home(server)
    let call = "$IRIS speak -m tts-1 -o a.wav 'hello there'"
    // Kept while there was room.
    try #require(try home.shell(call).status == 0)
    try FileManager.default.removeItem(atPath: home.path + "/a.wav")
    let outcome = try home.shell("ulimit -f 50; \(call)")
    #expect(outcome.status == 73)
    let sentence = "a.wav cannot be written: File too large. Name another file, or make room."
    #expect(
      outcome.errors.contains("\(sentence) The sound is in \(home.path)/cache/iris/speech/"),
      "\(outcome.errors)")
    #expect(outcome.errors.components(separatedBy: "cannot be written").count == 2)
    #expect(!names(in: "", of: home).contains { $0.contains(".part") || $0 == "a.wav" })
    #expect(server.requests.count == 1)
  }

  // MARK: - An error behind sound or text

  private func speech(_ bytes: [UInt8]) -> String {
    #"{"type":"speech.audio.delta","audio":"\#(Data(bytes).base64EncodedString())"}"#
  }

  @Test func `Sound before an error of the same read is kept, and the error told`() throws {
    let wave = Samples.wave(seconds: 1)
    let server = try LiteralServer { [self] _ in
      LiteralServer.events(
        speech(wave), #"{"type":"error","error":{"message":"the voice is lost"}}"#)
    }
    let home = try home(server, "player: cat > played\n")
    let filed = try home.run("speak", "-m", "tts-1", "-o", "a.wav", "hello there")
    #expect(filed.status == 69)
    #expect(filed.errors.contains("the voice is lost"), "\(filed.errors)")
    #expect(filed.errors.contains("What came is in a.part.wav, which is not whole."))
    #expect(try home.bytes(of: "a.part.wav") == wave)
    let played = try home.run("speak", "-m", "tts-1", "--format", "wav", "hello there")
    #expect(played.status == 69)
    #expect(played.errors.contains("the voice is lost"), "\(played.errors)")
    #expect(try home.bytes(of: "played").dropFirst(44) == wave.dropFirst(44))
    // It is not whole, and is asked for anew.
    #expect(server.requests.count == 2)
  }

  @Test(arguments: [
    LiteralServer.events(
      #"{"type":"transcript.text.delta","delta":"precious words"}"#,
      #"{"type":"error","error":{"message":"the ear is lost"}}"#),
    LiteralServer.answer(
      200, #"{"text":"precious words","error":{"message":"the ear is lost"}}"#.utf8),
  ])
  func `Words before an error of the same read are printed or kept`(answer: [UInt8]) throws {
    let server = try LiteralServer { _ in answer }
    let home = try home(server)
    try home.write(Samples.wave(seconds: 1), to: "talk.wav")
    let printed = try home.run("transcribe", "-m", "ear", "talk.wav")
    #expect(printed.status == 69 && printed.output.hasPrefix("precious words"))
    #expect(printed.errors.contains("the ear is lost"), "\(printed.errors)")
    let filed = try home.run("transcribe", "-m", "ear", "-o", "a.txt", "talk.wav")
    #expect(filed.status == 69)
    #expect(filed.errors.contains("What came is in a.part.txt, which is not whole."))
    #expect(try home.text(of: "a.part.txt") == "precious words\n")
  }

  @Test func `An error that is null is none`() throws {
    let server = try LiteralServer { _ in
      LiteralServer.answer(200, #"{"text":"all is well","error":null}"#.utf8)
    }
    let home = try home(server)
    try home.write(Samples.wave(seconds: 1), to: "talk.wav")
    let outcome = try home.run("transcribe", "-m", "ear", "talk.wav")
    #expect(outcome.status == 0 && outcome.output == "all is well\n", "\(outcome.errors)")
  }

  // MARK: - A translation that is cut

  @Test(arguments: ["length", "content_filter"], [true, false])
  func `A translation that the model cut is told, and both texts are kept`(
    reason: String, hasText: Bool
  ) throws {
    let server = try LiteralServer { request in
      guard !request.line.contains("/audio/") else {
        return LiteralServer.answer(200, #"{"text":"precious words","duration":1}"#.utf8)
      }
      let text = hasText ? "kostbare" : ""
      return LiteralServer.events(
        #"{"choices":[{"delta":{"content":"\#(text)"},"finish_reason":"\#(reason)"}]}"#, "[DONE]")
    }
    let home = try home(server, "model: chatty\n")
    try home.write(Samples.wave(seconds: 1), to: "talk.wav")
    for output in [[], ["-o", "o.txt"]] {
      let outcome = try home.run(["transcribe", "-m", "ear", "--to", "de", "talk.wav"] + output)
      #expect(outcome.status == 69 && outcome.output == "", "\(outcome.errors)")
      let fact =
        reason == "length"
        ? "The reply reached its limit of tokens" : "The server's content filter"
      #expect(outcome.errors.contains(fact), "\(outcome.errors)")
      #expect(outcome.errors.contains("The translation is not whole. Name another model"))
      #expect(outcome.errors.contains(", and is not translated."))
      #expect(outcome.errors.contains("What came of the translation is in") == hasText)
    }
    let kept = "cache/iris/arriving-kept/talk.wav"
    #expect(try home.text(of: kept + ".part.txt") == "precious words\n")
    #expect(try home.text(of: "o.part.txt") == "precious words\n")
    #expect(!FileManager.default.fileExists(atPath: home.path + "/o.txt"))
    if hasText { #expect(try home.text(of: kept + ".de.part.txt") == "kostbare\n") }
  }
}
