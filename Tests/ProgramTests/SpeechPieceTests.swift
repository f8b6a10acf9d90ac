import Foundation
import TerminalEmulator
import Testing

/// Speech whose answers break off, are empty, or come in several forms.
@Suite(.seated) struct SpeechPieceTests {
  private static let heading = 44
  private static let hasFFmpeg = FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")

  /// Plays to the end of its input, and says so then.
  private static let player = "player: cat > first; cat first > played\n"
  private static let first = String(repeating: "First part. ", count: 341)
  private static let text = first + "Second part."

  private func home(_ server: LiteralServer, _ settings: String = player) throws -> Home {
    try Home(asking: server, settings)
  }

  private func kept(_ home: Home) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: home.path + "/cache/iris/speech")) ?? []
  }

  private func isThere(_ home: Home, _ name: String) -> Bool {
    FileManager.default.fileExists(atPath: home.path + "/" + name)
  }

  /// Answers the first piece of ``text`` with one sound, and the second with another.
  private func server(
    _ first: [UInt8], _ firstType: String, _ second: [UInt8], _ secondType: String
  ) throws -> LiteralServer {
    try LiteralServer { request in
      let isSecond = String(decoding: request.body, as: UTF8.self).contains("Second part")
      return LiteralServer.answer(
        200, isSecond ? second : first, type: isSecond ? secondType : firstType)
    }
  }

  // MARK: - Answers that break off

  @Test func `What came of an answer that breaks off is heard to its end, and kept`() throws {
    let wave = Samples.wave(seconds: 1)
    let came = Array(wave.prefix(20_044))
    let server = try LiteralServer { _ in
      LiteralServer.answer(200, came, type: "audio/wav", length: wave.count)
    }
    let home = try home(server)
    let outcome = try home.run("speak", "-m", "tts-1", "Hello there.")
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("broke off before its end. Try again."), "\(outcome.errors)")
    let place = "cache/iris/arriving-kept/speech.part.wav"
    #expect(
      outcome.errors.contains("What came is in \(home.path)/\(place), which is not whole."),
      "\(outcome.errors)")
    #expect(try home.bytes(of: "played").dropFirst(Self.heading) == came.dropFirst(Self.heading))
    let part = try home.bytes(of: place)
    #expect(part.dropFirst(Self.heading) == came.dropFirst(Self.heading))
    // 20,000 bytes of samples.
    #expect(part[40..<44] == [0x20, 0x4E, 0, 0])
    #expect(kept(home).isEmpty)
  }

  @Test func `What came of a later piece that breaks off is in the part`() throws {
    let wave = Samples.wave(seconds: 1)
    let server = try LiteralServer { request in
      let isSecond = String(decoding: request.body, as: UTF8.self).contains("Second part")
      return LiteralServer.answer(
        200, isSecond ? Array(wave.prefix(10_044)) : wave, type: "audio/wav", length: wave.count)
    }
    let home = try home(server)
    let outcome = try home.run("speak", "-m", "tts-1", "-o", "talk.wav", Self.text)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("What came is in talk.part.wav, which is not whole."))
    #expect(try home.bytes(of: "talk.part.wav").count == wave.count + 10_000)
    #expect(!isThere(home, "talk.wav"))
    #expect(kept(home).count == 1)
    let played = try home.run("speak", "-m", "tts-1", Self.text)
    #expect(played.status == 69)
    #expect(try home.bytes(of: "played").count == wave.count + 10_000)
  }

  @Test func `On the screen too what came is heard to its end`() throws {
    let wave = Samples.wave(seconds: 0.5)
    let server = try LiteralServer { request in
      request.line.contains("/audio/speech")
        ? LiteralServer.answer(200, wave, type: "audio/wav", length: wave.count + 4_000)
        : LiteralServer.answer(404, "{}".utf8)
    }
    let home = try home(server, "speech_model: tts-1\n" + Self.player)
    let program = try home.chat("-m", "demo", columns: 120)
    program.enter("/voice coral")
    try program.waits(for: "broke off before its end. Try again.", within: .slow)
    #expect(try home.bytes(of: "played").count == wave.count)
    #expect(try program.quits() == .status(0))
  }

  @Test(arguments: [Self.player, ""])
  func `A header without sound is no sound`(settings: String) throws {
    let server = try LiteralServer { _ in
      LiteralServer.answer(200, Samples.wave(seconds: 0), type: "audio/wav")
    }
    let home = try home(server, settings)
    let call = ["speak", "-m", "tts-1"] + (settings.isEmpty ? ["-o", "a.wav"] : []) + ["Hi"]
    let outcome = try home.run(call)
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("sent no sound at all: try again."), "\(outcome.errors)")
    #expect(!outcome.errors.contains("made by AI"))
    #expect(kept(home).isEmpty && !isThere(home, "a.wav") && !isThere(home, "played"))
  }

  // MARK: - What was kept

  @Test func `A kept sound that was damaged, or that nobody can vouch for, is asked for anew`()
    throws
  {
    let wave = Samples.wave(seconds: 1)
    let server = try LiteralServer { _ in LiteralServer.answer(200, wave, type: "audio/wav") }
    let home = try home(server)
    func speak(_ name: String) throws {
      let outcome = try home.run("speak", "-m", "tts-1", "-o", name, "Same text.")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try home.bytes(of: name) == wave)
    }
    try speak("a.wav")
    try speak("b.wav")
    #expect(server.requests.count == 1)
    let place = "cache/iris/speech/"
    for (index, damage) in [Array(wave.prefix(16_000)), Array(wave.prefix(12)), []].enumerated() {
      let name = try #require(kept(home).first)
      try home.write(damage, to: place + name)
      try speak("c\(index).wav")
      #expect(server.requests.count == 2 + index)
      #expect(kept(home).count == 1)
    }
    // As they were named before there were digests.
    let name = try #require(kept(home).first)
    let bare = name.prefix { $0 != "-" } + ".wav"
    try FileManager.default.moveItem(
      atPath: home.path + "/" + place + name, toPath: home.path + "/" + place + bare)
    try speak("d.wav")
    #expect(server.requests.count == 5)
    #expect(kept(home) == [name])
  }

  // MARK: - Pieces in different forms

  /// A second of sound in each form, by ffmpeg.
  private func sound(_ form: String) throws -> (bytes: [UInt8], type: String) {
    let wave = Samples.wave(seconds: 1)
    if form == "wav16" { return (wave, "audio/wav") }
    let home = try Home()
    try home.write(wave, to: "a.wav")
    let options = ["pcm": "-f s16le -ar 24000", "wav": "-f wav -ar 24000", "mp3": "-f mp3"]
    let made = try home.shell(
      "ffmpeg -loglevel error -nostdin -i a.wav \(options[form] ?? "-f \(form)") out")
    #expect(made.status == 0, "\(made.errors)")
    return (try home.bytes(of: "out"), "audio/\(form)")
  }

  @Test(
    .enabled(if: hasFFmpeg),
    arguments: [
      ("wav", "mp3"), ("wav", "pcm"), ("wav", "wav16"), ("mp3", "wav"), ("flac", "flac"),
    ])
  func `Pieces in different forms sound as one`(first: String, second: String) throws {
    let (one, other) = (try sound(first), try sound(second))
    let server = try server(one.bytes, one.type, other.bytes, other.type)
    let home = try home(server)
    let calls = [
      "$IRIS speak -m tts-1 -o o.wav < text", "$IRIS speak -m tts-1 -o o.mp3 < text",
      "$IRIS speak -m tts-1 --format flac -o - < text > o.flac",
      "$IRIS speak -m tts-1 -o - < text > o.pipe", "$IRIS speak -m tts-1 < text; mv played o.play",
    ]
    try home.write(Array(Self.text.utf8), to: "text")
    for call in calls {
      let outcome = try home.shell(call)
      #expect(outcome.status == 0, "\(call): \(outcome.errors)")
      let name = try #require(call.firstMatch(of: /o\.[a-z0-9]+/)).output
      let decoded = try home.shell(
        "ffmpeg -loglevel error -nostdin -y -i \(name) -f s16le -ar 24000 -ac 1 raw")
      #expect(decoded.status == 0, "\(call): \(decoded.errors)")
      let seconds = Double(try home.bytes(of: "raw").count) / 48_000
      // Encoders add silence at both ends.
      #expect((1.95...2.25).contains(seconds), "\(call): \(seconds)")
    }
  }

  @Test func `Without ffmpeg pieces in different forms are told, and both are kept`() throws {
    let wave = Samples.wave(seconds: 1)
    let server = try server(wave, "audio/wav", Array(wave.dropFirst(44)), "audio/pcm")
    let home = try home(server).equipped(with: ["true": "exit 0"])
    let outcome = try home.run("speak", "-m", "tts-1", "-o", "talk.wav", Self.text)
    #expect(outcome.status == 73)
    #expect(
      outcome.errors.contains(
        "The text came in pieces of wav, 16000 Hz and of pcm, which cannot be joined, and are in \(home.path)/cache/iris/speech. Install ffmpeg, by which Iris joins them."
      ), "\(outcome.errors)")
    #expect(kept(home).count == 2)
    #expect(try home.bytes(of: "talk.part.wav") == wave)
    #expect(!isThere(home, "talk.wav"))
  }

  @Test func `A form that cannot be joined is told before anything is paid`() throws {
    let server = try LiteralServer { _ in LiteralServer.answer(404, "{}".utf8) }
    let home = try home(server).equipped(with: ["true": "exit 0"])
    let outcome = try home.run("speak", "-m", "tts-1", "-o", "talk.flac", Self.text)
    #expect(outcome.status == 64)
    #expect(outcome.errors.contains("pieces of flac cannot be joined."), "\(outcome.errors)")
    #expect(server.requests.isEmpty)
  }

  @Test func `Where only aplay is installed, it gets WAVs, and samples of what ffmpeg converts`()
    throws
  {
    let mp3: [UInt8] = [0xFF, 0xFB, 0x90, 0] + [UInt8](repeating: 7, count: 400)
    let wave = Samples.wave(seconds: 0.5)
    let server = try LiteralServer { request in
      let isMP3 = String(decoding: request.body, as: UTF8.self).contains("encoded")
      return LiteralServer.answer(
        200, isMP3 ? mp3 : wave, type: isMP3 ? "audio/mpeg" : "audio/wav")
    }
    let aplay = ["aplay": "echo \"$*\" > arguments; /bin/cat > played"]
    let home = try home(server, "").equipped(with: aplay)
    let plain = try home.run("speak", "-m", "tts-1", "A wave.")
    #expect(plain.status == 0, "\(plain.errors)")
    #expect(try home.text(of: "arguments") == "-q -t wav -\n")
    #expect(try home.bytes(of: "played").dropFirst(44) == wave.dropFirst(44))
    let told = try home.run("speak", "-m", "tts-1", "An encoded one.")
    #expect(told.status == 73)
    #expect(
      told.errors.contains(
        "No installed player plays mp3. Install mpv or ffmpeg. The sound is in \(home.path)/cache/iris/speech/"
      ), "\(told.errors)")
    #expect(kept(home).contains { $0.hasSuffix(".mp3") })
    let asked = server.requests.count
    let converting = try home.equipped(with: ["ffmpeg": "/bin/cat > fed; printf samples!"])
    let made = try converting.run("speak", "-m", "tts-1", "An encoded one.")
    #expect(made.status == 0, "\(made.errors)")
    #expect(try home.text(of: "arguments").hasPrefix("-q -t raw"))
    #expect(try home.text(of: "played") == "samples!")
    #expect(try home.bytes(of: "fed") == mp3)
    #expect(server.requests.count == asked)
  }
}
