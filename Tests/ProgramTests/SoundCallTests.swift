import DemoServer
import Foundation
import JSON
import Testing

/// `iris speak` and `iris transcribe`, as a shell uses them; players are scripts that keep what they are fed.
@Suite(.seated) struct SoundCallTests {
  private static let heading = 44

  /// The number that a WAV's header promises, and how many bytes follow it.
  private func wave(_ home: Home, _ name: String) throws -> (promised: Int, there: Int) {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: home.path + "/" + name)))
    try #require(bytes.count > Self.heading)
    let promised = (0..<4).reduce(0) { $0 | Int(bytes[40 + $1]) << ($1 * 8) }
    return (promised, bytes.count - Self.heading)
  }

  @Test func `A text is spoken into a file whose header tells the truth`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run(
        "speak", "-m", "demo-voice", "--speed", "2", "--voice", "coral", "-o", "a.wav",
        "Hello there")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("The voice coral is made by AI"))
      let file = try wave(home, "a.wav")
      // Ten letters of 60 ms, twice as fast.
      #expect(file.promised == 14_400 && file.there == 14_400)
      let sent = try #require(log.requests.last.flatMap { JSONValue(parsing: $0.body) })
      #expect(sent["voice"] == "coral" && sent["response_format"] == "wav")
      let again = try home.run(
        "speak", "-m", "demo-voice", "--speed", "2", "--voice", "coral", "-o", "b.wav",
        "Hello there")
      #expect(again.status == 0)
      #expect(again.errors == "")
      #expect(log.requests.count == 1)
      #expect(try wave(home, "b.wav") == file)
    }
  }

  @Test(arguments: [
    ["speak", "-m", "tts-1", "-o", "out.wav", "Hello there"],
    ["transcribe", "-m", "whisper-1", "in.wav"],
  ]) func `Where the answer does not come, it is asked for once, and what it may cost is said`(
    call: [String]
  ) async throws {
    try await withServer { (plain, _) async throws in
      try #require(
        try plain.run("speak", "-m", "demo-voice", "-o", "in.wav", "Hello there").status == 0)
      let server = try LiteralServer { _ in [] }
      var home = plain
      home.environment["OPENAI_BASE_URL"] = server.baseURL
      let outcome = try home.run(call)
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("It may be charged all the same."), "\(outcome.errors)")
      #expect(server.requests.count { $0.line.contains("/audio/") } == 1)
    }
  }

  @Test func `A long text is cut at sentence ends, and joined without a gap`() async throws {
    try await withServer { (home, log) async throws in
      let sentence = "Nine more words are spoken in this very sentence. "
      let text = String(repeating: sentence, count: 200)
      try home.write(Array(text.utf8), to: "long.txt")
      let outcome = try home.shell(
        "$IRIS speak -m demo-voice --speed 4 -o long.wav < long.txt")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(log.requests.count == 3)
      for request in log.requests {
        let input = JSONValue(parsing: request.body)?["input"]?.string ?? ""
        #expect(input.count <= 4_096)
        #expect(input.hasSuffix("sentence. "))
      }
      let file = try wave(home, "long.wav")
      // 41 letters of 60 ms a sentence, four times as fast.
      #expect(file.promised == file.there)
      #expect(file.there == 200 * 41 * 60 * 48 / 4)
      let piped = try home.shell("$IRIS speak -m demo-voice --speed 4 -o - < long.txt | wc -c")
      #expect(piped.output.contains("\(file.there + 44)"))
      #expect(log.requests.count == 3)
    }
  }

  @Test func `A player is fed as the sound comes`() throws {
    var home = try Home()
    // It says what was kept when the first byte was there.
    let player = """
      dd bs=1 count=1 2>/dev/null > first; (ls cache/iris/speech; echo all) > seen 2>&1
      cat first - > played
      """.replacing("\n", with: "; ")
    try FileManager.default.createDirectory(
      atPath: home.path + "/config/iris", withIntermediateDirectories: true)
    try home.write(Array("player: |-\n  \(player)\n".utf8), to: "config/iris/config.yaml")
    let sound = (0..<60_000).map { UInt8(truncatingIfNeeded: $0 * 7) }
    let server = try LiteralServer(
      halfway: { [home] in
        // The second half comes when the player has had some of the first; else the sound stays short.
        try? home.waits(untilStored: "all", in: "seen")
      }, { _ in LiteralServer.answer(200, sound, type: "audio/pcm") })
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    let outcome = try home.run("speak", "-m", "tts-1", "one two three four five six")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let played = try Data(contentsOf: URL(filePath: home.path + "/played"))
    // A command of the user's is told by a header what it gets.
    #expect(played.prefix(4) == Data("RIFF".utf8))
    #expect(played.dropFirst(Self.heading) == Data(sound))
    // Nothing was kept yet: the sound was not whole.
    #expect(!(try home.text(of: "seen")).contains(".wav"))
  }

  @Test func `A player that dies, or is missing, is told, and the sound is kept`() async throws {
    try await withServer { (home, log) async throws in
      let dying = try home.equipped(with: ["mpv": "echo no device >&2; exit 2"])
      let outcome = try dying.run("speak", "-m", "demo-voice", "hello there")
      #expect(outcome.status == 73)
      #expect(outcome.errors.contains("The player mpv failed (2): no device."))
      #expect(outcome.errors.contains("The sound is in \(home.path)/cache/iris/speech/"))
      let kept = try FileManager.default.contentsOfDirectory(
        atPath: home.path + "/cache/iris/speech")
      #expect(kept.count == 1)
      // Ten letters of 60 ms: it was paid for, and so it came to its end.
      #expect(try wave(home, "cache/iris/speech/" + kept[0]).there == 10 * 60 * 48)
      let none = try home.equipped(with: ["true": "exit 0"])
      try FileManager.default.removeItem(atPath: home.path + "/bin/mpv")
      let asked = log.requests.count
      let missing = try none.run("speak", "-m", "demo-voice", "another text")
      #expect(missing.status == 73)
      #expect(missing.errors.contains("No player of sound is installed. Install mpv"))
      #expect(log.requests.count == asked)
    }
  }

  @Test func `A player that plays nothing and ends well is told; one that works with words is not`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let silent = try home.equipped(with: [
        "ffplay": """
        /bin/cat > /dev/null
        echo "No more combinations to try, audio open failed" >&2
        echo "Failed to open file 'pipe:' or configure filtergraph" >&2
        """
      ])
      for text in ["hello there", "hello there", "two pieces. " + longText] {
        let outcome = try silent.run("speak", "-m", "demo-voice", "--speed", "4", text)
        #expect(outcome.status == 73)
        #expect(
          outcome.errors.contains(
            "The player ffplay played nothing: No more combinations to try, audio open failed. The sound is in \(home.path)/cache/iris/speech"
          ), "\(outcome.errors)")
        #expect(outcome.output == "")
      }
      let working = try home.equipped(with: [
        "ffplay": "/bin/cat > played; echo ALSA lib underrun occurred >&2"
      ])
      let outcome = try working.run("speak", "-m", "demo-voice", "--speed", "4", "hello there")
      #expect(outcome.status == 0 && outcome.errors == "", "\(outcome.errors)")
      let played = try Data(contentsOf: URL(filePath: home.path + "/played"))
      #expect(played.count == 10 * 60 * 48 / 4)
    }
  }

  /// More than a request takes.
  private var longText: String {
    String(repeating: "Nine more words are spoken here. ", count: 150)
  }

  @Test
  func `Who speaks is disclosed when sound comes, and a refused voice is told with the others`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let refused = try home.run(
        "speak", "-m", "demo-voice", "--voice", "nobody", "-o", "a.wav", "hi")
      #expect(refused.status == 69)
      #expect(!refused.errors.contains("made by AI"))
      // The server's own words name its voices, and nothing names them twice.
      #expect(refused.errors.components(separatedBy: "coral").count == 2, "\(refused.errors)")
      let vague = try home.run(
        "speak", "-m", "demo-voice-vague", "--voice", "nobody", "-o", "a.wav", "hi")
      #expect(vague.errors.contains("The voices of 127.0.0.1"), "\(vague.errors)")
      #expect(vague.errors.contains("alloy, ash, ballad, coral"))
      let spoken = try home.run(
        "speak", "-m", "demo-voice", "--voice", "coral", "-o", "a.wav", "hi")
      #expect(spoken.errors.contains("The voice coral is made by AI"))
    }
  }

  @Test func `What cannot be spoken is told in one sentence`() async throws {
    try await withServer { (home, _) async throws in
      let cases: [([String], Int32, String)] = [
        (["-m", "demo-voice", "--speed", "fast", "hi"], 64, "from 0.25 to 4, not fast."),
        (["-m", "demo-voice", "-o", "a.txt", "hi"], 64, "txt is no form of sound"),
        (["-m", "demo-voice", "--format", "midi", "-o", "a", "hi"], 64, "midi is no form"),
        (["-m", "demo-voice", "--voice", "nobody", "-o", "a.wav", "hi"], 69, "nobody"),
        (["-m", "demo-voice", "--speed", "9", "hi"], 64, "--speed takes a number from 0.25 to 4"),
        (["-m", "demo-voice", "-o", "a.wav", " "], 64, "There is no text to be spoken."),
        (["-m", "demo-voice", "-o", "/none/a.wav", "hi"], 73, "/none/a.wav cannot be written"),
        (["-m", "demo-cut", "-o", "cut.wav", "one two three four"], 69, "broke off"),
        (["hi"], 73, "No player of sound"),
        (["-o", "a.wav", "hi"], 64, "No model that speaks is known of 127.0.0.1"),
      ]
      let bare = try home.equipped(with: ["true": "exit 0"])
      for (words, status, sentence) in cases {
        let outcome = try bare.run(["speak"] + words)
        #expect(outcome.status == status, "\(words): \(outcome.errors)")
        #expect(outcome.errors.contains(sentence), "\(words): \(outcome.errors)")
        #expect(outcome.output == "")
      }
      #expect(!FileManager.default.fileExists(atPath: home.path + "/cut.wav"))
    }
  }

  @Test func `A file is replaced where that is asked for, and looked at before anything is paid`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Samples.wave(seconds: 1), to: "talk.wav")
      try home.write(Array("mine".utf8), to: "mine.txt")
      try home.write(Array("mine".utf8), to: "mine.wav")
      for (call, file) in [("speak", "mine.wav"), ("transcribe", "mine.txt")] {
        for (path, sentence) in [
          (file, "is there already: choose another name with -o, or add --force."),
          ("none/a.wav", "none/a.wav cannot be written: No such file or directory."),
          ("/dev/null", "/dev/null cannot be written: Not an ordinary file."),
          (".", "cannot be written: Is a directory."),
        ] {
          let outcome = try home.run(
            call, "-m", call == "speak" ? "demo-voice" : "demo-ear", "--format",
            call == "speak" ? "wav" : "text", "-o", path, "talk.wav")
          #expect(outcome.status == 73, "\(path): \(outcome.errors)")
          #expect(outcome.errors.contains(sentence), "\(outcome.errors)")
        }
        #expect(try home.text(of: file) == "mine")
      }
      #expect(log.requests.isEmpty)
      let forced = try home.run(
        "transcribe", "-m", "demo-ear", "-o", "mine.txt", "--force", "talk.wav")
      #expect(forced.status == 0, "\(forced.errors)")
      #expect(try home.text(of: "mine.txt").hasPrefix("I heard 1.0 s"))
    }
  }

  @Test func `What came of an answer that breaks off is kept beside the file`() async throws {
    try await withServer { (home, _) async throws in
      let spoken = try home.run("speak", "-m", "demo-cut", "-o", "cut.wav", "one two three four")
      #expect(spoken.status == 69)
      #expect(spoken.errors.contains("What came is in cut.part.wav, which is not whole."))
      let file = try wave(home, "cut.part.wav")
      // The header says what there is, and it is less than all sixteen letters of 60 ms.
      #expect(file.promised == file.there && file.there > 0 && file.there < 16 * 60 * 48)
      try home.write(Samples.wave(seconds: 1.5), to: "talk.wav")
      let heard = try home.run(
        "transcribe", "-m", "demo-cut", "-o", "cut.txt", "talk.wav", "talk.wav")
      #expect(heard.status == 69)
      #expect(heard.errors.contains("127.0.0.1"))
      #expect(heard.errors.contains("What came is in cut.part.txt, which is not whole."))
      #expect(try home.text(of: "cut.part.txt").hasPrefix("I heard 1.5 s"))
      for name in ["cut.wav", "cut.txt"] {
        #expect(!FileManager.default.fileExists(atPath: home.path + "/" + name))
      }
    }
  }

  @Test func `A recording is written down as it was really sent`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.wave(seconds: 1.5), to: "talk.wav")
      let outcome = try home.run("transcribe", "-m", "demo-ear", "talk.wav")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(
        outcome.output
          == "I heard 1.5 s of WAV, 16000 Hz. It came in 48044 bytes.\n")
      let form = String(decoding: try #require(log.requests.last).body, as: UTF8.self)
      #expect(form.contains("name=\"stream\"\r\n\r\ntrue"))
      #expect(form.contains("filename=\"talk.wav\"\r\nContent-Type: audio/wav"))
    }
  }

  @Test func `Titles, JSON, languages and keywords are asked for`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.wave(seconds: 2), to: "talk")
      let titles = try home.run("transcribe", "-m", "demo-ear", "--format", "srt", "talk")
      #expect(titles.output.hasPrefix("1\n00:00:00,000 --> 00:00:01,000\nI heard 2.0 s"))
      let json = try home.run(
        "transcribe", "-m", "demo-ear", "--format", "json", "--language", "de", "--keyword", "Iris",
        "talk")
      let line = try #require(JSONValue(parsing: json.output))
      #expect(line["seconds"]?.double == 2)
      #expect(line["text"]?.string?.hasSuffix("The language is de. The words are Iris.") == true)
      let kept = try home.run("transcribe", "-m", "demo-ear", "-o", "talk.txt", "talk", "talk")
      #expect(kept.status == 0 && kept.output == "")
      #expect(try home.text(of: "talk.txt").split(separator: "\n").count == 2)
    }
  }

  @Test(arguments: ["demo-ear-plain", "demo-ear-segments"])
  func `Titles are made of whatever a server answers`(model: String) async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.wave(seconds: 2), to: "talk.wav")
      let outcome = try home.run("transcribe", "-m", model, "--format", "srt", "talk.wav")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("1\n00:00:00,000 --> 00:00:01,"), "\(outcome.output)")
      #expect(outcome.output.contains("\nI heard 2.0 s"))
      #expect(outcome.errors.contains("tells no times") == (model == "demo-ear-plain"))
    }
  }

  @Test func `A translation is the server's where it has one, else the chat model's`() async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Samples.wave(seconds: 1), to: "talk.wav")
      let english = try home.run("transcribe", "-m", "whisper-1", "--to", "en", "talk.wav")
      #expect(english.output.hasPrefix("In English: I heard 1.0 s"), "\(english.errors)")
      #expect(log.requests.map(\.path) == ["/v1/audio/translations"])
      try FileManager.default.createDirectory(
        atPath: home.path + "/config/iris", withIntermediateDirectories: true)
      try home.write(Array("model: demo\n".utf8), to: "config/iris/config.yaml")
      let german = try home.run("transcribe", "-m", "demo-ear", "--to", "de", "talk.wav")
      #expect(german.status == 0, "\(german.errors)")
      #expect(log.requests.last?.path == "/v1/chat/completions")
      let sent = try #require(log.sent().last)
      // The model that hears is not the one that translates.
      #expect(sent.model == "demo")
      #expect(sent.messages.first?.texts.first?.contains("Translate into de.") == true)
      #expect(sent.messages.last?.texts.first?.contains("I heard 1.0 s") == true)
    }
  }

  @Test func `What cannot be heard is told before anything is sent`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Array("no sound, only words".utf8), to: "words.mp3")
      try home.write([], to: "empty.wav")
      try home.write(Samples.wave(seconds: 0), to: "silent.wav")
      let big = Samples.wave(seconds: 1) + [UInt8](repeating: 0, count: 26 << 20)
      try home.write(big, to: "big.wav")
      let bare = try home.equipped(with: ["true": "exit 0"])
      let cases: [([String], Int32, String)] = [
        (["words.mp3"], 65, "words.mp3 is no sound that servers take."),
        (["empty.wav"], 65, "empty.wav holds no sound."),
        (["silent.wav"], 65, "silent.wav holds no sound."),
        (["missing.wav"], 66, "missing.wav cannot be read"),
        (["big.wav"], 65, "big.wav has 26 MiB, more than the 25 MiB"),
        (["--format", "docx", "big.wav"], 64, "--format takes text, json, srt or vtt"),
      ]
      for (words, status, sentence) in cases {
        let outcome = try bare.run(["transcribe", "-m", "demo-ear"] + words)
        #expect(outcome.status == status, "\(words): \(outcome.errors)")
        #expect(outcome.errors.contains(sentence), "\(words): \(outcome.errors)")
      }
      #expect(log.requests.count == 0)
      try home.write(Samples.wave(seconds: 1), to: "talk.wav")
      let refused = try home.run(
        "transcribe", "-m", "demo-ear", "--language", "klingon", "talk.wav")
      #expect(refused.status == 69)
      #expect(refused.errors.contains("ISO-639-1"))
    }
  }

  @Test func `A header that lies about its length does not matter`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.wave(seconds: 1, length: 0xFFFF_FFFF), to: "stream.wav")
      let outcome = try home.run("transcribe", "-m", "demo-ear", "stream.wav")
      #expect(outcome.output.hasPrefix("I heard 1.0 s"), "\(outcome.errors)")
    }
  }
}
