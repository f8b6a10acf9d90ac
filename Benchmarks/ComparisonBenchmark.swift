import DemoServer
import Foundation
import TerminalEmulator

#if canImport(Glibc)
  import Glibc
#endif

/// Measures two programs in turns on the same work in one run, and prints the ratio of their medians.
///
/// Each program has a home folder of its own, so that each works on a store of its own schema. A ratio
/// of two programs that ran in turns means something on a busy machine, where a figure alone does not.
struct ComparisonBenchmark {
  /// The program that is measured, and the older one that it is compared with.
  let programs: [String]
  let home: String
  /// How often each program does each piece of work; the median counts.
  private let rounds = 7

  /// Programs whose copies in `home` are measured: how much of a file is resident depends on how it came
  /// into the page cache, which differs for one that was just linked by up to 1 MiB.
  init(copying programs: [String], home: String) throws {
    self.home = home
    self.programs = try zip(programs, ["/new-iris", "/old-iris"]).map { program, name in
      try FileManager.default.copyItem(atPath: program, toPath: home + name)
      return home + name
    }
  }

  func run() async throws {
    let server = try await DemoServer.start(pace: .zero)
    let steady = try await DemoServer.start(pace: .microseconds(500))
    try importConversations(server.baseURL)
    print("work".padded(to: 52) + "new".padded(to: 16) + "old".padded(to: 16) + "ratio")
    try starts(server.baseURL)
    try streams(server.baseURL)
    try compare("key echo while streaming, median", unit: "ms", rounds: 3) {
      try keyEcho(of: $0, steady.baseURL)
    }
    try sending(server.baseURL)
    try opening(server.baseURL)
    try pasting(server.baseURL)
    try await blanks()
    await steady.stop()
    await server.stop()
  }

  // MARK: - Work

  private func starts(_ server: String) throws {
    let ways: [(name: String, open: (String) throws -> TerminalProgram)] = [
      ("", { try open($0, server) }), (", configured", { try openConfigured($0, server) }),
    ]
    for way in ways {
      try compare("start to first frame\(way.name), CPU", unit: "ms") {
        // It ends with its last reference, and must not before it is looked at.
        let program = try way.open($0)
        return withExtendedLifetime(program) { ProcessFigures(pid: program.pid).seconds * 1000 }
      }
      try compare("memory at rest\(way.name)", unit: "MiB") {
        let program = try way.open($0)
        return withExtendedLifetime(program) {
          _ = poll(nil, 0, 500)
          return ProcessFigures.residentMiB(of: program.pid)
        }
      }
    }
    try compare("iris --version, CPU", unit: "ms") {
      try piped([$0, "--version"], server, home(of: $0)).seconds * 1000
    }
  }

  private func streams(_ server: String) throws {
    try compare("10,000 deltas on the screen, CPU", unit: "ms") {
      let program = try open($0, server, ["--model", "demo-burst-10000"])
      return try cost(of: program) { try ask(program, "go") } * 1000
    }
    try compare("a reply of 1 MB on the screen, CPU", unit: "ms", rounds: 3) {
      let program = try open($0, server)
      return try cost(of: program) { try ask(program, "long 600") } * 1000
    }
    try compare("ask, 10,000 deltas, CPU", unit: "ms") {
      try piped([$0, "ask", "-m", "demo-burst-10000", "go"], server, home(of: $0)).seconds * 1000
    }
    let body =
      #"{"model":"demo-burst-10000","stream":true,"messages":[{"role":"user","content":"go"}]}"#
    let curl = ["curl", "-sN", server + "/chat/completions", "-d", body]
    let json = ["-H", "Content-Type: application/json"]
    let times = try (0..<rounds).map { _ in
      try piped(curl + json, server, home).seconds * 1000
    }
    print("  curl -sN on the same stream, CPU".padded(to: 52) + "\(Self.rounded(median(times))) ms")
  }

  private func sending(_ server: String) throws {
    for talk in Talk.sent {
      try compare("ask --continue, \(talk.name), CPU", unit: "ms", rounds: 5) {
        let program = $0
        // A model whose window nobody knows: otherwise a long history is refused.
        let run = try piped(
          [program, "ask", "-m", "demo-burst-10", "-c", "go"], server,
          talk.folder(home(of: program)))
        return run.seconds * 1000
      }
    }
  }

  private func opening(_ server: String) throws {
    try compare("10,000 messages opened, CPU", unit: "ms", rounds: 5) {
      let program = try TerminalProgram(
        $0, ["-m", "demo", "--continue"],
        environment: environment(server, Talk.opened.folder(home(of: $0))))
      try program.waits(for: "message 9999", within: .seconds(60))
      return withExtendedLifetime(program) { ProcessFigures(pid: program.pid).seconds * 1000 }
    }
  }

  private func pasting(_ server: String) throws {
    try compare("a pasted word of 800 kB, to the next frame", unit: "ms", rounds: 3) {
      let program = try open($0, server)
      let word = String(repeating: "a", count: 800_000)
      let clock = ContinuousClock()
      let start = clock.now
      program.paste(word)
      try program.waits(for: "aaaaaaaaaa", within: .seconds(120))
      return (clock.now - start) / .milliseconds(1)
    }
  }

  /// A reply that begins with 400,000 line breaks, as JSON modes of some servers write.
  private func blanks() async throws {
    let server = try LiteralServer(
      piece: #"{"choices":[{"index":0,"delta":{"content":"\n\n\n\n\n\n\n\n\n\n"}}]}"#,
      count: 40_000)
    try compare("a reply of 400,000 line breaks, CPU", unit: "ms", rounds: 1) {
      let program = try open($0, server.baseURL)
      return try cost(of: program) {
        program.type("go")
        program.press(.enter)
        try program.waits(until: "the reply has come", within: .seconds(600)) {
          $0.text.contains(" end") && !$0.text.contains("Esc stops")
        }
      } * 1000
    }
    server.stop()
  }

