import TerminalEmulator
import Testing

/// What a terminal gets, and when.
@Suite(.seated) struct FrameTests {
  /// A terminal that draws what it has got so far, over ssh above all, shows a frame in pieces where
  /// it comes in pieces.
  @Test(.enabled(if: Home.takesFaults))
  func `A frame reaches the terminal in one piece`() async throws {
    try await withServer { (home, _) async throws in
      let home = try home.faulty()
      let program = try home.chat("-m", "demo")
      program.enter("long 3")
      try program.terminal.waits(until: "the reply is there", within: .slow) {
        $0.text.contains("That is all") && $0.text.contains("? keys") && $0.text.contains(" tok")
      }
      try home.begin(.writes)
      program.press(.pageUp)
      try program.waits(for: "more below")
      let writes = try home.writesToTerminal()
      try home.end(.writes)
      // What else was to be written then, a sum that has come late, is a frame of its own.
      let below = try #require(writes.first { $0.contains("more below") })
      let first = try #require(
        program.terminal.emulator.text.split(separator: "\n").dropFirst().first {
          $0.contains { $0.isLetter }
        })
      let words = try #require(first.split(separator: " ").first { $0.count > 4 })
      #expect(below.contains(words), "\(first)")
    }
  }
}
