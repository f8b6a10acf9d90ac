import TerminalEmulator
import Testing

/// A reply in flight: stopping it, scrolling, and another window size.
@Suite(.seated) struct StoppingTests {
  @Test(arguments: [Key.escape, .control("c")])
  func `A key stops the reply, and what came stays, marked`(key: Key) async throws {
    try await withServer(pace: .milliseconds(10)) { (home, _) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("count 100000")
      try program.waits(until: "some came", within: .slow) { $0.lastCounted ?? 0 > 20 }
      program.press(key)
      try program.waits(for: "stopped", within: .slow)
      let last = try #require(program.terminal.emulator.lastCounted)
      #expect(last > 20)
      #expect(program.screen.contains("Stopped."))
      #expect(try program.quits() == .status(0))
      #expect(try home.run("show").output.contains(" \(last)"))
    }
  }

  @Test func `A stopped reply goes on, and another message can be sent`() async throws {
    try await withServer(pace: .milliseconds(10)) { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("count 100000")
      try program.waits(until: "some came", within: .slow) { $0.lastCounted ?? 0 > 20 }
      program.press(.escape)
      try program.waits(for: "stopped", within: .slow)
      try program.asks("Enough")
      #expect(try log.sent().last?.messages.map(\.role) == ["user", "assistant", "user"])
    }
  }

  @Test func `Scrolled up, the view stays while text arrives`() async throws {
    try await withServer(pace: .milliseconds(5)) { (home, _) async throws in
      let program = try home.chat("-m", "demo", columns: 60, rows: 16)
      program.enter("count 100000")
      try program.waits(until: "the screen is full", within: .slow) { $0.lastCounted ?? 0 > 300 }
      program.press(.pageUp)
      try program.waits(for: "more below")
      let before = program.terminal.emulator.transcript
      let seconds = program.terminal.emulator.secondsOfStreaming ?? 0
      try program.waits(until: "two seconds went by", within: .slow) {
        $0.secondsOfStreaming ?? 0 >= seconds + 2
      }
      #expect(program.terminal.emulator.transcript == before)
      program.press(.pageDown)
      program.press(.pageDown)
      program.press(.pageDown)
      let end = program.terminal.emulator.lastCounted ?? 0
      try program.waits(until: "the end is seen again") { $0.lastCounted ?? 0 > end + 100 }
    }
  }

  @Test func `The window may change while a reply streams`() async throws {
    try await withServer(pace: .milliseconds(5)) { (home, _) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("count 100000")
      for (columns, rows) in [(40, 10), (80, 24), (200, 50), (80, 24)] {
        let seen = program.terminal.emulator.lastCounted ?? 0
        try program.waits(until: "text came", within: .slow) { $0.lastCounted ?? 0 > seen + 20 }
        program.resize(columns: columns, rows: rows)
        try program.waits(until: "the composer stands in the last row", within: .slow) {
          $0.text(row: rows - 1).contains("user ▸") && $0.lastCounted ?? 0 > seen + 20
        }
      }
      program.press(.escape)
      try program.waits(for: "stopped", within: .slow)
    }
  }

  @Test func `A window that is too small says so, and a larger one goes on`() throws {
    let program = try Home().chat()
    program.type("kept")
    try program.waits(for: "user ▸ kept")
    program.resize(columns: 20, rows: 5)
    try program.waits(for: "Iris needs\n40×10.")
    program.resize(columns: 80, rows: 24)
    try program.waits(for: "user ▸ kept")
  }
}

extension TerminalEmulator {
  /// The last of the numbers that count up on the screen.
  var lastCounted: Int? {
    let numbers = transcript.flatMap { $0.split { !$0.isNumber } }.compactMap { Int($0) }
    return Array(zip(numbers, numbers.dropFirst())).last { $1 == $0 + 1 }?.1
  }

  /// The rows without those that tell what is going on.
  var transcript: [String] {
    (0..<rows).map { text(row: $0) }.filter { !$0.contains("Esc stops") && !$0.contains("─") }
  }

  /// For how long the reply has been coming, as the screen says.
  var secondsOfStreaming: Int? {
    let row = (0..<rows).map { text(row: $0) }.first { $0.contains("Esc stops") }
    return row?.split(separator: ",").compactMap { part in
      part.hasSuffix(" s") ? Int(part.dropLast(2).split(separator: " ").last ?? "") : nil
    }.last
  }
}
