import Foundation
import TerminalEmulator
import Testing

/// A store that is moved or removed under a running program: it is told, and nothing in memory is lost.
@Suite(.seated) struct StoreGoneTests {
  private static let told = "The store was moved or removed while Iris used it"
  private static let chunks = [
    #"{"choices":[{"index":0,"delta":{"role":"assistant","content":"The lamp "}}]}"#,
    #"{"choices":[{"index":0,"delta":{"content":"is lit."},"finish_reason":"stop"}]}"#, "[DONE]",
  ]

  /// A home with a conversation, and a server that does something with it before it answers again.
  private func home(
    before answer: @escaping @Sendable (String) -> Void
  ) throws -> (Home, LiteralServer) {
    var home = try Home()
    let path = home.path
    let server = try LiteralServer { request in
      if String(decoding: request.body, as: UTF8.self).contains("second") { answer(path) }
      return LiteralServer.events(Self.chunks[0], Self.chunks[1], Self.chunks[2])
    }
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    home.environment["OPENAI_API_KEY"] = "sk-test"
    try #require(try home.run("ask", "-m", "m", "--save", "talk", "first").status == 0)
    return (home, server)
  }

  private static func removeStore(_ path: String) {
    for name in ["iris.sqlite", "iris.sqlite-wal", "iris.sqlite-shm"] {
      try? FileManager.default.removeItem(atPath: path + "/data/iris/" + name)
    }
  }

  private static func moveStore(_ path: String) {
    try? FileManager.default.moveItem(
      atPath: path + "/data/iris", toPath: path + "/data/iris-moved")
  }

  @Test(arguments: [true, false])
  func `A reply whose store is gone meanwhile is stored in a new one, with all before it`(
    isMoved: Bool
  ) throws {
    let (home, server) = try home { isMoved ? Self.moveStore($0) : Self.removeStore($0) }
    let asked = try home.run("ask", "-m", "m", "--load", "talk", "second")
    #expect(asked.status == 0, "\(asked.errors)")
    #expect(asked.output == "The lamp is lit.\n")
    #expect(asked.errors.contains(Self.told), "\(asked.errors)")
    let shown = try home.run("show", "talk").output
    #expect(shown.contains("user\tfirst\n") && shown.contains("user\tsecond\n"), "\(shown)")
    #expect(shown.components(separatedBy: "assistant\tThe lamp is lit.").count == 3, "\(shown)")
    withExtendedLifetime(server) {}
  }

  @Test func `Where no new store can be made either, the conversation is in a file that is named`()
    throws
  {
    let (home, server) = try home { path in
      Self.moveStore(path)
      _ = FileManager.default.createFile(atPath: path + "/data/iris", contents: nil)
    }
    let asked = try home.run("ask", "-m", "m", "--load", "talk", "second")
    #expect(asked.status == 73, "\(asked.errors)")
    let command = try #require(asked.errors.components(separatedBy: "iris import ").last)
    let file = command.trimmingCharacters(in: .whitespacesAndNewlines)
    try home.remove("data/iris")
    #expect(try home.run("import", file).status == 0, "\(asked.errors)")
    #expect(try home.run("show").output.contains("assistant\tThe lamp is lit."))
    withExtendedLifetime(server) {}
  }

  @Test func `On the screen the conversation goes on in a new store`() async throws {
    try await withServer { (home, _) async throws in
      let program = try home.chat("-m", "demo", columns: 200)
      try program.asks("One")
      Self.removeStore(home.path)
      program.enter("Two")
      try program.waits(for: Self.told, within: .slow)
      try program.waits(for: "user: Two", within: .slow)
      // That all is on disk again is told before or behind that: one sentence may hide the other.
      try home.waits(untilStored: "**user**: `Two`")
      try program.kill()
      let shown = try home.run("show").output
      for text in ["user\tOne", "**user**: `One`", "user\tTwo", "**user**: `Two`"] {
        #expect(shown.contains(text), "\(shown)")
      }
    }
  }
}
