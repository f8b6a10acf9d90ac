import DemoServer
import TerminalEmulator
import Testing

/// What a request carries can be seen and changed.
@Suite(.seated) struct ContextTests {
  @Test func `A message that is left out is not sent, and comes back`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      try program.asks("Secret plans")
      program.enter("/forget 1")
      try program.waits(for: "Message 1 is left out of requests now.")
      try program.asks("Do you know?")
      program.enter("/keep 1")
      try program.waits(for: "Message 1 is sent again.")
      try program.asks("And now?")
      let texts = try log.sent().map { $0.messages.filter { $0.role == "user" }.map(\.texts) }
      #expect(
        texts == [
          [["Secret plans"]], [["Do you know?"]],
          [["Secret plans"], ["Do you know?"], ["And now?"]],
        ])
    }
  }

  @Test func `The page of the context names each message`() throws {
    let program = try Home().chat()
    try program.asks("What is in it?")
    program.enter("/context")
    try program.waits(for: "What the next request carries")
    #expect(program.screen.contains("What is in it?"))
    program.press(.escape)
    try program.waits(untilGone: "What the next request carries")
  }

  @Test func `The system message is read from a file`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Array("Be brief.\nAlways.".utf8), to: "system.txt")
      let program = try home.chat("-m", "demo", "-s", "@system.txt", "-t", "0.3")
      program.enter("Hello")
      try program.waits(for: "user: Hello", within: .slow)
      let sent = try #require(try log.sent().last)
      #expect(
        sent.messages.first == .init(role: "system", texts: ["Be brief.\nAlways."], pictures: []))
      #expect(sent.names.contains("temperature"))
    }
  }

  @Test func `A configuration names the server, the model and the parameters`() async throws {
    try await withServer { (home, log) async throws in
      var home = home
      let address = try #require(home.environment["OPENAI_BASE_URL"])
      home.environment["OPENAI_BASE_URL"] = nil
      home.environment["WORK_KEY"] = "sk-work"
      let configuration = """
        provider: work
        providers:
          work:
            base_url: \(address)
            api_key_env: WORK_KEY
            model: demo-fast
        temperature: 0.9
        """
      let path = try home.write(Array(configuration.utf8), to: "mine.yaml")
      let outcome = try home.run("ask", "--config", path, "Hi")
      #expect(outcome.errors == "")
      #expect(outcome.status == 0)
      #expect(try log.sent().map(\.model) == ["demo-fast"])
      #expect(try log.sent().last?.names.contains("temperature") == true)
      #expect(log.requests.last?.headers["Authorization"] == "Bearer sk-work")
    }
  }
}
