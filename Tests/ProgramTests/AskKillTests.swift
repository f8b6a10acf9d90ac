import Foundation
import SeededNumbers
import TerminalEmulator
import Testing

/// Whatever ends `iris ask`, what came of the reply is kept.
///
/// `IRIS_ASK_KILLS` says how many kills there are, and has them counted on standard output; there
/// are 6 where it is not set.
@Suite(.seated) struct AskKillTests {
  private static let kills =
    ProcessInfo.processInfo.environment["IRIS_ASK_KILLS"].flatMap(Int.init)

  @Test func `A kill loses at most the last 250 ms of the reply, and never the question`()
    async throws
  {
    try await withServer(pace: .milliseconds(2)) { (home, _) async throws in
      var numbers = SeededGenerator(seed: 13)
      var kept = 0
      for round in 1...(Self.kills ?? 6) {
        let name = "talk \(round)"
        let program = try TerminalProgram(
          Home.program, ["ask", "-m", "demo", "--save", name, "count 100000"],
          environment: home.environment, directory: home.path)
        // Every third one at any moment from the start on; the others while the reply comes.
        let seen =
          round % 3 == 0
          ? try Self.kill(program, within: Int(numbers.next() % 400))
          : try Self.kill(program, behind: Int(numbers.next() % 400))
        let shown = try home.run("show", name)
        if seen == nil { continue }
        #expect(shown.status == 0, "round \(round): \(shown.errors)")
        #expect(shown.output.contains("user\tcount 100000"))
        guard let number = seen, number > 0 else { continue }
        #expect(shown.output.contains(" \(number) "), "round \(round): \(number)")
        kept += 1
      }
      if Self.kills != nil { print("\(Self.kills ?? 0) kills of ask, \(kept) replies kept") }
    }
  }

  /// Kills at some moment, in whatever phase that is; nothing is known to be acknowledged.
  private static func kill(_ program: TerminalProgram, within milliseconds: Int) throws -> Int? {
    _ = poll(nil, 0, Int32(milliseconds))
    try program.kill()
    return nil
  }

  /// Kills when the reply has come to `number`; what was printed 300 ms before that.
  private static func kill(_ program: TerminalProgram, behind number: Int) throws -> Int? {
    let clock = ContinuousClock()
    var seen: [(number: Int, at: ContinuousClock.Instant)] = []
    try program.waits(until: "\(number) is printed", within: .slow) { terminal in
      let last = terminal.lastCounted ?? 0
      if last > seen.last?.number ?? 0 { seen.append((last, clock.now)) }
      return last > number
    }
    let end = clock.now
    try program.kill()
    return seen.last { $0.at <= end - .milliseconds(300) }?.number ?? 0
  }

  @Test(arguments: [
    (SIGTERM, Int32(143)), (SIGHUP, Int32(129)), (SIGINT, Int32(130)),
  ])
  func `A signal keeps all that was printed, marked as stopped, and has its exit code`(
    signal: Int32, status: Int32
  ) async throws {
    try await withServer(pace: .milliseconds(5)) { (home, _) async throws in
      let program = try TerminalProgram(
        Home.program, ["ask", "-m", "demo", "--save", "talk", "count 100000"],
        environment: home.environment, directory: home.path)
      try program.waits(until: "some came", within: .slow) { $0.lastCounted ?? 0 > 20 }
      program.signal(signal)
      #expect(try program.waitsForExit(within: .slow) == .status(status))
      let last = try #require(program.terminal.emulator.lastCounted)
      #expect(try home.run("show", "talk").output.contains(" \(last)"))
    }
  }

  @Test func `A reader that is slow keeps nothing from the disk`() async throws {
    try await withServer { (home, _) async throws in
      // Longer than a pipe holds: the reader takes nothing until the store has more than that.
      let outcome = try home.shell(
        """
        $IRIS ask -m demo-burst-200000 --save talk Hi </dev/null | {
          until [ "$($IRIS show talk 2>/dev/null | wc -c)" -gt 200000 ]; do :; done
          wc -c
        }
        """)
      #expect(try #require(Int(outcome.output.filter(\.isNumber))) > 200_000)
    }
  }

  @Test func `A reader that goes away keeps what came of the reply`() async throws {
    try await withServer(pace: .milliseconds(1)) { (home, _) async throws in
      let outcome = try home.shell(
        "$IRIS ask -m demo --save talk 'count 100000' </dev/null | head -c 2000; exit ${PIPESTATUS[0]}"
      )
      #expect(outcome.status == 0)
      #expect(outcome.errors == "")
      let numbers = outcome.output.split(separator: " ").compactMap { Int($0) }
      let number = try #require(numbers.dropLast().last)
      #expect(try home.run("show", "talk").output.contains(" \(number) "))
    }
  }
}
