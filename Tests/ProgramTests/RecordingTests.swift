import Foundation
import JSON
import Testing

/// Recordings as people have them: several at once, of forms that servers do not take, damaged.
@Suite(.seated) struct RecordingTests {
  private func home(_ server: LiteralServer, _ settings: String = "") throws -> Home {
    try Home(asking: server, settings)
  }

  /// Hears two titles in whatever it is sent, as whisper does.
  private func titlingServer(_ shape: String) throws -> LiteralServer {
    let head = shape == "vtt" ? "WEBVTT\n\n" : ""
    let mark = shape == "vtt" ? "." : ","
    func title(_ number: Int, _ words: String) -> String {
      (shape == "vtt" ? "" : "\(number)\n")
        + "00:00:0\(number - 1)\(mark)000 --> 00:00:0\(number)\(mark)000\n\(words)\n\n"
    }
    let text = head + title(1, "one") + title(2, "two")
    return try LiteralServer { _ in LiteralServer.answer(200, text.utf8, type: "text/plain") }
  }

  @Test func `Titles of two recordings are one file, whose times and numbers go on`() throws {
    let server = try titlingServer("srt")
    let home = try home(server)
    try home.write(Samples.wave(seconds: 2.5), to: "a.wav")
    try home.write(Samples.wave(seconds: 3), to: "b.wav")
    let call = ["transcribe", "-m", "whisper-1", "--format", "srt", "a.wav", "b.wav"]
    let expected = """
      1
      00:00:00,000 --> 00:00:01,000
      one

      2
      00:00:01,000 --> 00:00:02,000
      two

      3
      00:00:02,500 --> 00:00:03,500
      one

      4
      00:00:03,500 --> 00:00:04,500
      two


      """
    let printed = try home.run(call)
    #expect(printed.status == 0 && printed.output == expected, "\(printed)")
    #expect(try home.run(call + ["-o", "o.srt"]).status == 0)
    #expect(try home.text(of: "o.srt") == expected)
    #expect(server.requests.count == 4)
  }

