import DemoServer
import Foundation
import TerminalEmulator

#if canImport(Glibc)
  import Glibc
#endif

/// Measures the release build as a whole process, and prints each figure beside its bound.
///
/// CPU seconds and ratios of two programs measured in one run mean something on a busy machine;
/// wall times, where they cannot be avoided, are medians and percentiles. `transcript` behind the
/// program's path measures only the transcript; the path of a second program compares the two
/// (``ComparisonBenchmark``).
@main
struct Benchmark {
  let program: String
  let home: String
  private let server: DemoServer

  static func main() async throws {
    if CommandLine.arguments.dropFirst().first == SamplePictures.argument {
      return try SamplePictures.write(to: CommandLine.arguments.last ?? ".")
    }
    let program = CommandLine.arguments.dropFirst().first ?? ".build/release/iris"
    let folder = FileManager.default.temporaryDirectory
    var template = Array(folder.appending(path: "iris-XXXXXX").path.utf8CString)
    guard mkdtemp(&template) != nil else { return }
    let home = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    if let other = CommandLine.arguments.dropFirst(2).first, other != "transcript" {
      return try await ComparisonBenchmark(copying: [program, other], home: home).run()
    }
    let server = try await DemoServer.start(pace: .microseconds(500))
    let benchmark = Benchmark(program: program, home: home, server: server)
    guard CommandLine.arguments.dropFirst(2).first != "transcript" else {
      try await benchmark.transcript()
      return await server.stop()
    }
    try benchmark.start()
    try benchmark.burst()
    try benchmark.keyEcho()
    benchmark.ask()
    benchmark.version()
    try benchmark.pictures()
    try await benchmark.library()
    try await benchmark.transcript()
    await server.stop()
  }

  var environment: [String: String] {
    [
      "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8", "INPUTRC": "/dev/null",
      "OPENAI_BASE_URL": server.baseURL, "OPENAI_API_KEY": "none",
      "PATH": "/usr/local/bin:/usr/bin:/bin",
    ]
  }

  private func open(_ arguments: [String]) throws -> TerminalProgram {
    let program = try TerminalProgram(program, arguments, environment: environment)
    try program.waits(for: "user ▸")
    return program
  }

  func report(_ name: String, _ figure: String, bound: String) {
    let padded = name + String(repeating: " ", count: max(1, 44 - name.count))
    print(padded + figure + String(repeating: " ", count: max(1, 24 - figure.count)) + bound)
  }

  static func rounded(_ value: Double, _ digits: Int = 1) -> String {
    let scale = [1.0, 10, 100, 1000][digits]
    return "\((value * scale).rounded() / scale)"
  }

  private func library() async throws {
    try await LibraryBenchmark(program: program, home: home, serverURL: server.baseURL) {
      report($0, $1, bound: $2)
    }.run()
  }

  private func transcript() async throws {
    try await TranscriptBenchmark(program: program, home: home) { report($0, $1, bound: $2) }.run()
  }

  // MARK: - Measurements

  /// Start to the first frame, then two seconds of nothing.
  private func start() throws {
    let program = try open(["--model", "demo-fast"])
    let first = ProcessFigures(pid: program.pid)
    report(
      "start to first frame", Self.rounded(first.seconds * 1000) + " ms CPU", bound: "≤ 30 ms")
    report("memory at the first frame", Self.rounded(first.peakMiB) + " MiB", bound: "≤ 30 MiB")
    _ = poll(nil, 0, 1000)
    let before = ProcessFigures(pid: program.pid)
    _ = poll(nil, 0, 2000)
    let after = ProcessFigures(pid: program.pid)
    report(
      "two idle seconds",
      "\(Self.rounded((after.seconds - before.seconds) * 1000)) ms, "
        + "\(after.wakeUps - before.wakeUps) wake-ups", bound: "0, 0")
  }

  /// 10,000 deltas as fast as the server sends them, in the TUI and through `curl`.
  private func burst() throws {
    let program = try open(["--model", "demo-burst-10000"])
    let before = ProcessFigures(pid: program.pid)
    let written = program.terminal.output.count
    program.type("go")
    program.press(.enter)
    try program.waits(for: " tok", within: .seconds(120))
    let after = ProcessFigures(pid: program.pid)
    let curl = curl(model: "demo-burst-10000")
    let seconds = after.seconds - before.seconds
    report("10,000 deltas in the TUI", Self.rounded(seconds, 3) + " s CPU", bound: "< 1 s")
    report("  beside curl -sN", Self.rounded(seconds / curl.seconds) + " times", bound: "")
    report("  memory", Self.rounded(after.peakMiB) + " MiB", bound: "≤ 40 MiB")
    report(
      "  bytes to the terminal", "\(program.terminal.output.count - written)", bound: "")
  }

  private func curl(model: String) -> PipedProgram {
    let body = #"{"model":"\#(model)","stream":true,"messages":[{"role":"user","content":"go"}]}"#
    let arguments = [
      "curl", "-sN", server.baseURL + "/chat/completions", "-H", "Content-Type: application/json",
      "-d", body,
    ]
    guard let run = PipedProgram(arguments, environment: environment), run.seconds > 0 else {
      print("curl is missing: its figures are left out.")
      var none = PipedProgram(["true"], environment: environment) ?? .nothing
      none.seconds = .nan
      return none
    }
    return run
  }

  /// How long a key takes to be seen while 2,000 tokens a second arrive.
  private func keyEcho() throws {
    let program = try open(["--model", "demo"])
    program.type("long 100000")
    program.press(.enter)
    try program.waits(for: "streaming", within: .seconds(30))
    var times: [Double] = []
    let clock = ContinuousClock()
    for count in 1...200 {
      let start = clock.now
      program.type("x")
      let wanted = "user ▸ " + String(repeating: "x", count: count % 60)
      try program.waits(for: wanted)
      times.append((clock.now - start) / .milliseconds(1))
      if count % 60 == 59 {
        program.press(.control("u"))
        try program.waits(untilGone: "xx")
      }
    }
    times.sort()
    report("key echo while streaming, median", Self.rounded(times[100], 2) + " ms", bound: "")
    report("key echo while streaming, 99 %", Self.rounded(times[197], 2) + " ms", bound: "≤ 10 ms")
    program.press(.escape)
  }

  /// `iris ask` on a stream of 10,000 deltas to a pipe.
  private func ask() {
    let curl = curl(model: "demo-burst-10000")
    guard
      let run = PipedProgram(
        [program, "ask", "--model", "demo-burst-10000", "go"], environment: environment)
    else { return print("\(program) cannot be started.") }
    report("ask, 10,000 deltas", Self.rounded(run.seconds, 3) + " s CPU", bound: "")
    report("  beside curl -sN", Self.rounded(run.seconds / curl.seconds) + " times", bound: "≤ 6")
    report("  memory", Self.rounded(run.peakMiB) + " MiB", bound: "")
  }

  private func version() {
    let runs = (1...5).compactMap { _ in
      PipedProgram([program, "--version"], environment: environment)?.seconds
    }
    guard let best = runs.sorted().dropFirst(2).first else { return }
    report("iris --version", Self.rounded(best * 1000) + " ms CPU", bound: "≤ 10 ms")
  }
}

extension PipedProgram {
  /// Figures of nothing at all.
  static let nothing = PipedProgram()

  private init() {}
}
