import ChatAPI
import Conversation
import JSON
import Testing

@Suite struct ChatCompletionsEncoderTests {
  private func settings(
    _ model: String = "m", host: String = "a.com", adaptations: Set<Adaptation> = [],
    _ change: (inout Parameters) -> Void = { _ in }
  ) -> JSONValue {
    var parameters = Parameters()
    change(&parameters)
    let encoder = ChatCompletionsEncoder(
      .hello(parameters, model: model), dialect: Dialect.of(host), adaptations: adaptations)
    return .object(encoder.settings)
  }

  private func everything(_ parameters: inout Parameters) {
    parameters.temperature = 0.7
    parameters.topP = 1
    parameters.maxTokens = 100
    parameters.frequencyPenalty = -0.5
    parameters.presencePenalty = 0.25
    parameters.seed = -9_223_372_036_854_775_808
    parameters.stop = ["a", "b"]
    parameters.reasoningEffort = "high"
  }

  /// The settings' names in the body of a request, beyond those that every request has.
  private func names(_ value: JSONValue) -> Set<String> {
    guard case .object(let members) = value else { return [] }
    return Set(members.map(\.name)).subtracting(["stream", "stream_options", "store"])
  }

  @Test func `What was never set is never sent`() {
    #expect(settings() == ["stream": true, "stream_options": ["include_usage": true]])
  }

  @Test func `Every setting has its name and its value`() {
    #expect(
      settings { everything(&$0) } == [
        "stream": true, "stream_options": ["include_usage": true], "temperature": .number("0.7"),
        "top_p": .number("1.0"), "max_tokens": 100, "frequency_penalty": .number("-0.5"),
        "presence_penalty": .number("0.25"), "seed": .number("-9223372036854775808"),
        "stop": ["a", "b"], "reasoning_effort": "high",
      ])
  }

  @Test func `What Iris does not know is passed on as it was set, in its order and once`() throws {
    let members = try [("min_p", "0.10"), ("options", "{\"num_ctx\": 8192}"), ("seed", "[1]")]
      .map { try #require(BodyMember(name: $0, json: $1)) }
    let body = settings {
      $0.seed = 7
      for member in members { $0.set(member) }
    }
    #expect(
      body == [
        "stream": true, "stream_options": ["include_usage": true], "min_p": .number("0.10"),
        "options": ["num_ctx": 8192], "seed": [1],
      ])
  }

  @Test func `A number that no JSON can write is not sent`() {
    #expect(settings { $0.temperature = .nan }["temperature"] == nil)
  }

  @Test func `OpenAI is told not to store, and given its own names`() {
    let openAI = settings("gpt-4o", host: "api.openai.com") { $0.maxTokens = 9 }
    #expect(openAI["store"] == false)
    #expect(openAI["max_completion_tokens"] == 9)
    #expect(settings()["store"] == nil)
  }

  @Test func `Mistral is given its own name for the seed and no stream options`() {
    let mistral = settings(host: "api.mistral.ai") { $0.seed = 1 }
    #expect(mistral == ["stream": true, "random_seed": 1])
  }

  @Test func `A reply in one piece is asked for without stream and its options`() {
    var request = ModelRequest.hello()
    request.isStreamed = false
    #expect(ChatCompletionsEncoder(request, dialect: Dialect()).settings.isEmpty)
    #expect(settings(adaptations: [.omit("stream")]) == .object([]))
  }

  @Test func `What was learned is left out or renamed`() {
    let learned: Set<Adaptation> = [
      .omit("stop"), .rename("max_tokens", to: "max_completion_tokens"), .omit("stream_options"),
    ]
    let result = settings(adaptations: learned) {
      $0.stop = ["x"]
      $0.maxTokens = 5
    }
    #expect(result == ["stream": true, "max_completion_tokens": 5])
  }

  static let sampling: Set = ["temperature", "top_p", "frequency_penalty", "presence_penalty"]
  static let rest: Set = ["max_completion_tokens", "seed", "reasoning_effort"]

  /// Facts §2: which family takes sampling settings and `stop`, with reasoning on.
  @Test(arguments: [
    ("o1", false, true), ("o3-mini", false, false), ("o4-mini", false, false),
    ("gpt-5", false, true), ("gpt-5-mini-2025-08-07", false, true), ("openai/gpt-5.1", false, true),
    ("gpt-5.5", false, true), ("gpt-5.6-sol", false, true), ("gpt-6-astra", false, true),
    ("gpt-6.1-sol", false, true), ("gpt-6.2-sol", false, true), ("GPT-7", false, true),
  ]) func `A reasoning model is not sent what it refuses`(
    model: String, samples: Bool, stops: Bool
  ) {
    let sent = names(settings(model) { everything(&$0) })
    #expect(sent == Self.rest.union(stops ? ["stop"] : []))
  }

  @Test(arguments: [
    "gpt-4o", "gpt-4.1-mini", "gpt-5-chat-latest", "llama3.2", "o1000", "gpt-oss:20b",
  ])
  func `Another model is sent everything`(model: String) {
    let sent = names(settings(model) { everything(&$0) })
    #expect(sent == Self.sampling.union(["max_tokens", "seed", "reasoning_effort", "stop"]))
  }

  /// Facts §2: "only with effort none", which is some families' own choice.
  @Test(
    arguments: [
      ("gpt-5.1", nil, true), ("gpt-5.4-mini", nil, true), ("gpt-5.5", nil, false),
      ("gpt-5.5", "none", true), ("gpt-6-luna", "none", true), ("gpt-6.1-terra", nil, false),
      ("gpt-6.2-sol", "none", false), ("gpt-5", "none", false), ("o3", "none", false),
    ] as [(String, String?, Bool)])
  func `Without reasoning, some models take a temperature`(
    model: String, effort: String?, takes: Bool
  ) {
    let result = settings(model) {
      $0.temperature = 1
      $0.reasoningEffort = effort
    }
    #expect((result["temperature"] != nil) == takes)
  }

  @Test func `A response format is sent as OpenAI writes it`() {
    #expect(settings { $0.responseFormat = .text }["response_format"] == ["type": "text"])
    #expect(
      settings { $0.responseFormat = .jsonObject }["response_format"] == ["type": "json_object"])
    let schema = #"{"type":"object","b":1.50,"a":[]}"#
    #expect(
      settings { $0.responseFormat = .jsonSchema(name: "n", schema: schema) }["response_format"]
        == [
          "type": "json_schema",
          "json_schema": [
            "name": "n", "strict": true,
            "schema": ["type": "object", "b": .number("1.50"), "a": []],
          ],
        ])
  }
}