  @Test func `WebVTT of two recordings has one head`() throws {
    let server = try titlingServer("vtt")
    let home = try home(server)
    try home.write(Samples.wave(seconds: 2.5), to: "a.wav")
    let outcome = try home.run(
      "transcribe", "-m", "whisper-1", "--format", "vtt", "a.wav", "a.wav")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.hasPrefix("WEBVTT\n\n00:00:00.000 --> "))
    #expect(outcome.output.components(separatedBy: "WEBVTT").count == 2)
    #expect(outcome.output.contains("two\n\n00:00:02.500 --> 00:00:03.500\none\n"))
    #expect(server.requests.count == 2)
  }

  @Test func `Where nothing tells the length, that the times behind are guessed is told`() throws {
    let server = try titlingServer("srt")
    let home = try home(server).equipped(with: ["true": "exit 0"])
    try home.write(Array("fLaC, and more".utf8), to: "a.flac")
    let outcome = try home.run(
      "transcribe", "-m", "whisper-1", "--format", "srt", "a.flac", "a.flac")
    #expect(outcome.status == 0 && outcome.output.contains("3\n00:00:02,000 --> "))
    let told =
      "Nothing tells how long a.flac is: the times behind it are guessed from its last words (≈). Convert it first, for example to wav."
    #expect(outcome.errors.components(separatedBy: told).count == 2, "\(outcome.errors)")
    #expect(server.requests.count == 2)
  }

  @Test func `JSON of two recordings is an object a line`() throws {
    let server = try LiteralServer { _ in LiteralServer.answer(200, #"{"text":"heard"}"#.utf8) }
    let home = try home(server)
    for name in ["a.wav", "b.wav"] { try home.write(Samples.wave(seconds: 1), to: name) }
    let outcome = try home.run("transcribe", "-m", "ear", "--format", "json", "a.wav", "b.wav")
    let lines = outcome.output.split(separator: "\n").map { JSONValue(parsing: String($0)) }
    #expect(lines.map { $0?["file"]?.string } == ["a.wav", "b.wav"])
  }

  // MARK: - Forms that servers do not take

  private static let aiff = Array("FORM".utf8) + [0, 0, 1, 0] + Array("AIFFCOMM, and more".utf8)

  @Test func `A recording that servers do not take is converted, whatever it is named`() throws {
    let server = try LiteralServer { _ in LiteralServer.answer(200, #"{"text":"heard"}"#.utf8) }
    let home = try home(server).equipped(with: [
      "ffmpeg": "for last; do :; done; echo \"$@\" >> asked; /bin/cp made.flac \"$last\""
    ])
    try home.write(Self.aiff, to: "talk.wav")
    try home.write(Array("fLaC, and more".utf8), to: "made.flac")
    let outcome = try home.run("transcribe", "-m", "ear", "--format", "json", "talk.wav")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(JSONValue(parsing: outcome.output)?["file"]?.string == "talk.wav")
    let form = try #require(server.requests.last).body
    #expect(form.firstRange(of: Array("filename=\"talk.flac\"".utf8)) != nil)
    #expect(form.firstRange(of: Array("fLaC, and more".utf8)) != nil)
    #expect(try home.text(of: "asked").contains("-i file:talk.wav"))
    // What was converted is removed.
    let cache = try FileManager.default.contentsOfDirectory(atPath: home.path + "/cache/iris")
    #expect(!cache.contains { $0.hasPrefix("cut-") })
  }

  @Test func `Where it cannot be converted, that and what helps is told, and nothing is sent`()
    throws
  {
    let server = try LiteralServer { _ in LiteralServer.answer(200, #"{"text":"heard"}"#.utf8) }
    let home = try home(server)
    let bare = try home.equipped(with: ["true": "exit 0"])
    try home.write(Self.aiff, to: "talk.aiff")
    let missing = try bare.run("transcribe", "-m", "ear", "talk.aiff")
    #expect(missing.status == 65)
    #expect(
      missing.errors.contains(
        "talk.aiff is AIFF, which servers do not take. Install ffmpeg, by which Iris converts it."),
      "\(missing.errors)")
    let attached = try bare.run("ask", "-m", "gpt-4o", "-i", "talk.aiff", "What is said?")
    #expect(attached.status == 65)
    #expect(attached.errors.contains("talk.aiff is AIFF, which"), "\(attached.errors)")
    let failing = try home.equipped(with: ["ffmpeg": "echo no stream found >&2; exit 1"])
    let failed = try failing.run("transcribe", "-m", "ear", "talk.aiff")
    #expect(failed.status == 65)
    #expect(
      failed.errors.contains("ffmpeg cannot convert talk.aiff: no stream found. Convert it"),
      "\(failed.errors)")
    #expect(server.requests.isEmpty)
  }

  @Test func `A converted recording is attached`() throws {
    let home = try Home().equipped(with: [
      "ffmpeg": "for last; do :; done; /bin/cp made \"$last\""
    ])
    try home.write(Self.aiff, to: "talk.aiff")
    try home.write(Array("fLaC, and more".utf8), to: "made")
    let outcome = try home.run("ask", "-i", "talk.aiff", "What is said?")
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("[sound: "), "\(outcome.output)")
  }

  @Test func `A damaged recording is told as sound, and no picture`() throws {
    let home = try Home()
    try home.write([UInt8](repeating: 0x9D, count: 5_000), to: "talk.mp3")
    let outcome = try home.run("ask", "-i", "talk.mp3", "What is said?")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains(
        "talk.mp3 is named like sound and holds none. The file may be damaged: record or convert it anew."
      ), "\(outcome.errors)")
    #expect(!outcome.errors.contains("picture"))
    // What a picture is named does not matter.
    try home.write(Samples.png(4, 4), to: "shot.mp3")
    #expect(try home.run("ask", "-i", "shot.mp3", "What is this?").status == 0)
  }

  @Test(arguments: [#"{"text":"heard"}"#, #"{"text":"heard","usage":{"seconds":0}}"#])
  func `Minutes of an MP3 are counted, also where the server counts nothing`(body: String) throws {
    let server = try LiteralServer { _ in LiteralServer.answer(200, body.utf8) }
    let home = try home(server).equipped(with: ["true": "exit 0"])
    let frame: [UInt8] = [0xFF, 0xFB, 0x90, 0x00] + [UInt8](repeating: 0x55, count: 413)
    // 4,593 frames of 1,152 samples at 44,100 a second: two minutes, but for a frame.
    let mp3 = Array(repeatElement(frame, count: 4_593).joined())
    try home.write(mp3, to: "talk.mp3")
    #expect(try home.run("transcribe", "-m", "whisper-1", "talk.mp3").status == 0)
    #expect(try home.run("usage").output.contains("2.0 min of sound"))
  }
}
