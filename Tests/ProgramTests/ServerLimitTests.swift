import Foundation
import TerminalEmulator
import Testing

/// What servers do not take, and what they do not do, is told as it is.
@Suite(.seated) struct ServerLimitTests {
  /// A server that lists `models`, and answers each question with `answer`.
  private func start(
    models: String = #"{"data":[{"id":"m/small"},{"id":"m/large"}]}"#,
    _ answer: @escaping @Sendable (LiteralServer.Request) -> [UInt8]
  ) throws -> (Home, LiteralServer) {
    let server = try LiteralServer { request in
      request.line.hasPrefix("POST") ? answer(request) : LiteralServer.answer(200, models.utf8)
    }
    var home = try Home()
    home.environment["OPENAI_BASE_URL"] = server.baseURL
    return (home, server)
  }

  @Test(arguments: [
    // transformers serve 5.24, and the same with a model that it was started with.
    (500, "Internal Server Error", "text/plain"),
    (400, #"{"detail":"Server is pinned to 'm/small'; requested 'nope'."}"#, "application/json"),
    (
      404, #"{"error":{"message":"The model `nope` does not exist.","code":404}}"#,
      "application/json"
    ),
  ]) func `A model that the server does not list is told with the list`(
    status: Int, body: String, type: String
  ) throws {
    let (home, server) = try start { _ in LiteralServer.answer(status, body.utf8, type: type) }
    let outcome = try home.run("ask", "-m", "nope", "Hi")
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("has no model nope; it offers m/large, m/small."))
    #expect(!outcome.errors.contains("OPENAI_API_KEY"))
    #expect(!server.requests.isEmpty)
  }

  @Test func `A failure without a word sends nobody after a key alone`() throws {
    let (home, server) = try start { _ in
      LiteralServer.answer(500, "Internal Server Error".utf8, type: "text/plain")
    }
    let outcome = try home.run("ask", "-m", "m/small", "Hi")
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("failed and does not say why: try another model."))
    #expect(!server.requests.isEmpty)
  }

  @Test func `A limit of the reply that is too high is told with the highest`() throws {
    let (home, server) = try start { _ in
      LiteralServer.answer(
        400,
        #"{"error":{"message":"max_tokens=4000 cannot be greater than max_model_len=2048. Please request fewer output tokens. (parameter=max_tokens, value=4000)","type":"BadRequestError","param":"max_tokens","code":400}}"#
          .utf8)
    }
    let outcome = try home.run("ask", "-m", "m/small", "--max-tokens", "4000", "Hi")
    #expect(outcome.status == 69)
    #expect(outcome.errors.contains("has room for 2048 tokens of reply: lower max_tokens"))
    #expect(!outcome.errors.contains("conversation"))
    #expect(!server.requests.isEmpty)
  }

  @Test(arguments: [
    (2048, [], "filled the model's context of 2048 tokens. Ask with less"),
    (1024, [], "at a limit of its own. --max-tokens N asks for more."),
    (20, ["--max-tokens", "9"], "reached its limit of tokens. Raise --max-tokens."),
  ]) func `What cut a reply is told`(total: Int, options: [String], told: String) throws {
    let (home, server) = try start(models: #"{"data":[{"id":"m","max_model_len":2048}]}"#) { _ in
      LiteralServer.events(
        #"{"choices":[{"delta":{"content":"On and on"},"finish_reason":"length"}]}"#,
        #"{"choices":[],"usage":{"prompt_tokens":11,"completion_tokens":\#(total - 11)}}"#, "[DONE]"
      )
    }
    let outcome = try home.run(["ask", "-m", "m"] + options + ["Hi"])
    #expect(outcome.status == 0)
    #expect(outcome.output == "On and on\n")
    #expect(outcome.errors.contains(told))
    #expect(!server.requests.isEmpty)
  }

  @Test(arguments: [
    ("Red.", 22, "yes"), ("Hello there.", 22, "unclear"), ("A picture of 32 pixels.", 110, "yes"),
  ]) func `The doctor calls a picture seen where the answer shows it`(
    says: String, tokens: Int, answer: String
  ) throws {
    let (home, server) = try start { _ in
      LiteralServer.events(
        #"{"choices":[{"delta":{"content":"\#(says)"},"finish_reason":"stop"}]}"#,
        #"{"choices":[],"usage":{"prompt_tokens":\#(tokens),"completion_tokens":2}}"#, "[DONE]")
    }
    let rows = try home.run("doctor", "--yes", "-m", "m/small").output.split(separator: "\n")
    let row = try #require(rows.first { $0.hasPrefix("picture") })
    #expect(row.split(separator: " ").dropFirst().first.map(String.init) == answer)
    #expect(!server.requests.isEmpty)
  }

  @Test func `The list of models has what the server says of them`() throws {
    let (home, server) = try start(
      models:
        #"{"data":[{"id":"tiny","max_model_len":2048},{"id":"b.gguf","meta":{"n_ctx":4096},"architecture":{"input_modalities":["text"]}},{"id":"eye","architecture":{"input_modalities":["text","image"]}}]}"#
    ) { _ in [] }
    struct Listed: Decodable, Equatable {
      var id: String
      var window: Int?
      var pictures: Bool?

      private enum CodingKeys: String, CodingKey {
        case id, pictures
        case window = "context_window"
      }
    }
    let printed = try home.run("models", "--json").output
    let models = try JSONDecoder().decode([Listed].self, from: Data(printed.utf8))
    #expect(
      models == [
        Listed(id: "b.gguf", window: 4096, pictures: false),
        Listed(id: "eye", window: nil, pictures: true),
        Listed(id: "tiny", window: 2048, pictures: nil),
      ])
    #expect(try home.run("models").output.contains("tiny\t2048"))
    #expect(!server.requests.isEmpty)
  }

  private static let schema =
    #"{"type":"object","properties":{"age":{"type":"integer"}},"required":["age"],"additionalProperties":false}"#

  @Test(arguments: [
    (#"\n\n{\"age\": 7}"#, "stop", 0, ""),
    (#"Hello there."#, "stop", 69, "The reply is not JSON"),
    (#"{\"age\": "#, "length", 69, "is not whole, since it was cut"),
    (#"{\"age\": \"seven\"}"#, "stop", 69, "$.age is of another type."),
    (#"{}"#, "stop", 69, "$.age is missing."),
  ]) func `A reply that does not keep to the schema is printed, told, and no success`(
    text: String, reason: String, status: Int32, told: String
  ) throws {
    let (home, server) = try start { _ in
      LiteralServer.events(
        #"{"choices":[{"delta":{"content":"\#(text)"},"finish_reason":"\#(reason)"}]}"#, "[DONE]")
    }
    try home.write(Array(Self.schema.utf8), to: "age.json")
    let outcome = try home.run("ask", "-m", "m/small", "--schema", "age.json", "Hi")
    #expect(outcome.status == status)
    let printed = text.replacing(#"\n"#, with: "\n").replacing(#"\""#, with: "\"")
    #expect(outcome.output == printed + "\n")
    #expect(told.isEmpty ? outcome.errors.isEmpty : outcome.errors.contains(told))
    // JSON mode asks for no shape.
    let isJSON = text.hasSuffix("}")
    #expect((try home.run("ask", "-m", "m/small", "--json", "Hi, in JSON").status == 0) == isJSON)
    #expect(!server.requests.isEmpty)
  }
}
