import TerminalEmulator
import Testing

/// `kill -9` at any moment loses at most the last 250 ms of the reply in flight.
@Suite(.seated) struct CrashTests {
  @Test func `A crash in mid-reply keeps what was on the screen`() async throws {
    try await withServer(pace: .milliseconds(5)) { (home, _) async throws in
      let kept = try Self.crash(home, after: 250, seenFor: .milliseconds(350))
      try #require(kept > 0)
      let program = try home.chat("--continue", "-m", "demo")
      try program.waits(until: "\(kept) is there again") { $0.lastCounted ?? 0 >= kept }
      try program.waits(for: "cut off")
      try program.asks("Go on")
    }
  }

  @Test func `A draft and its pictures are in the composer again after a crash`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(7, 5), to: "bridge.png")
      let program = try home.chat("-m", "demo")
      try program.asks("Before")
      program.enter("/attach bridge.png low")
      try program.waits(for: "bridge.png 7×5", within: .slow)
      program.type("What is half wri")
      try home.waits(untilStored: "What is half wri")
      try home.waits(untilStored: "bridge.png")
      try program.kill()
      try home.remove("bridge.png")
      let again = try home.chat("--continue", "-m", "demo")
      try again.waits(for: "bridge.png 7×5 low", within: .slow)
      try again.waits(for: "What is half wri")
      again.type("tten?")
      again.press(.enter)
      try again.waits(for: "PNG 7×5", within: .slow)
    }
  }

  /// Ends a program in mid-reply, when it shows `number`; what it showed as long before as `end` says,
  /// which kills it unless it is given.
  static func crash(
    _ home: Home, after number: Int, of last: Int = 100_000, seenFor span: Duration = .zero,
    end: (TerminalProgram) throws -> Duration = { program in
      try program.kill()
      return .milliseconds(300)
    }
  ) throws -> Int {
    let clock = ContinuousClock()
    let program = try home.chat("-m", "demo")
    program.enter("count \(last)")
    var seen: [(number: Int, at: ContinuousClock.Instant)] = []
    try program.waits(until: "\(number) is shown", within: .slow) { terminal in
      let last = terminal.lastCounted ?? 0
      if last > seen.last?.number ?? 0 { seen.append((last, clock.now)) }
      return last > number && (seen.first.map { clock.now - $0.at } ?? .zero) >= span
    }
    let moment = clock.now
    let grace = try end(program)
    return seen.last { $0.at <= moment - grace }?.number ?? 0
  }
}
