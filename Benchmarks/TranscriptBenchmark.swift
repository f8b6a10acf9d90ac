import DemoServer
import TerminalEmulator

#if canImport(Glibc)
  import Glibc
#endif

/// Measures the transcript: Markdown as fast as it comes and at a reader's pace, long replies, and
/// moving in ten thousand messages.
struct TranscriptBenchmark {
  let program: String
  let home: String
  let report: (_ name: String, _ figure: String, _ bound: String) -> Void

  /// The demo's long text has some 270 words, so many of them make 10,000 tokens and 1 MB.
  private static let tenThousandTokens = 37
  private static let megabyte = 600

  func run() async throws {
    let fast = try await DemoServer.start(pace: .zero)
    try fullSpeed(fast)
    try longReplies(fast)
    try moving(fast)
    await fast.stop()
    let steady = try await DemoServer.start(pace: .milliseconds(5))
    try readersPace(steady)
    await steady.stop()
  }

  // MARK: - The program

  private func environment(_ server: DemoServer) -> [String: String] {
    [
      "HOME": home + "/transcript", "TERM": "xterm-256color", "LANG": "C.UTF-8",
      "INPUTRC": "/dev/null", "OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "none",
      "PATH": "/usr/local/bin:/usr/bin:/bin",
    ]
  }

  private func open(_ server: DemoServer, _ arguments: [String] = []) throws -> TerminalProgram {
    mkdir(home + "/transcript", 0o700)
    let opened = try TerminalProgram(
      program, ["--model", "demo"] + arguments, environment: environment(server))
    try opened.waits(for: "user ▸")
    return opened
  }

  /// What a program spent on something, and what it wrote meanwhile.
  private struct Cost {
    var seconds: Double
    var peakMiB: Double
    var bytes: Int
  }

  private func cost(
    of program: TerminalProgram, _ work: () throws -> Void
  ) rethrows -> Cost {
    let before = ProcessFigures(pid: program.pid)
    let written = program.terminal.output.count
    try work()
    let after = ProcessFigures(pid: program.pid)
    return Cost(
      seconds: after.seconds - before.seconds, peakMiB: after.peakMiB,
      bytes: program.terminal.output.count - written)
  }

  /// Asks for the long text so many times over, and waits until all of it is there.
  private func ask(_ program: TerminalProgram, times: Int) throws {
    program.type("long \(times)")
    program.press(.enter)
    try program.terminal.waits(until: "the reply runs", within: .seconds(30)) {
      $0.text.contains("Esc stops")
    }
    try program.terminal.waits(until: "the reply is there", within: .seconds(300)) {
      $0.text.contains("? keys")
    }
  }

  // MARK: - Measurements

  private func fullSpeed(_ server: DemoServer) throws {
    let program = try open(server)
    let cost = try cost(of: program) { try ask(program, times: Self.tenThousandTokens) }
    report("Markdown of 10,000 tokens", rounded(cost.seconds, 3) + " s CPU", "≤ 0.5 s")
    report("  memory", rounded(cost.peakMiB, 1) + " MiB", "≤ 40 MiB")
    let text = Double(Self.tenThousandTokens * textBytes)
    report("  bytes to the terminal", rounded(Double(cost.bytes) / text, 2) + " × text", "≤ 6")
  }

  /// Bytes of the demo's long text, about.
  private var textBytes: Int { 1_720 }

  private func longReplies(_ server: DemoServer) throws {
    var seconds: [Double] = []
    for times in [Self.megabyte / 2, Self.megabyte] {
      let program = try open(server)
      let cost = try cost(of: program) { try ask(program, times: times) }
      seconds.append(cost.seconds)
      if times == Self.megabyte {
        report("a reply of 1 MB", rounded(cost.seconds, 2) + " s CPU", "≤ 1.5 s")
        report("  memory", rounded(cost.peakMiB, 1) + " MiB", "")
      }
    }
    report("  beside half of it", rounded(seconds[1] / seconds[0], 2) + " times", "≤ 2.2")
  }

  private func readersPace(_ server: DemoServer) throws {
    let program = try open(server)
    program.type("long 20")
    program.press(.enter)
    try program.terminal.waits(until: "the reply runs", within: .seconds(30)) {
      $0.text.contains("tok/s")
    }
    let clock = ContinuousClock()
    let start = clock.now
    let cost = cost(of: program) {
      while clock.now - start < .seconds(10) {
        program.terminal.catchUp()
        _ = poll(nil, 0, 20)
      }
    }
    let share = cost.seconds / ((clock.now - start) / .seconds(1)) * 100
    report("a reply at 200 tokens/s", rounded(share, 1) + " % of a core", "≤ 3 %")
  }

  /// Pages and resizes in a conversation of 10,000 messages: to the new frame, and in CPU time.
  private func moving(_ server: DemoServer) throws {
    let file = home + "/ten-thousand.json"
    try writeConversation(to: file)
    let imported = PipedProgram([self.program, "import", file], environment: environment(server))
    guard imported?.status == 0 else { return print("The 10,000 messages cannot be imported.") }
    let program = try open(server, ["--continue"])
    try program.waits(for: "message 9999", within: .seconds(30))
    var pages: [Double] = []
    let paging = try cost(of: program) {
      for _ in 0..<100 { pages.append(try time(program) { program.press(.pageUp) }) }
    }
    report("a page in 10,000 messages", rounded(paging.seconds * 10, 2) + " ms CPU", "")
    report("  to the new frame, median", rounded(pages.sorted()[50], 2) + " ms", "≤ 5 ms")
    var sizes: [Double] = []
    let resizing = try cost(of: program) {
      for step in 0..<40 {
        sizes.append(
          try time(program) { program.terminal.resize(columns: 81 + step % 3 * 20, rows: 30) })
      }
    }
    report("a resize of the same", rounded(resizing.seconds * 25, 2) + " ms CPU", "")
    report("  to the new frame, median", rounded(sizes.sorted()[20], 2) + " ms", "≤ 20 ms")
  }

  /// Milliseconds from an act to the first output that it causes.
  private func time(_ program: TerminalProgram, _ act: () -> Void) throws -> Double {
    program.terminal.catchUp()
    let clock = ContinuousClock()
    let start = clock.now
    let written = program.terminal.output.count
    act()
    try program.terminal.waits(until: "something is drawn") { _ in
      program.terminal.output.count > written
    }
    let time = (clock.now - start) / .milliseconds(1)
    _ = poll(nil, 0, 10)
    return time
  }

  private func writeConversation(to path: String) throws {
    guard let file = fopen(path, "w") else { return }
    defer { fclose(file) }
    let messages = (0..<10_000).map { number in
      let role = number.isMultiple(of: 2) ? "user" : "assistant"
      let text =
        "This is **message \(number)** of a long talk, 第 \(number) 条消息。\\n\\n- one\\n- two"
      return #"{"role":"\#(role)","content":"\#(text)"}"#
    }
    fputs(#"{"messages":["# + messages.joined(separator: ",\n") + "]}", file)
  }

  private func rounded(_ value: Double, _ digits: Int) -> String {
    let scale = [1.0, 10, 100, 1000][digits]
    return "\((value * scale).rounded() / scale)"
  }
}
