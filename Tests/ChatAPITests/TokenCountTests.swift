import ChatAPI
import Conversation
import Foundation
import JSON
import OfficialSchemas
import Testing

/// Counting by the server.
@Suite struct TokenCountTests {
  private static let missing = answer(404, #"{"error":{"message":"Invalid URL"}}"#)
  private static let counted = answer(200, #"{"object":"response.input_tokens","input_tokens":42}"#)

  private func provider(_ server: FaultServer) throws -> Provider {
    try Provider(server.address + "/v1", apiKey: nil)
  }

  @Test func `OpenAI's call counts, and gets no setting that it does not know`() async throws {
    let server = try FaultServer(answering: Self.counted)
    var parameters = Parameters()
    parameters.temperature = 1
    parameters.maxTokens = 9
    parameters.reasoningEffort = "low"
    let request = ModelRequest.hello(parameters, model: "gpt-5.1")
    #expect(try await ChatClient().countTokens(of: request, at: provider(server)) == 42)
    let sent = try #require(server.requests.first)
    #expect(sent.target == "/v1/responses/input_tokens")
    if let schema = OfficialSchema.shared {
      let body = try #require(JSONValue(parsing: sent.body))
      #expect(schema.faults(in: body, as: "TokenCountsBody") == [])
    }
  }

  @Test func `llama.cpp's own call comes second, and what is missing is learned`() async throws {
    let server = try FaultServer(answering: Self.missing, Self.counted)
    let (client, provider) = (ChatClient(), try provider(server))
    for _ in 1...2 {
      #expect(try await client.countTokens(of: .hello(), at: provider) == 42)
    }
    #expect(
      server.requests.map(\.target) == [
        "/v1/responses/input_tokens", "/v1/chat/completions/input_tokens",
        "/v1/chat/completions/input_tokens",
      ])
  }

  @Test func `vLLM's call stands beside the version, and takes the chat's body`() async throws {
    let counted = answer(200, #"{"count":7,"max_model_len":2048,"tokens":[1,2,3,4,5,6,7]}"#)
    let server = try FaultServer(answering: Self.missing, Self.missing, counted)
    let (client, provider) = (ChatClient(), try provider(server))
    for _ in 1...2 {
      #expect(try await client.countTokens(of: .hello(), at: provider) == 7)
    }
    #expect(
      server.requests.map(\.target) == [
        "/v1/responses/input_tokens", "/v1/chat/completions/input_tokens", "/tokenize", "/tokenize",
      ])
    let body = try #require(server.requests.last.flatMap { JSONValue(parsing: $0.body) })
    #expect(body["model"]?.string == ModelRequest.hello().model)
    #expect(body["messages"]?.elements?.count == 1)
    #expect(body["stream"] == nil)
  }

  @Test func `Where the call looks at a text alone, the server's template writes it`() async throws
  {
    let server = try FaultServer(
      answering: Self.missing, Self.missing, answer(200, #"{"tokens":[]}"#),
      answer(200, #"{"prompt":"<|user|>hello<|assistant|>"}"#),
      answer(200, #"{"tokens":[1,{"id":2,"piece":"a"},3]}"#))
    #expect(try await ChatClient().countTokens(of: .hello(), at: provider(server)) == 3)
    #expect(
      server.requests.map(\.target).suffix(3) == ["/tokenize", "/apply-template", "/tokenize"])
    let body = try #require(server.requests.last.flatMap { JSONValue(parsing: $0.body) })
    #expect(body["content"]?.string == "<|user|>hello<|assistant|>")
  }

  @Test func `The call of Anthropic's shape comes last, with instructions beside`() async throws {
    let server = try FaultServer(
      answering: Self.missing, Self.missing, Self.missing, answer(200, #"{"input_tokens":5}"#))
    let request = ModelRequest(
      model: "m", messages: [RequestMessage(.system, "Be brief."), RequestMessage(.user, "hi")])
    #expect(try await ChatClient().countTokens(of: request, at: provider(server)) == 5)
    let sent = try #require(server.requests.last)
    #expect(sent.target == "/v1/messages/count_tokens")
    #expect(
      JSONValue(parsing: sent.body)
        == [
          "model": "m", "messages": [["role": "user", "content": "hi"]], "system": "Be brief.",
        ])
  }

  @Test func `A call that counts words alone is not asked about pictures`() async throws {
    let server = try FaultServer(answering: Self.missing, Self.missing)
    let picture = RequestMessage(
      role: .user, parts: [.text("What?"), .pictureURL("https://e.org/a.png", .auto)])
    let request = ModelRequest(model: "m", messages: [picture])
    #expect(try await ChatClient().countTokens(of: request, at: provider(server)) == nil)
    #expect(server.requests.count == 2)
  }

  @Test func `A server that counts nothing is asked once, and replies come as before`() async throws
  {
    let server = try FaultServer(
      answering: Self.missing, answer(501, #"{"error":{"message":"API not implemented"}}"#),
      answer(401, #"{"detail":"Not here"}"#), answer(404, "<html>Not found</html>"),
      streamHead + chunk("ok") + done)
    let (client, provider) = (ChatClient(), try provider(server))
    for _ in 1...2 {
      #expect(try await client.countTokens(of: .hello(), at: provider) == nil)
    }
    #expect(server.requests.count == 4)
    #expect(await Outcome(client.reply(to: .hello(), at: provider)).text == "ok")
  }

  @Test func `What fails otherwise is an error`() async throws {
    let server = try FaultServer(
      answering: answer(401, #"{"error":{"message":"Incorrect API key provided"}}"#))
    await #expect(throws: ChatAPIError.self) {
      try await ChatClient().countTokens(of: .hello(), at: provider(server))
    }
  }
}
