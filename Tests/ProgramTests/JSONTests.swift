import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// What scripts read of lists, and people see of them.
@Suite(.seated) struct JSONTests {
  private func object(_ text: String) throws -> Any {
    try JSONSerialization.jsonObject(with: Data(text.utf8))
  }

  @Test func `Lists, a conversation and usage are JSON with the names that are documented`()
    async throws
  {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(7, 2), to: "a.png")
      _ = try home.run(
        "ask", "-m", "demo", "-s", "Be brief.", "-i", "a.png", "--save", "talk", "Hi")
      let list = try #require(object(home.run("list", "--json").output) as? [NSDictionary])
      #expect(list.count == 1)
      #expect(list[0]["name"] as? String == "talk")
      #expect(list[0]["messages"] as? Int == 2 && list[0]["pictures"] as? Int == 1)
      #expect((list[0]["updated"] as? String)?.hasSuffix("Z") == true)
      let shown = try #require(object(home.run("show", "--json").output) as? NSDictionary)
      #expect(shown["system"] as? String == "Be brief.")
      let messages = try #require(shown["messages"] as? [NSDictionary])
      #expect(messages.map { $0["role"] as? String } == ["user", "assistant"])
      #expect(messages[0]["text"] as? String == "Hi")
      #expect(messages[0]["pictures"] as? [String] == ["a.png"])
      #expect(messages[1]["status"] as? String == "complete")
      let hits = try object(home.run("list", "--search", "Hi", "--json").output) as? [NSDictionary]
      #expect(hits?.contains { $0["role"] as? String == "user" } == true)
      let usage = try object(home.run("usage", "--json").output) as? [NSDictionary]
      #expect(usage?.first?["model"] as? String == "demo")
      #expect(usage?.first?["prompt_tokens"] as? Int ?? 0 > 0)
      let models = try object(home.run("models", "--json").output) as? [NSDictionary]
      #expect(models?.contains { $0["id"] as? String == "demo" } == true)
    }
  }

  @Test func `An empty store is an empty list`() throws {
    let home = try Home()
    #expect(try home.run("list", "--json").output.filter { !$0.isWhitespace } == "[]")
    #expect(try home.run("list").output == "")
  }

  @Test func `A terminal gets columns below a head, a pipe gets tabs`() async throws {
    try await withServer { (home, _) async throws in
      _ = try home.run("ask", "-m", "demo", "--save", "一段很长的对话", "Hi")
      let program = try TerminalProgram(
        Home.program, ["list"], environment: home.environment, columns: 80)
      #expect(try program.waitsForExit(within: .slow) == .status(0))
      let rows = program.screen.split(separator: "\n").map(String.init)
      #expect(rows.first?.hasPrefix("title") == true)
      #expect(rows.contains { $0.hasPrefix("一段很长的对话") })
      #expect(try home.run("list").output.hasPrefix("一段很长的对话\t"))
    }
  }

  @Test func `A reply is rendered on a terminal, and is as it came in a pipe`() async throws {
    try await withServer { (home, _) async throws in
      let program = try TerminalProgram(
        Home.program, ["ask", "-m", "demo", "long"], environment: home.environment, columns: 80,
        rows: 60)
      #expect(try program.waitsForExit(within: .slow) == .status(0))
      let piped = try home.run("ask", "-m", "demo", "long").output
      #expect(piped.contains("**") || piped.contains("```"))
      #expect(!program.screen.contains("**") && !program.screen.contains("```"))
      #expect(program.terminal.output.firstRange(of: Array("\u{1B}[".utf8)) != nil)
    }
  }

  @Test func `A picture that is piped in as the question is told for one`() async throws {
    try await withServer { (home, _) async throws in
      try home.write(Samples.png(7, 2), to: "a.png")
      let outcome = try home.shell("$IRIS ask -m demo < a.png")
      #expect(outcome.status == 65)
      #expect(outcome.errors.contains("Standard input is a picture. Send it with -i -"))
    }
  }
}
