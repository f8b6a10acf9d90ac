import ChatAPI
import Conversation
import Foundation
import Language
import Testing

/// Which of the two calls a server is asked with, and what its refusals teach of that.
@Suite struct WireChoiceTests {
  private static let missing = answer(
    404, #"{"error":{"message":"Invalid URL (POST /v1/responses)"}}"#)
  private static let chat = streamHead + chunk("chat", finish: "stop") + done
  private static let responses =
    streamHead
    + "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":\"new\"}\n\n"
    + "data: {\"type\":\"response.completed\",\"response\":{\"status\":\"completed\"}}\n\n"

  /// A loopback server whose first call is `/responses`.
  private func provider(
    _ server: FaultServer, prefersResponses: Bool = true, api: WireChoice = .auto
  ) throws -> Provider {
    var provider = try Provider(server.address + "/v1", apiKey: nil)
    provider.dialect.prefersResponses = prefersResponses
    provider.api = api
    return provider
  }

  private func paths(_ server: FaultServer) -> [String] { server.requests.map(\.target) }

  @Test(arguments: [
    ("https://a.com/v1", false, "/chat/completions"), ("https://a.com/v1", true, "/responses"),
    ("https://a.com/v1/responses", false, "/responses"),
    ("https://a.com/v1/chat/completions", true, "/chat/completions"),
    ("https://r.openai.azure.com/openai/v1", true, "/responses"),
    ("https://r.openai.azure.com/openai/deployments/d?api-version=1", true, "/chat/completions"),
  ]) func `An address and what is known of its server say which call it is`(
    address: String, prefersResponses: Bool, call: String
  ) throws {
    var provider = try Provider(address)
    provider.dialect.prefersResponses = prefersResponses
    #expect(provider.wire().call == call)
    provider.api = .chat
    #expect(provider.wire().call == "/chat/completions")
    provider.api = .responses
    #expect(provider.wire().call == "/responses")
  }

  @Test(arguments: [404, 405, 501])
  func `A server without the call is asked with the other, from then on`(
    status: Int
  ) async throws {
    let refusal = answer(
      status, #"{"error":{"message":"API not implemented","code":"api_not_implemented"}}"#)
    let server = try FaultServer(answering: refusal, Self.chat)
    let (client, provider) = (UnhurriedClient().client, try provider(server))
    let outcome = await Outcome(client.reply(to: .hello(), at: provider))
    #expect(outcome.text == "chat")
    #expect(
      outcome.told == [
        "127.0.0.1:\(server.port) has no /responses: it is asked at /chat/completions."
      ])
    #expect(paths(server) == ["/v1/responses", "/v1/chat/completions"])
    _ = await Outcome(client.reply(to: .hello(model: "other"), at: provider))
    #expect(paths(server).last == "/v1/chat/completions")
    #expect(server.requests.count == 3)
  }

  @Test func `Nothing is learned where the other call is not there either`() async throws {
    let server = try FaultServer(answering: Self.missing)
    let (client, provider) = (UnhurriedClient().client, try provider(server))
    let outcome = await Outcome(client.reply(to: .hello(), at: provider))
    #expect(outcome.error?.kind == .answer(.notFound))
    #expect(client.learnedRules == LearnedRules())
    #expect(paths(server) == ["/v1/responses", "/v1/chat/completions"])
  }

  @Test func `A call that was chosen is not changed for another`() async throws {
    let server = try FaultServer(answering: Self.missing)
    let provider = try provider(server, api: .responses)
    let outcome = await Outcome(UnhurriedClient().client.reply(to: .hello(), at: provider))
    #expect(outcome.error?.kind == .answer(.callMissing("/responses")))
    #expect(server.requests.count == 1)
  }

  @Test func `A model that is unknown is no missing call`() async throws {
    let server = try FaultServer(
      answering: answer(404, #"{"error":{"message":"x","code":"model_not_found"}}"#))
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: .hello(), at: try provider(server)))
    #expect(outcome.error?.kind == .answer(.modelNotFound))
    #expect(server.requests.count == 1)
  }

  @Test(arguments: [
    (
      400,
      "Function tools with reasoning_effort are not supported for gpt-5.6-luna in /v1/chat/completions. To use function tools, use /v1/responses or set reasoning_effort to 'none'."
    ),
    (404, "This model is only supported in v1/responses and not in v1/chat/completions."),
  ]) func `A model that asks for responses gets them, and other models do not`(
    status: Int, message: String
  ) async throws {
    let refusal = answer(status, "{\"error\":{\"message\":\"\(message)\"}}")
    let server = try FaultServer(answering: refusal, Self.responses, Self.chat)
    let (client, provider) = (
      UnhurriedClient().client, try provider(server, prefersResponses: false)
    )
    let outcome = await Outcome(client.reply(to: .hello(), at: provider))
    #expect(outcome.text == "new")
    #expect(outcome.told.count == 1)
    _ = await Outcome(client.reply(to: .hello(model: "other"), at: provider))
    #expect(
      paths(server) == ["/v1/chat/completions", "/v1/responses", "/v1/chat/completions"])
    #expect(client.learnedRules.adaptations(for: "m", at: provider) == [.responses])
  }

