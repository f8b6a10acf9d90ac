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
      #expect(program.screen.contains("The recording is kept in "))
      let kept = try FileManager.default.contentsOfDirectory(atPath: home.path + "/cache/iris")
        .first { $0.hasPrefix("recording-") }
      let name = try #require(kept)
      #expect(
        try Data(contentsOf: URL(filePath: home.path + "/cache/iris/" + name))
          == Data(contentsOf: URL(filePath: home.path + "/talk.wav")))
    }
  }
}
