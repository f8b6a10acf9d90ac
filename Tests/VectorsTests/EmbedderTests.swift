import ChatAPI
import DemoServer
import JSON
import Testing
import Vectors

@Suite struct EmbedderTests {
  private func withDemo<Value>(
    _ body: (Provider, RequestLog) async throws -> Value
  ) async throws -> Value {
    let log = RequestLog()
    let server = try await DemoServer.start(pace: .zero, log: log)
    do {
      let value = try await body(try Provider(server.baseURL), log)
      await server.stop()
      return value
    } catch {
      await server.stop()
      throw error
    }
  }

  @Test func `Each text gets its own vector, and related texts are near`() async throws {
    try await withDemo { provider, log in
      var embedder = Embedder(ChatClient(), at: provider, model: "demo-embed", dimensions: 128)
      let texts = ["a cat on the mat", "the cat sat on a mat", "interest rates rise", "利率上升"]
      let (vectors, tokens) = try await embedder.vectors(of: texts)
      #expect(vectors.map(\.values.count) == [128, 128, 128, 128])
      #expect(tokens == 4 + 5 + 5 + 3)
      let near = vectors[0].normalised.dot(vectors[1].normalised)
      #expect(near > 0.5 && near > vectors[0].normalised.dot(vectors[2].normalised) + 0.3)
      #expect(log.requests.map(\.path) == ["/v1/embeddings"])
      let body = try #require(JSONValue(parsing: log.requests[0].body))
      #expect(body["encoding_format"] == "base64")
      #expect(body["input"]?.elements?.count == 4)
    }
  }

  @Test func `A server that takes few texts at once gets few`() async throws {
    try await withDemo { provider, log in
      var embedder = Embedder(ChatClient(), at: provider, model: "demo-embed-few")
      let texts = (1...40).map { "text \($0)" }
      let (vectors, _) = try await embedder.vectors(of: texts)
      var other = Embedder(ChatClient(), at: provider, model: "demo-embed")
      #expect(try await other.vectors(of: texts).vectors == vectors)
      #expect(embedder.batchLimit <= 10)
      let before = log.requests.count
      _ = try await embedder.vectors(of: Array(texts.prefix(10)))
      #expect(log.requests.count - before == (10 + embedder.batchLimit - 1) / embedder.batchLimit)
    }
  }

  @Test func `A vector with a number that is none is refused`() async throws {
    try await withDemo { provider, _ in
      var embedder = Embedder(ChatClient(), at: provider, model: "demo-embed-broken")
      await #expect(throws: VectorError.vectorUnusable(server: provider.name)) {
        try await embedder.vectors(of: ["a"])
      }
    }
  }

  @Test func `A batch is bounded by its bytes and its number`() throws {
    let embedder = Embedder(ChatClient(), at: try Provider("http://localhost/v1"), model: "m")
    let long = String(repeating: "x", count: 150_000)
    #expect(embedder.batch(of: [long, long, long]) == 2)
    #expect(embedder.batch(of: [long + long + long]) == 1)
    #expect(embedder.batch(of: Array(repeating: "x", count: 600)) == Embedder.usualBatch)
    #expect(embedder.batch(of: []) == 0)
  }
}

@Suite struct EmbeddingAnswerTests {
  private func answer(_ json: String, _ count: Int = 2) throws -> [[Float]] {
    try EmbeddingAnswer(Array(json.utf8), count: count, server: "s").vectors.map(\.values)
  }

  @Test(arguments: [
    #"{"data":[{"index":1,"embedding":[2,0]},{"index":0,"embedding":"AACAPwAAAAA="}]}"#,
    #"{"data":[{"embedding":[1,0]},{"embedding":[2,0]}]}"#,
    #"{"embeddings":[[1,0],[2,0]]}"#, #"[[1,0],["2","0"]]"#,
  ])
  func `Vectors are read as they come, in the order of the texts`(json: String) throws {
    #expect(try answer(json) == [[1, 0], [2, 0]])
  }

  @Test func `What is missing, doubled or no vector is told`() {
    let cases: [(String, VectorError)] = [
      ("no", .answerUnreadable(server: "s")), (#"{"ok":1}"#, .answerUnreadable(server: "s")),
      (#"{"data":[{"embedding":[1]}]}"#, .wrongCount(server: "s", sent: 2, came: 1)),
      (
        #"{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}"#,
        .placesWrong(server: "s")
      ),
      (
        #"{"data":[{"embedding":[1]},{"embedding":[1,1]}]}"#,
        .sizesDiffer(server: "s", one: 1, other: 2)
      ),
      (
        #"{"data":[{"embedding":[1,null]},{"embedding":[1,1]}]}"#, .vectorUnusable(server: "s")
      ),
      (#"{"data":[{"embedding":[0,0]},{"embedding":[1,1]}]}"#, .vectorUnusable(server: "s")),
      (#"{"data":[{"embedding":[1e99]},{"embedding":[1,1]}]}"#, .vectorUnusable(server: "s")),
      (#"{"data":[{"embedding":"***"},{"embedding":[1,1]}]}"#, .answerUnreadable(server: "s")),
    ]
    for (json, error) in cases {
      #expect(throws: error, "\(json)") { try answer(json) }
    }
  }
}
