import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// What the program prints arrives, or its loss is told; and nothing that is printed steers a terminal.
@Suite(.seated) struct OutputTests {
  /// A call that prints, and the text that shows that it has come so far.
  private static let calls = [
    "ask -m demo hello", "ask -m demo --raw hello", "ask -m demo --no-stream hello", "list",
    "list --search hello", "show talk", "show", "models", "models --json", "usage", "--version",
    "--help", "ask --help", "--generate-completion-script bash",
  ]

  @Test(arguments: calls)
  func `Output that cannot be written is told, with status 73`(call: String) async throws {
    try await withServer { (home, _) async throws in
      try #require(try home.run("ask", "-m", "demo", "--save", "talk", "hello").status == 0)
      let outcome = try home.shell("$IRIS \(call) > /dev/full")
      #expect(outcome.status == 73)
      #expect(outcome.errors.contains("iris: The output is cut off: there is no space left."))
    }
  }

  @Test(arguments: calls)
  func `An output that was closed before the start is told, and no file gets the text`(
    call: String
  ) async throws {
    try await withServer { (home, _) async throws in
      try #require(try home.run("ask", "-m", "demo", "--save", "talk", "hello").status == 0)
      let outcome = try home.shell("$IRIS \(call) >&-")
      #expect(outcome.status == 73)
      #expect(outcome.errors.contains("iris: The output cannot be written (Bad file descriptor)."))
      #expect(try home.run("show", "talk").output.hasPrefix("user\thello\n"))
    }
  }

  @Test(arguments: calls)
  func `A reader who goes is no failure`(call: String) async throws {
    try await withServer { (home, _) async throws in
      try #require(try home.run("ask", "-m", "demo", "--save", "talk", "hello").status == 0)
      // The reader closes its end before it lets the program begin.
      let outcome = try home.shell(
        """
        mkfifo gate
        (trap '' PIPE; read -r _ < gate; $IRIS \(call); echo $? > status) | (exec <&-; echo > gate)
        """)
      #expect(outcome.errors == "")
      #expect(try home.text(of: "status") == "0\n")
    }
  }

  @Test func `Sentences that cannot be written are a failure, unless they are not wanted`()
    async throws
  {
    try await withServer { (home, _) async throws in
      try home.write(Array("nonsense: 1\n".utf8), to: "bad.yaml")
      let call = "$IRIS ask -m demo --config bad.yaml hello"
      #expect(try home.shell("\(call) 2> /dev/full").status == 73)
      #expect(try home.shell("\(call) 2>&-").status == 0)
      #expect(try home.shell("\(call) 2> /dev/null").status == 0)
    }
  }

  /// What a terminal is never sent, and how it would look in a reply, a name or an argument.
  private static let hostile = "\u{1B}]2;owned\u{7} \u{9B}2J \u{202E}txt \u{8} end"

  private func bytes(_ arguments: [String], in home: Home) throws -> [UInt8] {
    let program = try TerminalProgram(
      Home.program, arguments, environment: home.environment, directory: home.path, columns: 120)
    _ = try program.waitsForExit(within: .slow)
    return program.terminal.output
  }

  @Test(arguments: [
    ["show"], ["list"], ["list", "--search", "end"], ["show", hostile],
    ["ask", "--" + hostile], ["ask", "-t", hostile, "x"],
    ["ask", "-m", "demo", "--config", hostile, "x"], ["ask", "-m", "demo", "-i", hostile, "x"],
    ["ask", "-m", "demo", "-s", "@" + hostile, "x"], ["ask", "-m", "demo", "echo \(hostile)"],
    ["ask", "-m", "demo", "--raw", "echo \(hostile)"],
  ])
  func `No output steers a terminal`(arguments: [String]) async throws {
    try await withServer { (home, _) async throws in
      let talk = ["role": "user", "content": Self.hostile]
      let body = try JSONSerialization.data(withJSONObject: ["messages": [talk]])
      try home.write(Array(body), to: "talk.json")
      try #require(try home.run("import", "talk.json").status == 0)
      let text = String(decoding: try bytes(arguments, in: home), as: UTF8.self)
      #expect(text.contains("end"))
      let steering = text.unicodeScalars.filter {
        $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\r" && $0 != "\t"
          || $0 == "\u{202E}"
      }
      #expect(steering.isEmpty)
    }
  }

  @Test func `A pipe gets the text as it is`() async throws {
    try await withServer { (home, _) async throws in
      let talk = ["role": "user", "content": Self.hostile]
      let body = try JSONSerialization.data(withJSONObject: ["messages": [talk]])
      try home.write(Array(body), to: "talk.json")
      try #require(try home.run("import", "talk.json").status == 0)
      #expect(try home.run("show").output == "user\t\(Self.hostile)\n")
    }
  }
}
