import DemoServer
import Foundation
import Testing

/// The forms of speech: what `iris speak` writes is decoded by ffmpeg, where that is installed, and counted.
@Suite(.seated) struct SpeechFormTests {
  /// More than a request takes.
  private var longText: String {
    String(repeating: "Nine more words are spoken here. ", count: 150)
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")),
    arguments: ["mp3", "opus", "aac", "flac", "wav"])
  func `Each form holds the tones that were asked for`(format: String) async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run(
        "speak", "-m", "demo-voice", "-o", "tones.\(format)", "Twenty letters are spoken here")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let decoded = try home.shell(
        "ffmpeg -loglevel error -nostdin -i tones.\(format) -f s16le -ar 24000 -ac 1 decoded.raw")
      #expect(decoded.status == 0, "\(decoded.errors)")
      let samples = try samples(home, "decoded.raw")
      // 26 letters of 60 ms; encoders add up to two frames of silence.
      let seconds = Double(samples.count) / 24_000
      #expect(abs(seconds - 26 * 0.06) < 0.15, "\(seconds)")
      // The first word is a tone of its own, which crosses zero as often in each form.
      let told = try home.run(
        "speak", "-m", "demo-voice", "--format", "pcm", "-o", "tones.pcm",
        "Twenty letters are spoken here")
      #expect(told.status == 0, "\(told.errors)")
      let pure = crossings(try self.samples(home, "tones.pcm"))
      #expect(abs(crossings(samples) - pure) < pure / 10)
    }
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg")),
    arguments: ["mp3", "aac", "flac"])
  func `Encoded sound of several requests has no gap of 50 ms`(format: String) async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run(
        "speak", "-m", "demo-voice", "--speed", "4", "-o", "long.\(format)", longText)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(log.requests.count == 2)
      let decoded = try home.shell(
        "ffmpeg -loglevel error -nostdin -i long.\(format) -f s16le -ar 24000 -ac 1 decoded.raw")
      #expect(decoded.errors == "")
      let samples = try samples(home, "decoded.raw")
      // 27 letters of 60 ms in each of 150 sentences, four times as fast.
      let excess = samples.count - 150 * 27 * 60 * 24 / 4
      #expect(abs(excess) < 3_600)
      let loud = samples.indices.filter { abs(Int(samples[$0])) > 1_000 }
      let gap = zip(loud, loud.dropFirst()).map { $1 - $0 }.max() ?? 0
      #expect(gap < 50 * 24, "\(gap / 24) ms")
    }
  }

  @Test
  func `A server that sends another form than was asked for is told, or what it sent converted`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let bare = try home.equipped(with: ["true": "exit 0"])
      let told = try bare.run("speak", "-m", "demo-voice-wav", "-o", "a.mp3", "hi there")
      #expect(told.status == 0)
      #expect(
        told.errors.contains("sent wav, and a.mp3 holds that. Install ffmpeg"), "\(told.errors)")
      let file = try Data(contentsOf: URL(filePath: home.path + "/a.mp3"))
      // Seven letters of 60 ms behind the header of a WAV.
      #expect(file.prefix(4) == Data("RIFF".utf8) && file.count == 44 + 7 * 60 * 48)
      guard FileManager.default.isExecutableFile(atPath: "/usr/bin/ffmpeg") else { return }
      let made = try home.run("speak", "-m", "demo-voice-wav", "-o", "b.flac", "hi there")
      #expect(made.status == 0 && made.errors == "", "\(made.errors)")
      let flac = try Data(contentsOf: URL(filePath: home.path + "/b.flac"))
      #expect(flac.prefix(4) == Data("fLaC".utf8))
    }
  }

  private func samples(_ home: Home, _ name: String) throws -> [Int16] {
    let bytes = [UInt8](try Data(contentsOf: URL(filePath: home.path + "/" + name)))
    return stride(from: 0, to: bytes.count - 1, by: 2).map {
      Int16(bitPattern: UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8)
    }
  }

  /// How often a tone that can be heard crosses zero.
  private func crossings(_ samples: [Int16]) -> Int {
    var (count, isHigh) = (0, false)
    for sample in samples where abs(Int(sample)) > 1_000 {
      if (sample > 0) != isHigh { count += 1 }
      isHigh = sample > 0
    }
    return count
  }
}
