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

  @Test func `A server that counts nothing is asked once, and replies come as before`() async throws
  {
    let server = try FaultServer(
      answering: Self.missing, answer(501, #"{"error":{"message":"API not implemented"}}"#),
      streamHead + chunk("ok") + done)
    let (client, provider) = (ChatClient(), try provider(server))
    for _ in 1...2 {
      #expect(try await client.countTokens(of: .hello(), at: provider) == nil)
    }
    #expect(server.requests.count == 2)
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
