import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// Servers of the Model Context Protocol, from the configuration to the reply.
@Suite(.seated) struct MCPTests {
  /// A home whose configuration names a server, which writes down when it starts and when it ends.
  private func withHelper(_ body: (Home, RequestLog) async throws -> Void) async throws {
    try await withServer { (home, log) async throws in
      let folder = "config/iris"
      try FileManager.default.createDirectory(
        atPath: home.path + "/" + folder, withIntermediateDirectories: true)
      try home.write(
        executable: #"""
          #!/bin/sh
          echo started >> "$LOG"
          while read -r line; do
            id=${line#*'"id":'}; id=${id%%[,\}]*}
            result() { printf '{"jsonrpc":"2.0","id":%s,"result":%s}\n' "$id" "$1"; }
            case $line in
            *'"server/discover"'*) result '{"supportedVersions":["2026-07-28"],"capabilities":{}}';;
            *'"tools/list"'*) result '{"tools":[{"name":"weather","description":"The weather.'"$TOKEN"'","inputSchema":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}},{"name":"who","inputSchema":{"type":"object"}}]}';;
            *'"inputResponses"'*'"content":{"name":"Mo"}'*) result '{"content":[{"type":"text","text":"Hello, Mo."}]}';;
            *'"inputResponses"'*) result '{"content":[{"type":"text","text":"Nobody."}]}';;
            *'"name":"who"'*) result '{"resultType":"input_required","inputRequests":{"a":{"method":"elicitation/create","params":{"message":"Who are you?","requestedSchema":{"type":"object","properties":{"name":{"type":"string","title":"Name"}},"required":["name"]}}}}}';;
            *'"tools/call"'*) result '{"content":[{"type":"text","text":"21 degrees, '"$OPENAI_API_KEY$SECRET$TOKEN"'"},{"type":"text","text":"for you","annotations":{"audience":["user"]}}]}';;
            esac
          done
          echo ended >> "$LOG"

          """#, to: folder + "/helper")
      try home.write(
        Array(
          """
          mcp:
            helper:
              command: \(home.path)/config/iris/helper
              env: {LOG: "${HOME}/log"}

          """.utf8), to: folder + "/config.yaml")
      try await body(home, log)
    }
  }

  private func log(_ home: Home) -> [String] {
    ((try? home.text(of: "log")) ?? "").split(separator: "\n").map(String.init)
  }

  /// Types a letter until it answers: one that follows another key within 0.8 s is taken for a message.
  private func answers(
    _ program: TerminalProgram, _ letter: String, until words: String
  ) throws {
    var last = ContinuousClock.now - .seconds(1)
    try program.waits(until: "“\(words)” is shown", within: .slow) { screen in
      if screen.text.contains(words) { return true }
      if !screen.text.contains("user ▸"), last.duration(to: .now) > .seconds(1) {
        last = .now
        program.type(letter)
      }
      return false
    }
  }

  @Test func `A server's tools are offered, called and sent, and it ends with the program`()
    async throws
  {
    try await withHelper { (home, log) async throws in
      var home = home
      home.environment["SECRET"] = "not-named"
      let outcome = try home.run(
        "ask", "-m", "demo", "--allow", "helper__weather", "--show-calls", "The weather in Paris?")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains(#"▸ helper__weather {"city":"Paris"}"#))
      let result = try #require(try log.sent().last).messages.last
      // Neither a variable that is not named nor what is for the user alone.
      #expect(result?.role == "tool" && result?.texts == ["21 degrees, "])
      #expect(self.log(home) == ["started", "ended"])
    }
  }

  @Test func `A server's own secret goes to no model, and is not kept`() async throws {
    try await withHelper { (home, log) async throws in
      let token = "tok-never-seen-0123456789"
      var home = home
      home.environment["MCP_TOKEN"] = token
      let configuration = try home.text(of: "config/iris/config.yaml")
      try home.write(
        Array(configuration.replacing("log\"}", with: "log\", TOKEN: \"${MCP_TOKEN}\"}").utf8),
        to: "config/iris/config.yaml")
      let outcome = try home.run(
        "ask", "-m", "demo", "--allow", "helper__weather", "--save", "kept",
        "The weather in Paris?")
      #expect(outcome.status == 0, "\(outcome.errors)")
      let sent = try #require(try log.sent().last)
      #expect(sent.messages.last?.texts == ["21 degrees, …"])
      #expect(log.requests.allSatisfy { !String(decoding: $0.body, as: UTF8.self).contains(token) })
      #expect(!home.isStored(token, in: "data"))
      #expect(!home.isStored(token, in: "state"))
    }
  }

  @Test func `A server that nothing needs is not started`() async throws {
    try await withHelper { (home, _) async throws in
      #expect(try home.run("ask", "-m", "demo", "Hello").status == 0)
      #expect(log(home).isEmpty)
    }
  }

  @Test func `Servers and their tools are listed`() async throws {
    try await withHelper { (home, _) async throws in
      let servers = try home.run("mcp")
      #expect(servers.status == 0)
      #expect(servers.output.hasSuffix("/helper\thelper\t2026-07-28\t2\n"))
      #expect(try home.run("mcp", "--json").output.contains(#""revision" : "2026-07-28""#))
      #expect(try home.run("tools").output.contains("helper\thelper__weather\talways"))
      let missing = try home.run("mcp", "none")
      #expect(missing.status == 66 && missing.errors.contains("There is no server none"))
    }
  }

  @Test func `A server that cannot be used is told, and the question goes without it`() async throws
  {
    try await withHelper { (home, log) async throws in
      try home.write(
        Array("mcp: {helper: {command: /no/such/program}}\n".utf8), to: "config/iris/config.yaml")
      let outcome = try home.run("ask", "-m", "demo", "--tool", "helper", "Hello")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("helper: /no/such/program cannot be run."))
      #expect(try log.sent().count == 1)
      #expect(try home.run("mcp").status == 69)
    }
  }

  @Test func `What a server asks is declined where nobody can answer, and that is told`()
    async throws
  {
    try await withHelper { (home, _) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--allow", "helper", "who")
      #expect(outcome.errors.contains("helper asks: “Who are you?”"))
      #expect(outcome.output.contains("Nobody."))
    }
  }

  @Test func `Servers of another program come into the configuration, and none is started`()
    async throws
  {
    try await withHelper { (home, _) async throws in
      let file = try home.write(
        Array(
          #"""
          {"mcpServers":{"helper":{"command":"x"},"my notes":{"command":"\#(home.path)/config/iris/helper","args":["-y","a b"],"env":{"LOG":"\#(home.path)/log"}},"far":{"type":"http","url":"https://x.example/mcp","headers":{"X-Team":"a: b"}},"bad":{}}}
          """#.utf8), to: "claude_desktop_config.json")
      let before = try home.text(of: "config/iris/config.yaml")
      let plan = try home.run("import", file, "--dry-run")
      #expect(plan.status == 0 && plan.output.hasPrefix("mcp:\n  my-notes:\n    command: "))
      #expect(try home.text(of: "config/iris/config.yaml") == before)
      let outcome = try home.run("import", file)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("helper is in mcp in config.yaml already."))
      #expect(outcome.errors.contains("bad has neither a command nor a url."))
      let after = try home.text(of: "config/iris/config.yaml")
      #expect(after.contains("  helper:\n    command: \(home.path)/config/iris/helper\n"))
      #expect(after.contains(#"    args: ["-y", "a b"]"#))
      #expect(log(home).isEmpty)
      #expect(try home.run("mcp", "my-notes").output.contains("my-notes\t2026-07-28"))
    }
  }

  @Test func `On the screen the answer is typed into a form`() async throws {
    try await withHelper { (home, _) async throws in
      let program = try home.chat("-m", "demo", "--tool", "helper")
      program.enter("who")
      try program.waits(for: "The model asks to call helper__who", within: .slow)
      try answers(program, "y", until: "helper asks:")
      try answers(program, "y", until: "Enter takes it")
      program.enter("Mo")
      try program.waits(for: "y sends this", within: .slow)
      try answers(program, "y", until: "Hello, Mo.")
      // A letter that came too early waits in the composer.
      program.press(.control("u"))
      #expect(try program.quits() == .status(0))
      #expect(log(home) == ["started", "ended"])
    }
  }
}
