import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// JSON, and JSON of a shape, asked for from every place.
@Suite(.seated) struct SchemaTests {
  private struct Body: Decodable {
    struct Format: Decodable {
      struct Schema: Decodable { var name: String }
      var type: String
      var schema: Schema?

      private enum CodingKeys: String, CodingKey {
        case type
        case schema = "json_schema"
      }
    }

    var format: Format?

    private enum CodingKeys: String, CodingKey { case format = "response_format" }
  }

  private static let schema = Array(#"{"type": "object", "properties": {}}"#.utf8)

  private static func format(_ log: RequestLog) throws -> Body.Format? {
    let request = try #require(log.requests.last { $0.path.hasSuffix("/chat/completions") })
    return try JSONDecoder().decode(Body.self, from: Data(request.body)).format
  }

  @Test func `A schema is taken from the command line and from the configuration`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Self.schema, to: "list.json")
      // The demo takes it and answers in words, as many servers do.
      let outcome = try home.run("ask", "-m", "demo", "--schema", "list.json", "Hi")
      #expect(outcome.status == 69)
      #expect(outcome.errors.contains("The reply is not JSON, though it was asked for."))
      #expect(try Self.format(log)?.type == "json_schema")
      #expect(try Self.format(log)?.schema?.name == "list")
      try home.write(Array("response_format: ~/list.json".utf8), to: "iris.yaml")
      #expect(try home.run("ask", "-m", "demo", "--config", "iris.yaml", "Hi").status == 69)
      #expect(try Self.format(log)?.schema?.name == "list")
    }
  }

  @Test func `A schema that cannot be used is said, and nothing is sent`() async throws {
    try await withServer { (home, log) async throws in
      let missing = try home.run("ask", "-m", "demo", "--schema", "none.json", "Hi")
      #expect(missing.status == 64)
      #expect(missing.errors.contains("there is no file none.json to read"))
      let folder = try home.run("ask", "-m", "demo", "--schema", home.path, "Hi")
      #expect(folder.status == 64)
      #expect(folder.errors.contains("Cannot read \(home.path): Is a directory."))
      try home.write(Array("words".utf8), to: "words.json")
      let words = try home.run("ask", "-m", "demo", "--schema", "words.json", "Hi")
      #expect(words.status == 64)
      #expect(words.errors.contains("words.json is not valid JSON."))
      let unsaid = try home.run("ask", "-m", "demo", "--json", "Hi")
      #expect(unsaid.status == 65)
      #expect(unsaid.errors.contains("JSON is asked for, but no message says “JSON”"))
      #expect(try log.sent().isEmpty)
    }
  }

  @Test func `On the screen a schema is read from a file`() async throws {
    try await withServer { (home, log) async throws in
      try home.write(Self.schema, to: "list.json")
      let program = try home.chat("-m", "demo")
      program.enter("/set response_format list.json")
      try program.waits(for: "response_format is json schema list.", within: .slow)
      try program.asks("Hello")
      #expect(try Self.format(log)?.schema?.name == "list")
      program.enter("/set response_format none.json")
      try program.waits(for: "there is no file none.json", within: .slow)
    }
  }
}
