import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// The server's own tools, with those that the demo pretends to have.
@Suite(.seated) struct ServerToolTests {
  @Test func `ask offers them where it is told to, and the reply comes as any other`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--web", "--python", "bridges")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("What was sent"))
      let request = try #require(log.requests.first)
      #expect(request.path == "/v1/responses")
      #expect(request.types(in: "tools") == ["web_search", "code_interpreter"])
      // The file is fetched at once: its container does not live long.
      #expect(log.requests.map(\.path).contains { $0.hasPrefix("/v1/containers/") })
    }
  }

  @Test func `A container that is gone costs its file, and that is told`() async throws {
    try await withServer { (home, _) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--python", "gone, they say")
      #expect(outcome.status == 0)
      #expect(outcome.output.contains("What was sent"))
      #expect(outcome.errors.contains("sales.csv, which the server's Python wrote, is lost:"))
    }
  }

  @Test func `Without them no request speaks of tools`() async throws {
    try await withServer { (home, log) async throws in
      #expect(try home.run("ask", "-m", "demo", "--api", "responses", "bridges").status == 0)
      #expect(log.requests.allSatisfy { $0.types(in: "tools").isEmpty })
    }
  }

  @Test func `The screen shows searches, code, sources and files, and saves these`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.enter("/web on")
      program.enter("/python on")
      try program.waits(for: "The model may run Python", within: .slow)
      try program.asks("bridges")
      try program.waits(for: "1. A page that the demo pretends to have found", within: .slow)
      program.enter("/save-file")
      try program.waits(for: "sales.csv is written to sales.csv", within: .slow)
      #expect(try home.text(of: "sales.csv").hasPrefix("month,sales\n"))
      program.enter("/save-file 1 sales.csv")
      try program.waits(for: "sales.csv is there already", within: .slow)
      // What the tools did goes back to the server with the next question.
      try program.asks("and now?")
      let asked = log.requests.last { $0.path == "/v1/responses" }
      let types = asked?.types(in: "input") ?? []
      #expect(types.contains("web_search_call"))
      #expect(types.contains("code_interpreter_call"))
    }
  }

  @Test(arguments: ["talk.json", "talk.sh"])
  func `An export is the request with all the tools that it would offer`(name: String) async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Array("Turn it off and on.\n".utf8), to: "manual.txt")
      try #require(try home.run("library", "add", "manuals", "manual.txt").status == 0)
      let asked = try home.run(
        "ask", "-m", "demo", "--save", "talk", "--web", "--python", "--library", "manuals",
        "--tool", "time", "How?")
      try #require(asked.status == 0, "\(asked.errors)")
      let sent = try #require(log.requests.last { $0.path == "/v1/responses" })
      #expect(try home.run("export", "talk", name).status == 0)
      let text = try home.text(of: name)
      for tool in ["web_search", "code_interpreter", "file_search", "function"] {
        #expect(sent.text.contains(#""type":"\#(tool)""#), "\(tool) was sent")
        #expect(text.contains(#""type":"\#(tool)""#), "\(tool)")
      }
      #expect(text.contains(#""vector_store_ids":["vs_demo"#))
    }
  }

  @Test func `A library whose server does not answer stands by its name, and that is told`()
    async throws
  {
    try await withServer { (home, _) async throws in
      try home.write(Array("Turn it off and on.\n".utf8), to: "manual.txt")
      try #require(try home.run("library", "add", "manuals", "manual.txt").status == 0)
      try #require(
        try home.run("ask", "-m", "demo", "--save", "talk", "--library", "manuals", "How?").status
          == 0)
      var alone = home
      alone.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:1/v1"
      let outcome = try alone.run("export", "talk", "talk.json")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("did not tell the id of the library manuals"))
      #expect(try home.text(of: "talk.json").contains(#""vector_store_ids":["manuals"]"#))
    }
  }

  @Test func `A server that has no such call is asked without them, and that is told`() async throws
  {
    try await withServer { (home, log) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--api", "chat", "--web", "bridges")
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("/chat/completions does not take web: it is left out."))
      #expect(log.requests.map(\.path) == ["/v1/chat/completions"])
    }
  }
}

extension RecordedRequest {
  /// The types of the objects in a member of the body that is a list.
  fileprivate func types(in member: String) -> [String] {
    let body = try? JSONSerialization.jsonObject(with: Data(self.body)) as? [String: Any]
    let list = body?[member] as? [[String: Any]] ?? []
    return list.compactMap { $0["type"] as? String }
  }
}
