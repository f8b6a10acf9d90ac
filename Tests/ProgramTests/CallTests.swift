import DemoServer
import Foundation
import GRDB
import TerminalEmulator
import Testing

/// The calls without the screen, and the screen without a terminal.
@Suite(.seated) struct CallTests {
  @Test(arguments: ["$IRIS </dev/null", "$IRIS </dev/null | cat; exit ${PIPESTATUS[0]}"])
  func `Without a terminal it says what to use`(line: String) throws {
    let outcome = try Home().shell(line)
    #expect(outcome.status == 64)
    #expect(outcome.output == "")
    #expect(outcome.errors == "iris: Iris needs a terminal. In a pipe, use: iris ask PROMPT\n")
  }

  @Test(arguments: ["$IRIS -m demo", "$IRIS -m demo -c"])
  func `What is piped in without words is the question`(line: String) async throws {
    try await withServer { (home, log) async throws in
      try #require(try home.run("ask", "-m", "demo", "--save", "talk", "hello").status == 0)
      try home.write(Array("From a file.\n".utf8), to: "question.txt")
      for input in ["echo 'From a pipe.' | \(line)", "\(line) < question.txt"] {
        let outcome = try home.shell(input)
        #expect(outcome.status == 0 && outcome.output.contains("From a "), "\(outcome.errors)")
      }
      let texts = try log.sent().dropFirst().map {
        $0.messages.last?.texts.map { $0.trimmingCharacters(in: .newlines) }
      }
      #expect(texts == [["From a pipe."], ["From a file."]])
      let isInTalk = try log.sent().last.map { $0.messages.count > 1 }
      #expect(isInTalk == line.hasSuffix("-c"))
    }
  }

  @Test(arguments: ["dumb", "no-such-terminal", ""])
  func `A terminal that cannot be drawn on is said`(name: String) throws {
    var home = try Home()
    home.environment["TERM"] = name
    let program = try TerminalProgram(Home.program, environment: home.environment, columns: 120)
    #expect(try program.waitsForExit(within: .slow) == .status(64))
    #expect(program.screen.contains("TERM=xterm-256color") || program.screen.contains("iris ask"))
    #expect(!program.terminal.emulator.isAlternateScreen)
  }

  @Test func `The server's models are listed, a line each`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("models")
      #expect(outcome.status == 0)
      let names = outcome.output.split(separator: "\n").map { $0.prefix { $0 != "\t" } }
      #expect(names.contains("demo") && names.contains("demo-fast"))
    }
  }

  @Test func `A table of models that cannot be read is said, and the rest is used`() async throws {
    try await withServer { (home, _) async throws in
      let path = home.path + "/config/iris/models.json"
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      let outcome = try home.run("ask", "-m", "demo", "Hi")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("Cannot read \(path): Is a directory."))
    }
  }

  @Test func `A Chinese locale is answered in Chinese`() throws {
    var home = try Home()
    home.environment["LC_MESSAGES"] = "zh_CN.UTF-8"
    let outcome = try home.run("show", "none")
    #expect(outcome.status == 66)
    #expect(outcome.errors.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) })
  }

  @Test func `A long text is printed whole, also into a pipe that does not let writes wait`() throws
  {
    let home = try Home()
    let text = String(repeating: "0123456789", count: 50_000)
    let body = #"{"messages": [{"role": "user", "content": "\#(text)"}]}"#
    try home.write(Array(body.utf8), to: "long.json")
    try #require(try home.run("import", "long.json").status == 0)
    let shown = try PipedProgram(
      Home.program, ["show"], in: home, input: "", outputBlocks: false
    ).waitsForEnd()
    #expect(shown.output == "user\t\(text)\n")
  }

  private static let emptyLog = """
    CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
    CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT,
      prompt_json TEXT, options_json TEXT, response TEXT, response_json TEXT,
      conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT);
    """

  @Test func `A log in which nothing was said is told as such`() throws {
    let home = try Home()
    let database = try DatabaseQueue(path: home.path + "/logs.db")
    try database.write { try $0.execute(sql: Self.emptyLog) }
    try database.close()
    let outcome = try home.run("import", "logs.db")
    #expect(outcome.status == 65)
    #expect(
      outcome.errors.contains(
        "logs.db holds no messages. Check that it is the right file. Nothing was imported."))
  }

  @Test func `An import that fails half-way leaves nothing`() throws {
    let home = try Home()
    let talk = """
      {"title": "talk", "mapping": {"q": {"message": {"author": {"role": "user"},
        "content": {"content_type": "text", "parts": ["Hello"]}, "metadata": {}}}}}
      """
    try home.write(Array("[\(talk), \(talk), {\"mapping\": 3}]".utf8), to: "broken.json")
    let broken = try home.run("import", "broken.json")
    #expect(broken.status == 65)
    #expect(broken.errors.contains("3 mapping"))
    #expect(try home.run("list").output == "")
    try home.write(Array("[\(talk), \(talk)]".utf8), to: "whole.json")
    #expect(try home.run("import", "whole.json").status == 0)
    #expect(try home.run("list").output.split(separator: "\n").count == 2)
  }

  @Test(arguments: ["iris.json", "json"])
  func `What is exported is imported again`(ending: String) async throws {
    try await withServer { (home, _) async throws in
      _ = try home.run("ask", "-m", "demo", "--save", "talk", "Hello 一")
      #expect(try home.run("export", "talk", "out.\(ending)").status == 0)
      let other = try Home()
      try other.write(Array(home.text(of: "out.\(ending)").utf8), to: "in.\(ending)")
      #expect(try other.run("import", "in.\(ending)").status == 0)
      #expect(try other.run("show").output == home.run("show", "talk").output)
    }
  }

  @Test(arguments: [
    ("speak -m demo-voice -o x.wav", "TERM", Int32(143)),
    ("embed -m demo-embed", "INT", 130), ("draw -m demo-image", "HUP", 129),
  ])
  func `The first signal ends a call that waits for its standard input`(
    call: String, signal: String, status: Int32
  ) async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.shell(
        """
        set -m
        mkfifo pipe; exec 3<>pipe
        "$IRIS" \(call) <pipe 2>told &
        until grep -qs 'Reading standard input' told; do sleep 0.01; done
        kill -\(signal) %1
        wait %1
        """)
      #expect(outcome.status == status)
      #expect(try !home.text(of: "told").contains("charged"))
      #expect(log.requests.isEmpty)
    }
  }
}
