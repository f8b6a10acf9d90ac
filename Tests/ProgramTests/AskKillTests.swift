import Foundation
import SeededNumbers
import TerminalEmulator
import Testing

/// Whatever ends `iris ask`, in whatever phase, what came of the reply is kept.
///
/// `IRIS_ASK_KILLS` says how many kills there are, and has them counted on standard output; there
/// are 12 where it is not set, one for each phase and signal.
@Suite(.seated) struct AskKillTests {
  private static let kills =
    ProcessInfo.processInfo.environment["IRIS_ASK_KILLS"].flatMap(Int.init)

  /// What `iris ask` is doing when it is ended.
  private enum Phase: CaseIterable {
    /// Starting, reading a picture, writing the question, connecting.
    case beginning
    case thinking
    case streaming
    /// At the end of a short reply.
    case ending

    var words: [String] {
      switch self {
      case .beginning: ["-m", "demo", "-i", "a.png", "count 100000"]
      case .thinking: ["-m", "demo-think", "count 100000"]
      case .streaming: ["-m", "demo", "count 100000"]
      case .ending: ["-m", "demo", "count 60"]
      }
    }
  }

  private static let signals = [SIGKILL, SIGTERM, SIGHUP]

  @Test func `Whatever ends it loses at most the last 250 ms of the reply, and never the question`()
    async throws
  {
    try await withServer(pace: .milliseconds(2)) { (home, log) async throws in
      try home.write(Samples.png(300, 200), to: "a.png")
      var numbers = SeededGenerator(seed: 13)
      var kept = 0
      for round in 0..<(Self.kills ?? 12) {
        let phase = Phase.allCases[round % Phase.allCases.count]
        let signal = Self.signals[round / Phase.allCases.count % Self.signals.count]
        let name = "talk \(round)"
        // A store for each: what it holds is of this round.
        var home = home
        home.environment["XDG_DATA_HOME"] = home.path + "/data \(round)"
        let asked = log.questionCount
        let program = try TerminalProgram(
          Home.program, ["ask", "--save", name] + phase.words, environment: home.environment,
          directory: home.path)
        let seen = try Self.end(
          program, phase, by: signal, chance: Int(numbers.next() % 400)
        ) {
          try home.waits(
            untilStored: " \(Self.thought) ", " \(Self.thought + 7) ", in: "data \(round)")
        }
        // Nothing is sent that is not on disk.
        guard log.questionCount > asked else { continue }
        let shown = try home.run("export", name, "-", "--format", "iris.json")
        #expect(shown.status == 0, "\(phase) \(signal): \(shown.errors)")
        #expect(shown.output.contains(phase.words.last ?? ""), "\(phase) \(signal)")
        guard seen > 1 else { continue }
        #expect(shown.output.contains(" \(seen)"), "\(phase) \(signal): \(seen)")
        kept += 1
      }
      if Self.kills != nil { print("\(Self.kills ?? 0) kills of ask, \(kept) replies kept") }
    }
  }

  /// Ends the program somewhere in a phase; the number to which the reply, or its reasoning, is to be
  /// on disk: what had come 300 ms before a kill, and all that had where a signal leaves time.
  private static func end(
    _ program: TerminalProgram, _ phase: Phase, by signal: Int32, chance: Int,
    waitUntilThought: () throws -> Void
  ) throws -> Int {
    let clock = ContinuousClock()
    var seen: [(number: Int, at: ContinuousClock.Instant)] = []
    switch phase {
    case .beginning: _ = poll(nil, 0, Int32(chance / 2))
    case .thinking:
      // Nothing is printed meanwhile: the store itself tells how far it has come.
      try waitUntilThought()
      _ = poll(nil, 0, Int32(chance))
    case .streaming, .ending:
      let last = phase == .ending ? 50 : chance
      try program.waits(until: "\(last) is printed", within: .slow) { terminal in
        let number = terminal.lastCounted ?? 0
        if number > seen.last?.number ?? 0 { seen.append((number, clock.now)) }
        return number > last
      }
      if phase == .ending { _ = poll(nil, 0, Int32(chance / 4)) }
    }
    let end = clock.now
    program.signal(signal)
    _ = try program.waitsForExit(within: .slow)
    let grace: Duration = signal == SIGKILL ? .milliseconds(300) : .zero
    if phase == .thinking { return thought }
    return seen.last { $0.at <= end - grace }?.number ?? 0
  }

  /// The number that the reasoning has come to.
  private static let thought = 20

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
