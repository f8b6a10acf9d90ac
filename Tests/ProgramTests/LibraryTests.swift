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
      let libraries = try home.run("library")
      #expect(libraries.output == "" && libraries.status == 0)
      #expect(libraries.errors.contains("iris library add NAME FILE makes one."))
      let files = try home.run("files")
      #expect(files.output == "" && files.errors.contains("iris files put FILE puts one there."))
      #expect(try home.run("files", "--json").errors == "")
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
      #expect(outcome.status == 66)
      #expect(outcome.errors.contains("There is no library novels on 127.0.0.1"))
      #expect(try home.run("library", "rm", "novels").status == 66)
      #expect(log.count(of: "POST", "/v1/responses") == 0)
    }
  }

  @Test func `On the screen one that is not there is told at once, and asks for nothing`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try home.write(Array("Turn it off and on.\n".utf8), to: "manual.txt")
      try #require(try home.run("library", "add", "manuals", "manual.txt").status == 0)
      let program = try home.chat("-m", "demo", columns: 100)
      program.enter("/library novels")
      try program.waits(for: "There is no library novels on 127.0.0.1", within: .slow)
      try program.waits(for: "It has: manuals.", within: .slow)
      try program.waits(for: "user ▸ /library novels", within: .slow)
      program.press(.control("c"))
      program.enter("/library manuals")
      try program.waits(for: "The model may search manuals", within: .slow)
      // Somebody takes it away meanwhile: the way on is offered, and is one key.
      try #require(try home.run("library", "rm", "manuals").status == 0)
      program.enter("How?")
      try program.waits(for: "/library off", within: .slow)
      #expect(log.count(of: "POST", "/v1/responses") == 0)
      #expect(log.count(of: "POST", "/v1/chat/completions") == 0)
      program.press(.control("x"))
      program.type("1")
      try program.waits(for: "The model searches no library.", within: .slow)
      program.press(.control("x"))
      program.type("1")
      try program.waits(for: "iris 2", within: .slow)
      #expect(log.count(of: "POST", "/v1/chat/completions") == 1)
      _ = try program.quits()
    }
  }

  @Test func `What is put on the demo inside Iris goes with the call, and that is said`() throws {
    let home = try Home()
    try home.write(Array("Turn it off and on.\n".utf8), to: "manual.txt")
    for call in [
      ["files", "put", "manual.txt"], ["library", "add", "a", "manual.txt"], ["files"],
    ] {
      let outcome = try home.run(call)
      #expect(outcome.status == 0)
      #expect(outcome.errors.contains("The demo inside Iris forgets files"), "\(call)")
    }
    let missing = try home.run("ask", "--library", "novels", "How?")
    #expect(missing.status == 66)
    #expect(missing.errors.contains("There is no library novels on demo."))
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
