import DemoServer
import Foundation
import JSON
import Testing

/// Sound that ends early, is none, or comes in a way that a guide does not show.
@Suite(.seated) struct SoundFaultTests {
  private static let heading = 44

  private func configure(_ home: Home, _ settings: String) throws {
    try FileManager.default.createDirectory(
      atPath: home.path + "/config/iris", withIntermediateDirectories: true)
    try home.write(Array(settings.utf8), to: "config/iris/config.yaml")
  }

  private func bytes(_ home: Home, _ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(filePath: home.path + "/" + name)))
  }

  private func home(at server: LiteralServer) throws -> Home {
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    return home
  }

  private func names(in folder: String, of home: Home) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: home.path + "/" + folder)) ?? []
  }

  @Test(arguments: [false, true])
  func `A player of the settings gets one WAV, spoken now or kept, of however many requests`(
    isLong: Bool
  ) async throws {
    let sentence = "Nine more words are spoken here. "
    let count = isLong ? 150 : 1
    try await withServer { (home, log) async throws in
      try configure(home, "player: cat > played\n")
      for _ in 1...2 {
        let outcome = try home.run(
          "speak", "-m", "demo-voice", "--speed", "4", String(repeating: sentence, count: count))
        #expect(outcome.status == 0, "\(outcome.errors)")
        let played = try bytes(home, "played")
        #expect(played.starts(with: "RIFF".utf8))
        #expect(played.dropFirst(8).starts(with: "WAVEfmt ".utf8))
        // 24,000 samples a second; a second header would lengthen the sound.
        #expect(played.dropFirst(24).prefix(4) == [0xC0, 0x5D, 0, 0])
        // 27 letters of 60 ms a sentence, four times as fast.
        #expect(played.count - Self.heading == count * 27 * 60 * 48 / 4)
      }
      #expect(log.requests.count == (isLong ? 2 : 1))
    }
  }
}
