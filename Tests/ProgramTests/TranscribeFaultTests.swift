import Foundation
import JSON
import Testing

/// `iris transcribe`, `speak` and `embed` where a step behind the one that was paid for fails.
@Suite(.seated) struct TranscribeFaultTests {
  /// A home with a recording of two seconds, at a server that answers so.
  private func home(
    config: String = "model: chatty\n", _ server: LiteralServer
  ) throws -> Home {
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    try FileManager.default.createDirectory(
      atPath: home.path + "/config/iris", withIntermediateDirectories: true)
    try home.write(Array(config.utf8), to: "config/iris/config.yaml")
    try home.write(Samples.wave(seconds: 2), to: "talk.wav")
    return home
  }

  private static func refusal(_ status: Int = 400) -> [UInt8] {
    LiteralServer.answer(status, #"{"error":{"message":"boom"}}"#.utf8)
  }

  /// Hears, and does nothing else.
  private func hearingServer() throws -> LiteralServer {
    try LiteralServer { request in
      request.line.contains("/audio/transcriptions")
        ? LiteralServer.answer(200, #"{"text":"precious words","duration":2}"#.utf8)
        : Self.refusal(request.line.contains("/audio/") ? 404 : 400)
    }
  }

  @Test(arguments: ["text", "json"], ["de", "en"])
  func `A transcript whose translation fails is kept`(format: String, target: String) throws {
    let server = try hearingServer()
    let home = try home(server)
    let call = ["transcribe", "-m", "ear", "--to", target, "--format", format, "talk.wav"]
    let ending = format == "text" ? "txt" : format
    let bare = try home.run(call)
    #expect(bare.status == 69 && bare.output == "", "\(bare.errors)")
    #expect(bare.errors.contains("boom"))
    let place = "cache/iris/arriving-kept/talk.wav.part.\(ending)"
    #expect(
      bare.errors.contains("What was heard is in \(home.path)/\(place), and is not translated."))
    #expect(try home.text(of: place).contains("precious words"))
    let filed = try home.run(call + ["-o", "o.\(ending)"])
    #expect(filed.status == 69)
    #expect(filed.errors.contains("What was heard is in o.part.\(ending), and is not translated."))
    #expect(try home.text(of: "o.part.\(ending)").contains("precious words"))
    #expect(!FileManager.default.fileExists(atPath: home.path + "/o.\(ending)"))
  }

  @Test func `An empty translation is none`() throws {
    let server = try LiteralServer { request in
      request.line.contains("/audio/")
        ? LiteralServer.answer(200, #"{"text":"precious words","duration":2}"#.utf8)
        : LiteralServer.events(
          #"{"choices":[{"delta":{"content":" "},"finish_reason":"stop"}]}"#, "[DONE]")
    }
    let outcome = try home(server).run("transcribe", "-m", "ear", "--to", "de", "talk.wav")
    #expect(outcome.status == 69 && outcome.output == "")
    #expect(outcome.errors.contains("chatty gave no translation."), "\(outcome.errors)")
    #expect(outcome.errors.contains("talk.wav.part.txt, and is not translated."))
  }

  @Test func `What cannot be translated is told before anything is paid`() throws {
    let server = try hearingServer()
    let bare = try home(config: "", server).run("transcribe", "-m", "ear", "--to", "de", "talk.wav")
    #expect(bare.status == 64)
    #expect(bare.errors.contains("No model that translates is chosen."), "\(bare.errors)")
    let timed = try home(server).run(
      "transcribe", "-m", "ear", "--to", "de", "--format", "srt", "talk.wav")
    #expect(timed.status == 64)
    #expect(timed.errors.contains("Times are not kept by a translation into de."))
    #expect(server.requests.isEmpty)
  }

  @Test(arguments: ["text", "json", "srt", "vtt"])
  func `What was heard of a long recording is kept where a later piece fails`(
    format: String
  ) throws {
    let count = LiteralServer.Counter()
    let server = try LiteralServer { _ in
      count.next() % 2 == 1
        ? LiteralServer.answer(200, #"{"text":"piece one text","duration":600}"#.utf8)
        : Self.refusal()
    }
    let home = try home(server).equipped(with: [
      "ffmpeg": """
      for last; do :; done
      case "$*" in
        *silencedetect*) echo "  Duration: 00:20:00.00, start: 0" >&2 ;;
        *) printf 'fLaC0123456789012345' > "$last" ;;
      esac
      """
    ])
    try home.write(
      Samples.wave(seconds: 1) + [UInt8](repeating: 0, count: 26 << 20), to: "long.wav")
    let ending = format == "text" ? "txt" : format
    let call = ["transcribe", "-m", "ear", "--format", format, "long.wav"]
    let filed = try home.run(call + ["-o", "o.\(ending)"])
    #expect(filed.status == 69, "\(filed.errors)")
    #expect(filed.errors.contains("What came is in o.part.\(ending), which is not whole."))
    let kept = try home.text(of: "o.part.\(ending)")
    #expect(kept.contains("piece one text"))
    let bare = try home.run(call)
    #expect(bare.status == 69)
    if format == "text" {
      // It was printed as it came.
      #expect(bare.output.contains("piece one text"))
    } else {
      #expect(bare.output == "")
      #expect(
        try home.text(of: "cache/iris/arriving-kept/long.wav.part.\(ending)") == kept,
        "\(bare.errors)")
    }
    if format == "srt" { #expect(kept.hasPrefix("1\n00:00:00,000 --> 00:"), "\(kept)") }
  }

  @Test(
    arguments: ["srt", "vtt", "text"],
    [
      #"{"text": "hel"#, #"{"text":"Hello","duration":NaN}"#, #"{"ok":1}"#,
    ])
  func `Broken JSON is no subtitle`(format: String, body: String) throws {
    let server = try LiteralServer { _ in LiteralServer.answer(200, body.utf8) }
    let outcome = try home(server).run("transcribe", "-m", "ear", "--format", format, "talk.wav")
    #expect(outcome.status == 69 && outcome.output == "", "\(outcome.output)")
    #expect(outcome.errors.contains("sent what is no transcript"), "\(outcome.errors)")
  }

  @Test func `A body that is too large is told in the words of what was sent`() throws {
    let server = try LiteralServer { _ in
      LiteralServer.answer(413, "<html>413 Too Large</html>".utf8, type: "text/html")
    }
    let home = try home(server)
    let cases = [
      (["transcribe", "-m", "ear", "talk.wav"], "The recording is too large for 127.0.0.1"),
      (["speak", "-m", "voice", "-o", "a.wav", "hi"], "The text is too long for 127.0.0.1"),
      (["embed", "-m", "vec", "hi"], "A text is too large for 127.0.0.1"),
    ]
    for (call, sentence) in cases {
      let outcome = try home.run(call)
      #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
      #expect(outcome.errors.contains("(HTTP 413"), "\(outcome.errors)")
      #expect(outcome.status == 69, "\(call)")
      #expect(!outcome.errors.contains("picture"))
    }
  }

  @Test func `A file without a name is told before anything is paid`() throws {
    let server = try hearingServer()
    let home = try home(server)
    for call in [["transcribe", "-m", "ear", "talk.wav"], ["speak", "-m", "voice", "hi"]] {
      let outcome = try home.run(call + ["-o", ""])
      #expect(outcome.status == 64, "\(call)")
      #expect(outcome.errors.contains("-o names no file."), "\(outcome.errors)")
    }
    #expect(server.requests.isEmpty)
  }

  @Test func `A folder is no recording, and no text of an index`() throws {
    let home = try home(try hearingServer())
    #expect(try home.run("transcribe", "-m", "ear", ".").status == 65)
    #expect(try home.run("embed", "-m", "vec", "--index", "n", ".").status == 65)
    #expect(try home.run("transcribe", "-m", "ear", "none.wav").status == 66)
  }

  // MARK: - Nothing heard, and no room

  @Test(arguments: ["text", "json", "srt", "vtt"])
  func `That no words were heard is told`(format: String) throws {
    let server = try LiteralServer { _ in LiteralServer.answer(200, #"{"text":" "}"#.utf8) }
    let outcome = try home(server).run("transcribe", "-m", "ear", "--format", format, "talk.wav")
    #expect(outcome.status == 0)
    #expect(
      outcome.errors.contains(
        "No words were heard in talk.wav. Check that it holds speech, and name its language: --language"
      ), "\(outcome.errors)")
  }

  @Test func `A full disk below the pieces of a recording is told as that`() throws {
    let home = try home(try hearingServer()).equipped(with: [
      "ffmpeg": """
      case "$*" in
        *silencedetect*) echo "  Duration: 00:20:00.00, start: 0" >&2 ;;
        *) echo "av_interleaved_write_frame(): No space left on device" >&2
          echo "Conversion failed!" >&2; exit 1 ;;
      esac
      """
    ])
    try home.write(
      Samples.wave(seconds: 1) + [UInt8](repeating: 0, count: 26 << 20), to: "long.wav")
    let outcome = try home.run("transcribe", "-m", "ear", "long.wav")
    #expect(outcome.status == 73)
    #expect(
      outcome.errors.contains("There is no room in \(home.path)/cache/iris/cut-"),
      "\(outcome.errors)")
    #expect(outcome.errors.contains(" for the pieces of long.wav. Make room there."))
  }

  @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")))
  func `All of a long recording is heard whose header tells of its first second`() throws {
    let server = try hearingServer()
    let home = try home(server)
    try home.write(
      Samples.wave(seconds: 1) + [UInt8](repeating: 0, count: 26 << 20), to: "long.wav")
    let outcome = try home.run("transcribe", "-m", "ear", "--format", "json", "long.wav")
    #expect(outcome.status == 0, "\(outcome.errors)")
    // 32,000 bytes a second: 853 s.
    #expect(outcome.errors.contains("heard in pieces: 2."), "\(outcome.errors)")
    let seconds = JSONValue(parsing: outcome.output)?["seconds"]?.double ?? 0
    #expect((852...854).contains(seconds), "\(outcome.output)")
  }

  @Test func `Pieces that a killed program left are removed by the next, and those in use stay`()
    throws
  {
    let server = try hearingServer()
    let home = try home(server)
    func make(_ name: String) throws -> String {
      let folder = home.path + "/cache/iris/" + name
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try home.write([1], to: "cache/iris/\(name)/0.flac")
      try home.write([], to: "cache/iris/\(name)/lock")
      return folder
    }
    let (left, used) = (try make("cut-1"), try make("cut-2"))
    let file = open(used + "/lock", O_RDWR)
    defer { close(file) }
    try #require(flock(file, LOCK_EX | LOCK_NB) == 0)
    let outcome = try home.run("transcribe", "-m", "ear", "talk.wav")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(!FileManager.default.fileExists(atPath: left))
    #expect(FileManager.default.fileExists(atPath: used + "/0.flac"))
    #expect(server.requests.count == 1)
  }
}
