import DemoServer
import Foundation
import Testing

/// The lines of `docs/SOUND.md` are run as they stand there.
@Suite(.seated) struct SoundPageTests {
  private static let page = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/SOUND.md")

  /// The text of the blocks of that language.
  private static func blocks(_ language: String) throws -> [String] {
    try String(contentsOf: page, encoding: .utf8).components(separatedBy: "```\(language)\n")
      .dropFirst().map { $0.components(separatedBy: "```").first ?? "" }
  }

  /// What a line prints or writes, by words of the line; the demo says what it was sent.
  private static let results: [(line: String, output: String)] = [
    ("transcribe hello.wav", "I heard 2.8 s of WAV, 24000 Hz."),
    ("--language en", "The language is en."),
    ("--keyword Iris", "The words are Iris, readline."),
    ("--to en", "In English: I heard"),
    ("embed \"Your", "\"dimensions\":256"),
    ("--dimensions 64", "\"dimensions\":64"),
    ("similar reviews \"delicious", "beans"),
    ("similar reviews --json", "coffee"),
    ("embed --list", "reviews"),
    ("ask -i hello.wav", "[sound: WAV, 24000 Hz, 3 s"),
    ("iris usage", "demo-voice"),
  ]

  @Test func `Every line of the walk does what the page says`() async throws {
    try await withServer { (home, _) async throws in
      let folder = home.path + "/config/iris"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let settings = try #require(try Self.blocks("yaml").first)
      try home.write(Array(settings.utf8), to: "config/iris/config.yaml")
      // The demo encodes by ffmpeg.
      let hasEncoder = FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")
      let lines = try Self.blocks("sh").flatMap { $0.split(separator: "\n").map(String.init) }
        .filter { hasEncoder || !["mp3", "opus", "aac"].contains(where: $0.contains) }
      #expect(lines.count >= (hasEncoder ? 21 : 18))
      var found: Set<String> = []
      for line in lines {
        let outcome = try home.shell(
          "iris() { \"$IRIS\" \"$@\"; }; \(line)" + (line.hasPrefix("echo") ? "" : " < /dev/null"))
        #expect(outcome.status == 0, "\(line): \(outcome.errors)")
        for result in Self.results where line.contains(result.line) {
          found.insert(result.line)
          #expect(outcome.output.contains(result.output), "\(line): \(outcome.output)")
        }
      }
      #expect(found == Set(Self.results.map(\.line)))
      for (name, start) in [("hello.srt", "1\n00:00:00,000 --> "), ("hello.vtt", "WEBVTT\n\n")] {
        #expect(try home.text(of: name).hasPrefix(start))
      }
      let floats = try Data(contentsOf: URL(filePath: home.path + "/text.f32"))
      #expect(floats.count == 4 * 256)
    }
  }
}
