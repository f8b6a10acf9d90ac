import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// `iris ask --each`: a folder of pictures, each by itself, into one file of results.
@Suite(.seated) struct AskEachTests {
  /// A line of results, as far as the tests look.
  private struct Result: Decodable {
    var image: String
    var reply: String?
    var error: String?
    var status: Int
    var model: String
    var usage: Usage?

    struct Usage: Decodable {
      var promptTokens: Int

      private enum CodingKeys: String, CodingKey { case promptTokens = "prompt_tokens" }
    }
  }

  private static func results(_ text: String) throws -> [Result] {
    try text.split(separator: "\n").map {
      try JSONDecoder().decode(Result.self, from: Data($0.utf8))
    }
  }

  private static func fill(_ home: Home) throws {
    for width in 1...3 { try home.write(Samples.png(width, 2), to: "p\(width).png") }
    try home.write(Array("words".utf8), to: "bad.png")
  }

  @Test func `What fails is told and gone past, and each reply is behind its header`() async throws
  {
    try await withServer { (home, log) async throws in
      try Self.fill(home)
      let outcome = try home.shell(
        "$IRIS ask -m demo --each p1.png bad.png p2.png -i p3.png What is it?")
      #expect(outcome.status == 65)
      #expect(try log.sent().count == 3)
      #expect(outcome.errors.contains("bad.png"))
      let lines = outcome.output.split(separator: "\n").filter { $0.hasPrefix("==>") }
      #expect(lines == ["==> p3.png <==", "==> p1.png <==", "==> p2.png <=="])
    }
  }

  @Test func `A picture that is not there is gone past as well, and failures of two kinds are 69`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try Self.fill(home)
      let outcome = try home.shell(
        "$IRIS ask -m demo --each -i none.png -i p1.png -i bad.png What is it?")
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("none.png"))
      #expect(try log.sent().count == 1)
      #expect(try home.shell("$IRIS ask -m demo --each -i none.png -i p1.png What?").status == 66)
    }
  }

  @Test func `With --jsonl each picture is a JSON object on its line`() async throws {
    try await withServer { (home, _) async throws in
      try Self.fill(home)
      let outcome = try home.shell(
        "$IRIS ask -m demo --each --jsonl -j 3 -i bad.png -i p1.png -i p2.png What is it?")
      let results = try Self.results(outcome.output)
      #expect(Set(results.map(\.image)) == ["bad.png", "p1.png", "p2.png"])
      let bad = try #require(results.first { $0.image == "bad.png" })
      #expect(bad.status == 65)
      #expect(bad.reply == nil)
      #expect(bad.error?.contains("is text") == true)
      let good = try #require(results.first { $0.image == "p2.png" })
      #expect(good.status == 0)
      #expect(good.error == nil)
      #expect(good.model == "demo")
      #expect(good.reply?.contains("PNG 2×2") == true)
      #expect(try #require(good.usage?.promptTokens) > 0)
    }
  }

  @Test func `The same command goes on where the file of results ends`() async throws {
    try await withServer { (home, log) async throws in
      try Self.fill(home)
      let command = "$IRIS ask -m demo --each --jsonl -o out.jsonl -i 'p*.png' What is it?"
      try home.write(Samples.png(1, 2), to: "p4.png")
      #expect(try home.shell(command).status == 0)
      let text = try home.text(of: "out.jsonl")
      let lines = text.split(separator: "\n")
      try #require(lines.count == 4)
      // As a kill leaves it: the third line is cut short, the fourth is not there.
      let cut = lines[0] + "\n" + lines[1] + "\n" + lines[2].prefix(30)
      try home.write(Array(cut.utf8), to: "out.jsonl")
      let again = try home.shell(command)
      #expect(again.status == 0)
      #expect(again.errors.contains("Pictures whose results are there already: 2."))
      #expect(try log.sent().count == 6)
      let results = try Self.results(try home.text(of: "out.jsonl"))
      #expect(
        results.map(\.image).sorted() == (1...4).map { "p\($0).png" }.map { home.path + "/" + $0 }
          || results.map(\.image).sorted() == (1...4).map { "p\($0).png" })
      // Another question is another result.
      #expect(try home.shell(command + " Really?").status == 0)
      #expect(try log.sent().count == 10)
    }
  }

  @Test func `A file that holds something else is left alone`() async throws {
    try await withServer { (home, log) async throws in
      try Self.fill(home)
      for text in ["my notes\n", "my notes", "{\"a\":1}\n"] {
        try home.write(Array(text.utf8), to: "notes.txt")
        let outcome = try home.shell(
          "$IRIS ask -m demo --each --jsonl -o notes.txt -i p1.png What is it?")
        #expect(outcome.status == 73)
        #expect(outcome.errors.contains("notes.txt holds something else than results of --each."))
        #expect(try home.text(of: "notes.txt") == text)
      }
      #expect(try log.sent().isEmpty)
    }
  }

  @Test func `A key that is refused is refused once`() async throws {
    try await withServer { (home, _) async throws in
      try Self.fill(home)
      let outcome = try home.shell(
        "$IRIS ask -m demo-error-401 --each -i p1.png -i p2.png -i p3.png What is it?")
      #expect(outcome.status == 77)
      #expect(outcome.errors.components(separatedBy: "refuses the key").count == 2)
      #expect(outcome.errors.contains("Pictures that were not asked about: 2."))
    }
  }

  @Test func `A server that is not there is given up`() async throws {
    let server = try await DemoServer.start()
    await server.stop()
    let home = try Home(server: server)
    for width in 1...9 { try home.write(Samples.png(width, 2), to: "p\(width).png") }
    let outcome = try home.shell(
      "$IRIS ask -m demo --each --jsonl -o out.jsonl -i 'p*.png' What is it?")
    #expect(outcome.status == 69)
    #expect(
      outcome.errors.contains(
        "Pictures that were not asked about: 6. The same command goes on with them."))
    #expect(try Self.results(try home.text(of: "out.jsonl")).count == 3)
  }

  @Test func `In a stored conversation each picture is asked about from the same place`()
    async throws
  {
    try await withServer { (home, log) async throws in
      try Self.fill(home)
      _ = try home.run("ask", "-m", "demo", "--save", "talk", "Look at pictures.")
      let outcome = try home.shell(
        "$IRIS ask -m demo --each --load talk -j 2 -i p1.png -i p2.png What is it?")
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try log.sent().map(\.messages.count) == [1, 3, 3])
      #expect(try home.run("list", "--search", "PNG 1×2").output.contains("PNG 1×2"))
      #expect(try home.run("list", "--search", "PNG 2×2").output.contains("PNG 2×2"))
    }
  }

  @Test func `On a terminal a line tells how far it has come`() async throws {
    try await withServer { (home, _) async throws in
      try Self.fill(home)
      let program = try TerminalProgram(
        "/bin/bash",
        [
          "-c",
          "\(Home.program) ask -m demo-slow --each --jsonl -o out.jsonl -i 'p*.png' Hi </dev/null",
        ], environment: home.environment, directory: home.path)
      try program.waits(for: "1 of 3 pictures", within: .slow)
      #expect(try program.waitsForExit(within: .slow) == .status(0))
      #expect(!program.screen.contains("pictures"))
    }
  }
}
