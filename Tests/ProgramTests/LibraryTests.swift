import DemoServer
import TerminalEmulator
import Testing

/// Libraries on the server, which it searches for the model.
@Suite(.seated) struct LibraryTests {
  @Test func `A library is filled, searched where it is named, cited, and removed`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Array("Turn it off and on.\n".utf8), to: "manual.txt")
      #expect(try home.run("library", "add", "manuals", "manual.txt").status == 0)
      #expect(try home.run("library").output.hasPrefix("manuals\t1\t"))
      let outcome = try home.run("ask", "-m", "demo", "--library", "manuals", "How?")
      #expect(outcome.status == 0)
      let asked = try #require(log.requests.last { $0.path == "/v1/responses" })
      #expect(asked.text.contains(#"{"type":"file_search","vector_store_ids":["vs_demo"#))
      #expect(asked.text.contains("file_search_call.results"))
      let program = try home.chat("-m", "demo")
      program.enter("/library manuals")
      try program.waits(for: "The model may search manuals", within: .slow)
      try program.asks("How?")
      try program.waits(for: "1. manual.txt", within: .slow)
      program.enter("/usage")
      try program.waits(for: "file search × 1: $0.0025", within: .slow)
      try leave(program)
      #expect(try home.run("library", "rm", "manuals").status == 0)
      #expect(try home.run("library").output == "")
      #expect(try home.run("files").output == "")
    }
  }

  /// Closes the page that is shown, and quits.
  private func leave(_ program: TerminalProgram) throws {
    program.press(.escape)
    try program.waits(untilGone: "Esc close", within: .slow)
    _ = try program.quits()
  }

  @Test func `A library that is not there is told before anything is asked`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run("ask", "-m", "demo", "--library", "novels", "How?")
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("There is no library novels on 127.0.0.1"))
      #expect(log.count(of: "POST", "/v1/responses") == 0)
    }
  }

  @Test func `The server counts what the next request carries`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      try program.asks("hello")
      program.enter("/context")
      try program.waits(for: "counted by 127.0.0.1", within: .slow)
      try leave(program)
      #expect(log.count(of: "POST", "/v1/responses/input_tokens") == 1)
    }
  }
}
