import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Voices on the screen, with players that are scripts.
@Suite(.seated) struct SpeakingTests {
  @Test func `A player that plays nothing is told on the screen as by the call`() async throws {
    try await withServer { (home, _) async throws in
      try home.configure("speech_model: demo-voice\n")
      let silent = try home.equipped(with: [
        "ffplay": "/bin/cat > /dev/null; echo 'No more combinations to try, audio open failed' >&2"
      ])
      let program = try silent.chat("-m", "demo", columns: 120)
      try program.asks("hello")
      program.enter("/speak 1")
      try program.waits(
        for: "The player ffplay played nothing: No more combinations", within: .slow)
      #expect(try program.quits() == .status(0))
    }
  }

  @Test func `A refused voice does not stay, and the voices of the server are listed`() async throws
  {
    try await withServer { (home, log) async throws in
      try home.configure("speech_model: demo-voice\nplayer: cat >> played\n")
      let program = try home.chat("-m", "demo-other", columns: 120)
      program.enter("/voice coral")
      try program.waits(for: "The voice coral is made by AI", within: .slow)
      program.enter("/voice nobody")
      try program.waits(for: "The voice is coral again.", within: .slow)
      program.enter("/voice")
      try program.waits(for: "Voices of 127.0.0.1", within: .slow)
      try program.waits(for: "shimmer")
      program.press(.escape)
      try program.waits(untilGone: "Voices of")
      #expect(try program.quits() == .status(0))
      // The model of the conversation is not the one that speaks.
      let models = Set(
        log.requests.filter { $0.path.hasSuffix("/audio/speech") }.compactMap {
          String(decoding: $0.body, as: UTF8.self).contains("\"model\":\"demo-voice\"")
        })
      #expect(models == [true])
    }
  }

  @Test func `A server that lists no voices is told to have none that are known`() async throws {
    try await withServer { (home, log) async throws in
      let base = try #require(home.environment["OPENAI_BASE_URL"])
      try home.configure(
        """
        speech_server: quiet
        speech_model: demo-voice
        providers:
          quiet:
            base_url: \(base.replacing("/v1", with: "/quiet/v1"))
            api_key: none
        """)
      let program = try home.chat("-m", "demo", columns: 120)
      program.enter("/voice")
      try program.waits(for: "does not tell which voices it has.", within: .slow)
      #expect(log.requests.last?.path == "/quiet/v1/audio/voices")
      #expect(try program.quits() == .status(0))
    }
  }
}
