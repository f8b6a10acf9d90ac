import Foundation
import TerminalEmulator
import Testing

private let hasCurl = ["/usr/bin/curl", "/bin/curl", "/usr/local/bin/curl"]
  .contains { FileManager.default.isExecutableFile(atPath: $0) }

/// What is exported asks a server again, with nothing but `curl`.
@Suite(.seated, .enabled(if: hasCurl)) struct ReplayTests {
  struct Way: CustomTestStringConvertible, Sendable {
    var file: String
    var line: String
    var testDescription: String { file }
  }

  @Test(arguments: [
    Way(file: "talk.sh", line: "sh talk.sh"),
    Way(
      file: "talk.json",
      line: """
        curl -sS "$OPENAI_BASE_URL/chat/completions" -H "Authorization: Bearer $OPENAI_API_KEY" \
        -H 'Content-Type: application/json' --data-binary @talk.json
        """),
  ])
  func `An export is sent by curl as it is`(_ way: Way) async throws {
    try await withServer { (home, log) async throws in
      try home.write(Samples.png(9, 6), to: "a.png")
      let asked = try home.run(
        "ask", "-m", "demo", "-i", "a.png", "--save", "talk", "-s", "Be kind.",
        "It's \"一\" $HOME `x`\nIRIS_BODY")
      #expect(asked.status == 0, "\(asked.errors)")
      #expect(try home.run("export", "talk", way.file).status == 0)
      #expect(!(try home.text(of: way.file).contains("sk-test")))
      let replayed = try home.shell(way.line)
      #expect(replayed.status == 0, "\(replayed.errors)")
      #expect(replayed.output.contains("\"choices\""), "\(replayed.output)")
      let sent = try log.sent()
      #expect(sent.count == 2)
      let first = try #require(sent.first)
      let again = try #require(sent.last)
      #expect(Array(again.messages.prefix(first.messages.count)) == first.messages)
      #expect(again.messages.last?.role == "assistant")
      #expect(again.model == "demo")
    }
  }

  @Test func `An export with calls of tools and their results is sent by curl as it is`()
    async throws
  {
    try await withServer { (home, log) async throws in
      let asked = try home.run(
        "ask", "-m", "demo", "--allow", "time", "--save", "talk", "Ask the time tool, please.")
      #expect(asked.status == 0, "\(asked.errors)")
      #expect(try home.run("export", "talk", "talk.json").status == 0)
      let replayed = try home.shell(
        """
        curl -sS "$OPENAI_BASE_URL/chat/completions" -H "Authorization: Bearer $OPENAI_API_KEY" \
        -H 'Content-Type: application/json' --data-binary @talk.json
        """)
      #expect(replayed.output.contains("\"choices\""), "\(replayed.output)")
      let sent = try log.sent()
      #expect(sent.count == 3)
      let again = try #require(sent.last)
      #expect(again.messages.map(\.role) == ["user", "assistant", "tool", "assistant"])
      #expect(again.messages.prefix(3) == sent[1].messages.prefix(3))
      #expect(again.messages[2].texts.first?.contains("T") == true)
    }
  }
}