@Suite struct RequestMessagesTests {
  private func messages(
    _ messages: [RequestMessage], model: String = "m", dialect: Dialect = Dialect(),
    adaptations: Set<Adaptation> = []
  ) -> JSONValue? {
    let request = ModelRequest(model: model, messages: messages)
    let body = ChatCompletionsEncoder(request, dialect: dialect, adaptations: adaptations).body
    guard case .bytes(let bytes)? = body.pieces.first, body.pieces.count == 1 else { return nil }
    return JSONValue(parsing: bytes)?["messages"]
  }

  @Test func `Text alone is a string, joined by line breaks`() {
    let message = RequestMessage(role: .user, parts: [.text("a \"b\""), .text("c")])
    #expect(messages([message]) == [["role": "user", "content": "a \"b\"\nc"]])
  }

  @Test func `A picture by its URL is a part beside the text`() {
    let message = RequestMessage(
      role: .user, parts: [.text("what?"), .pictureURL("https://a/b.png", .original)])
    #expect(
      messages([message]) == [
        [
          "role": "user",
          "content": [
            ["type": "text", "text": "what?"],
            ["type": "image_url", "image_url": ["url": "https://a/b.png", "detail": "high"]],
          ],
        ]
      ])
  }

  @Test func `Instructions go as developer only to models that ask so`() {
    let instructions = [RequestMessage(.system, "Be brief")]
    func role(_ model: String, _ host: String, _ adaptations: Set<Adaptation> = []) -> String? {
      messages(
        instructions, model: model, dialect: Dialect.of(host), adaptations: adaptations)?[0]?[
          "role"]?.string
    }
    #expect(role("gpt-5.1", "api.openai.com") == "developer")
    #expect(role("gpt-4o", "api.openai.com") == "system")
    #expect(role("gpt-5.1", "relay.example") == "system")
    #expect(role("gpt-5.1", "api.openai.com", [.systemRole]) == "system")
  }

  @Test func `Reasoning goes back only where it is demanded`() {
    let reply = [RequestMessage(role: .assistant, parts: [.text("a")], reasoning: "hm")]
    #expect(messages(reply) == [["role": "assistant", "content": "a"]])
    #expect(
      messages(reply, adaptations: [.echoReasoning]) == [
        ["role": "assistant", "reasoning_content": "hm", "content": "a"]
      ])
  }

  @Test(arguments: ["reasoning", "reasoning_content"])
  func `With a call it goes back to its server under the name that it came by`(name: String) {
    let call = ToolCall(id: "a", name: "time", arguments: "{}")
    var reply = RequestMessage(role: .assistant, parts: [], reasoning: "hm", calls: [call])
    func sent(_ adaptations: Set<Adaptation>) -> [String?] {
      let message = messages([reply], adaptations: adaptations)?[0]
      return ["reasoning", "reasoning_content"].map { message?[$0]?.string }
    }
    #expect(sent([.reasoningMember(name)]) == [nil, nil])
    reply.returnsReasoning = true
    #expect(sent([]) == [nil, nil])
    #expect(sent([.reasoningMember(name)]).compactMap(\.self) == ["hm"])
    #expect(messages([reply], adaptations: [.reasoningMember(name)])?[0]?[name]?.string == "hm")
    #expect(sent([.reasoningMember(name), .omit(name)]) == [nil, nil])
  }

  @Test func `A server without detail levels is sent none`() {
    var dialect = Dialect()
    dialect.knowsDetail = false
    let file = PictureFile(path: "/none", mediaType: "image/png", byteCount: 0)
    let message = RequestMessage(
      role: .user, parts: [.picture(file, .high), .pictureURL("https://a/b", .low)])
    let body = ChatCompletionsEncoder(
      ModelRequest(model: "m", messages: [message]), dialect: dialect
    ).body
    let text = body.pieces.reduce("") {
      if case .bytes(let bytes) = $1 { $0 + String(decoding: bytes, as: UTF8.self) } else { $0 }
    }
    #expect(!text.contains("detail"))
    #expect(text.contains(#"{"type":"image_url","image_url":{"url":"data:image/png;base64,"}}"#))
    #expect(text.contains(#""image_url":{"url":"https://a/b"}"#))
  }

  @Test func `A body is measured without reading its pictures`() {
    for (count, length) in [(0, 0), (1, 4), (2, 4), (3, 4), (4, 8), (3_000_000, 4_000_000)] {
      let file = PictureFile(path: "/none", mediaType: "image/png", byteCount: count)
      let message = RequestMessage(role: .user, parts: [.picture(file, .auto)])
      let body = ChatCompletionsEncoder(
        ModelRequest(model: "m", messages: [message]), dialect: Dialect()
      ).body
      let json = body.pieces.reduce(0) {
        if case .bytes(let bytes) = $1 { $0 + bytes.count } else { $0 }
      }
      #expect(body.byteCount == json + length)
    }
  }

  @Test func `JSON mode needs the word JSON in some message`() {
    var request = ModelRequest.hello()
    request.parameters.responseFormat = .jsonObject
    #expect(request.fault == .jsonNotMentioned)
    request.messages.insert(RequestMessage(.system, "Answer in Json."), at: 0)
    #expect(request.fault == nil)
  }

  @Test func `A request that no server takes is told before it is sent`() {
    var request = ModelRequest.hello(model: "")
    #expect(request.fault == .modelMissing)
    request.model = "m"
    request.parameters.responseFormat = .jsonSchema(name: "s", schema: "{")
    #expect(request.fault == .schemaInvalid(name: "s"))
    request.parameters.responseFormat = nil
    #expect(request.fault == nil)
    request.messages = []
    #expect(request.fault == .messagesMissing)
  }

  @Test func `A picture in the model's message goes with the user's next one`() {
    let picture = RequestMessage.Part.pictureURL("https://e.org/a.png", .low)
    let other = RequestMessage.Part.pictureURL("https://e.org/b.png", .high)
    let messages = [
      RequestMessage(.user, "Draw."),
      RequestMessage(role: .assistant, parts: [.text("Here."), picture]),
      RequestMessage(role: .user, parts: [other, .text("Larger.")]),
      RequestMessage(role: .assistant, parts: [picture]),
    ]
    #expect(
      messages.withPicturesMoved(except: [.user]) == [
        messages[0],
        RequestMessage(role: .assistant, parts: [.text("Here."), .text("[picture 1]")]),
        RequestMessage(
          role: .user,
          parts: [.text("[picture 1, from above]"), picture, other, .text("Larger.")]),
        RequestMessage(.assistant, "[picture 2]"),
        RequestMessage(role: .user, parts: [.text("[picture 2, from above]"), picture]),
      ])
    let body = ChatCompletionsEncoder(
      ModelRequest(model: "m", messages: messages), dialect: Dialect()
    ).body
    guard case .bytes(let bytes)? = body.pieces.first, let json = JSONValue(parsing: bytes) else {
      Issue.record("no JSON")
      return
    }
    #expect(json["messages"]?[1]?["content"] == "Here.\n[picture 1]")
    #expect(
      json["messages"]?[2]?["content"]?[1]?["image_url"]?["url"] == "https://e.org/a.png")
  }

  @Test func `Messages without such pictures are sent as they are`() {
    let messages = [
      RequestMessage(role: .user, parts: [.pictureURL("https://e.org/a.png", .low)]),
      RequestMessage(.assistant, "ok"),
    ]
    #expect(messages.withPicturesMoved(except: [.user]) == messages)
  }
}