  private func keyEcho(of path: String, _ server: String) throws -> Double {
    let program = try open(path, server)
    program.type("long 100000")
    program.press(.enter)
    try program.waits(for: "streaming", within: .seconds(30))
    let clock = ContinuousClock()
    let times = try (1...50).map { count in
      let start = clock.now
      program.type("x")
      try program.waits(for: "user ▸ " + String(repeating: "x", count: count))
      return (clock.now - start) / .milliseconds(1)
    }
    return median(times)
  }

  // MARK: - Programs

  private func home(of program: String) -> String {
    home + (program == programs[0] ? "/new" : "/old")
  }

  private func environment(_ server: String, _ home: String) -> [String: String] {
    [
      "HOME": home, "TERM": "xterm-256color", "LANG": "C.UTF-8", "INPUTRC": "/dev/null",
      "OPENAI_BASE_URL": server, "OPENAI_API_KEY": "none", "IRIS_LOCAL_PORTS": "",
      "PATH": "/usr/local/bin:/usr/bin:/bin",
    ]
  }

  private func open(
    _ program: String, _ server: String, _ arguments: [String] = ["--model", "demo"]
  ) throws -> TerminalProgram {
    let folder = home(of: program)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let opened = try TerminalProgram(
      program, arguments, environment: environment(server, folder))
    try opened.waits(for: "user ▸", within: .seconds(30))
    return opened
  }

  /// Started as most are: by its name alone, with a configuration that names server and model.
  private func openConfigured(_ program: String, _ server: String) throws -> TerminalProgram {
    let folder = home(of: program) + "/configured"
    let file = folder + "/.config/iris/config.yaml"
    try FileManager.default.createDirectory(
      atPath: folder + "/.config/iris", withIntermediateDirectories: true)
    let lines = [
      "provider: local", "providers:", "  local:", "    base_url: \(server)", "    model: demo", "",
    ]
    try lines.joined(separator: "\n").write(toFile: file, atomically: true, encoding: .utf8)
    let opened = try TerminalProgram(program, [], environment: environment(server, folder))
    try opened.waits(for: "user ▸", within: .seconds(30))
    return opened
  }

  private func piped(
    _ words: [String], _ server: String, _ home: String
  ) throws -> PipedProgram {
    guard let run = PipedProgram(words, environment: environment(server, home)) else {
      throw CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: words[0]])
    }
    guard run.status == 0 else { throw Failure.ended(words, status: run.status) }
    return run
  }

  private func ask(_ program: TerminalProgram, _ prompt: String) throws {
    program.type(prompt)
    program.press(.enter)
    try program.waits(until: "the reply has come", within: .seconds(300)) {
      $0.text.contains(" tok") && !$0.text.contains("Esc stops")
    }
  }

  private func cost(of program: TerminalProgram, _ work: () throws -> Void) rethrows -> Double {
    let before = ProcessFigures(pid: program.pid).seconds
    try work()
    return ProcessFigures(pid: program.pid).seconds - before
  }

  private func importConversations(_ server: String) throws {
    for program in programs {
      for talk in Talk.sent + [.opened] {
        let folder = talk.folder(home(of: program))
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let file = folder + "/talk.json"
        try talk.text.write(toFile: file, atomically: true, encoding: .utf8)
        _ = try piped([program, "import", file], server, folder)
      }
    }
  }

  /// A conversation that both programs import before they are measured.
  private struct Talk {
    let count: Int
    /// How many bytes each message has beside its number, in words of five letters.
    let size: Int

    /// Short ones show what does not grow with the text; long ones what is copied for each message.
    static let sent = [
      Self(count: 500, size: 0), Self(count: 500, size: 1000), Self(count: 4000, size: 1000),
    ]
    static let opened = Self(count: 10_000, size: 0)

    var name: String { "\(count) messages of \(size + 50) B" }

    func folder(_ home: String) -> String { home + "-\(count)-\(size)" }

    var text: String {
      let words = String(repeating: " words", count: size / 6)
      let messages = (0..<count).map {
        let role = $0.isMultiple(of: 2) ? "user" : "assistant"
        return
          #"{"role":"\#(role)","content":"This is **message \#($0)**, 第 \#($0) 条消息。\#(words)"}"#
      }
      return #"{"messages":["# + messages.joined(separator: ",\n") + "]}"
    }
  }

  private enum Failure: Error {
    case ended([String], status: Int32)
  }

  // MARK: - Figures

  /// Does the work by both programs in turns, and prints both medians and their ratio.
  private func compare(
    _ name: String, unit: String, rounds: Int? = nil, _ figure: (String) throws -> Double
  ) throws {
    var figures: [[Double]] = [[], []]
    for _ in 0..<(rounds ?? self.rounds) {
      for index in programs.indices { figures[index].append(try figure(programs[index])) }
    }
    let medians = figures.map(median)
    let columns = medians.map { "\(Self.rounded($0)) \(unit)".padded(to: 16) }.joined()
    print(name.padded(to: 52) + columns + Self.rounded(medians[0] / medians[1], by: 10_000))
    // A run takes minutes: who sends it to a file sees how far it is.
    fflush(nil)
  }

  private func median(_ figures: [Double]) -> Double { figures.sorted()[figures.count / 2] }

  private static func rounded(_ value: Double, by scale: Double = 100) -> String {
    "\((value * scale).rounded() / scale)"
  }
}

extension String {
  fileprivate func padded(to count: Int) -> String {
    self + String(repeating: " ", count: max(1, count - self.count))
  }
}