  @Test func `Reasoning of another account is left out, and nothing is learned`() async throws {
    let refusal = answer(
      400,
      #"{"error":{"message":"The encrypted content gAAA... could not be verified.","type":"invalid_request_error","param":null,"code":"invalid_encrypted_content"}}"#
    )
    let server = try FaultServer(answering: refusal, Self.responses)
    let (client, provider) = (UnhurriedClient().client, try provider(server))
    var request = ModelRequest.hello()
    let sealed = #"{"type":"reasoning","id":"rs","summary":[],"encrypted_content":"gAAA"}"#
    request.messages.append(
      RequestMessage(
        role: .assistant,
        parts: [.reasoning(Reasoning(text: "", opaque: sealed)), .text("a")]))
    request.messages.append(RequestMessage(.user, "b"))
    let outcome = await Outcome(client.reply(to: request, at: provider))
    #expect(outcome.text == "new")
    #expect(outcome.told.count == 1)
    #expect(server.requests.first?.input.contains("reasoning") == true)
    #expect(server.requests.last?.input == ["message", "message", "message"])
    #expect(client.learnedRules == LearnedRules())
  }

  @Test func `A server that takes text alone from tools gets their pictures behind it`()
    async throws
  {
    let refusal = answer(
      400, #"{"error":{"message":"Output of tool call should be 'Input text'"}}"#)
    let server = try FaultServer(answering: refusal, Self.responses)
    var request = ModelRequest.hello()
    request.messages += [
      RequestMessage(
        role: .assistant, parts: [.call(ToolCall(id: "x", name: "map", arguments: ""))]),
      RequestMessage(answering: "x", parts: [.pictureURL("https://a/b", .low)]),
    ]
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: request, at: try provider(server)))
    #expect(outcome.text == "new")
    #expect(
      server.requests.last?.input == [
        "message", "function_call", "function_call_output", "message",
      ])
  }

  @Test func `What a model does not take of a response's settings is left out by its own name`()
    async throws
  {
    let summary = answer(
      400,
      #"{"error":{"message":"Your organization must be verified to generate reasoning summaries.","type":"invalid_request_error","param":"reasoning.summary","code":"unsupported_value"}}"#
    )
    let effort = answer(
      400,
      #"{"error":{"message":"Unsupported parameter: 'reasoning.effort' is not supported with this model.","type":"invalid_request_error","param":"reasoning.effort","code":"unsupported_parameter"}}"#
    )
    let server = try FaultServer(answering: summary, effort, Self.responses)
    let client = UnhurriedClient().client
    let provider = try provider(server)
    var parameters = Parameters()
    parameters.reasoningEffort = "high"
    let outcome = await Outcome(client.reply(to: .hello(parameters), at: provider))
    #expect(outcome.text == "new")
    #expect(server.requests.last?.json?["reasoning"] == nil)
    #expect(
      client.learnedRules.adaptations(for: "m", at: provider) == [
        .omit("reasoning.summary"), .omit("reasoning_effort"),
      ])
  }

  @Test func `A picture that is refused is told by its message, not by its item`() async throws {
    let refusal = answer(
      400,
      #"{"error":{"message":"The image data you provided does not represent a valid image.","type":"invalid_request_error","param":"input[2].content[0].image_url","code":"invalid_value"}}"#
    )
    let server = try FaultServer(answering: refusal)
    var request = ModelRequest.hello()
    request.messages = [
      RequestMessage(.system, "Be brief."), RequestMessage(.user, "a"),
      RequestMessage(.assistant, "b"),
      RequestMessage(role: .user, parts: [.pictureURL("https://a/b", .low)]),
    ]
    let outcome = await Outcome(
      UnhurriedClient().client.reply(to: request, at: try provider(server)))
    guard case .answer(.pictureRefused(let told))? = outcome.error?.kind else {
      Issue.record("no picture is refused: \(String(describing: outcome.error))")
      return
    }
    #expect(told.place == PictureRefusal.Place(message: 3, part: 0))
  }
}

extension Outcome {
  /// The sentences about changes.
  fileprivate var told: [String] {
    events.compactMap { if case .adapted(let phrase) = $0 { phrase.text() } else { nil } }
  }
}

extension ReceivedRequest {
  /// The types of the items of its input.
  fileprivate var input: [String] {
    (json?["input"] as? [NSDictionary] ?? []).compactMap { $0["type"] as? String }
  }
}
