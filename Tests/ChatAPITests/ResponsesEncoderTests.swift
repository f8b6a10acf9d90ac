import ChatAPI
import Conversation
import JSON
import Testing

/// Requests on the wire of `/responses`, member by member.
@Suite struct ResponsesEncoderTests {
  private static var openAI: Dialect {
    var dialect = Dialect.of("api.openai.com")
    dialect.prefersResponses = true
    return dialect
  }

  private func body(
    _ messages: [RequestMessage] = [RequestMessage(.user, "hi")], model: String = "m",
    tools: [ToolDefinition] = [], dialect: Dialect = Dialect(),
    adaptations: Set<Adaptation> = [], _ change: (inout Parameters) -> Void = { _ in }
  ) -> JSONValue? {
    var parameters = Parameters()
    change(&parameters)
    let request = ModelRequest(
      model: model, messages: messages, parameters: parameters, tools: tools)
    let encoder = ResponsesEncoder(request, dialect: dialect, adaptations: adaptations)
    guard case .bytes(let bytes)? = encoder.body.pieces.first else { return nil }
    return JSONValue(parsing: bytes)
  }

  @Test func `A question is an item of text, streamed and kept nowhere`() {
    #expect(
      body() == [
        "model": "m",
        "input": [
          [
            "type": "message", "role": "user",
            "content": [["type": "input_text", "text": "hi"]],
          ]
        ],
        "stream": true, "store": false,
      ])
  }

  @Test func `Instructions have a member of their own, later ones stand where they were said`() {
    let sent = body([
      RequestMessage(.system, "Be brief."), RequestMessage(.user, "hi"),
      RequestMessage(.system, "In French."),
    ])
    #expect(sent?["instructions"] == "Be brief.")
    #expect(sent?["input"]?.elements?.compactMap { $0["role"]?.string } == ["user", "system"])
  }

  @Test func `JSON mode has its word in the input, where only instructions say it`() {
    let sent = body(
      [RequestMessage(.system, "Answer in JSON."), RequestMessage(.user, "hi")],
      { $0.responseFormat = .jsonObject })
    #expect(sent?["instructions"] == nil)
    #expect(sent?["input"]?[0]?["role"] == "system")
    #expect(sent?["text"] == ["format": ["type": "json_object"]])
  }

  @Test func `A picture's detail goes as it is, original where the server knows it`() {
    let message = RequestMessage(role: .user, parts: [.pictureURL("https://a/b", .original)])
    #expect(
      body([message], dialect: Self.openAI)?["input"]?[0]?["content"]?[0] == [
        "type": "input_image", "image_url": "https://a/b", "detail": "original",
      ])
    #expect(body([message])?["input"]?[0]?["content"]?[0]?["detail"] == "high")
    let tiles = RequestMessage(role: .user, parts: [.pictureURL("https://a/b", .tiles)])
    #expect(body([tiles])?["input"]?[0]?["content"]?[0]?["detail"] == "high")
    var plain = Dialect()
    plain.knowsDetail = false
    #expect(body([message], dialect: plain)?["input"]?[0]?["content"]?[0]?["detail"] == nil)
  }

  @Test func `A picture in a file is streamed inside its part`() {
    let file = PictureFile(path: "/a.png", mediaType: "image/png", byteCount: 3)
    let request = ModelRequest(
      model: "m", messages: [RequestMessage(role: .user, parts: [.picture(file, .low)])])
    let pieces = ResponsesEncoder(request, dialect: Dialect()).body.pieces
    #expect(pieces.count == 3)
    #expect(pieces[1] == .base64(file))
    guard case .bytes(let before) = pieces[0], case .bytes(let behind) = pieces[2] else {
      Issue.record("no text around the picture")
      return
    }
    let whole = JSONValue(parsing: before + Array("AAAA".utf8) + behind)
    #expect(
      whole?["input"]?[0]?["content"]?[0] == [
        "type": "input_image", "image_url": "data:image/png;base64,AAAA", "detail": "low",
      ])
  }

  @Test func `A reply goes back as an output message`() {
    let reply = body([RequestMessage(.user, "a"), RequestMessage(.assistant, "b")])?["input"]?[1]
    #expect(reply?["type"] == "message")
    #expect(reply?["role"] == "assistant")
    #expect(reply?["content"]?[0]?["type"] == "output_text")
    #expect(reply?["content"]?[0]?["text"] == "b")
    #expect(reply?["id"]?.string?.hasPrefix("msg") == true)
  }

  private static let reasoning =
    #"{"type":"reasoning","id":"rs_1","summary":[],"encrypted_content":"e"}"#

  @Test func `Reasoning, text and calls go back in the order in which they came`() {
    var call = ToolCall(id: "x", name: "weather", arguments: #"{"city":"Paris"}"#)
    call.opaque = #"{"responses":{"caller":{"type":"direct"}},"extra_content":{"a":1}}"#
    let sealed = Reasoning(text: "", opaque: Self.reasoning)
    let items = body([
      RequestMessage(
        role: .assistant,
        parts: [.reasoning(sealed), .text("I look."), .reasoning(sealed), .call(call)]),
      RequestMessage(answering: "x", parts: [.text("21 °C")]),
    ])?["input"]?.elements
    #expect(
      items?.map { $0["type"]?.string } == [
        "reasoning", "message", "reasoning", "function_call", "function_call_output",
      ])
    #expect(items?[0] == JSONValue(parsing: Self.reasoning))
    #expect(
      items?[3] == [
        "type": "function_call", "call_id": "x", "name": "weather",
        "arguments": #"{"city":"Paris"}"#, "caller": ["type": "direct"],
      ])
    #expect(
      items?[4] == ["type": "function_call_output", "call_id": "x", "output": "21 °C"])
  }

  @Test func `Reasoning goes back only where something follows it, and never another wire's`() {
    let sealed = Reasoning(text: "hm", opaque: Self.reasoning)
    let other = Reasoning(text: "hm", opaque: #"{"signature":"s"}"#)
    let sent = body([
      RequestMessage(
        role: .assistant, parts: [.reasoning(other), .text("a"), .reasoning(sealed)]),
      RequestMessage(role: .assistant, parts: [.reasoning(Reasoning(text: "hm")), .text("b")]),
    ])
    #expect(sent?["input"]?.elements?.map { $0["type"]?.string } == ["message", "message"])
  }

  @Test func `Reasoning that the server could not read stays here`() {
    let sealed = Reasoning(text: "hm", opaque: Self.reasoning)
    let sent = body(
      [RequestMessage(role: .assistant, parts: [.reasoning(sealed), .text("a")])],
      adaptations: [.omitSealedReasoning])
    #expect(sent?["input"]?.elements?.map { $0["type"]?.string } == ["message"])
  }

  @Test func `A tool's pictures are an array, or follow where only text is taken`() {
    let messages = [
      RequestMessage(
        role: .assistant, parts: [.call(ToolCall(id: "x", name: "map", arguments: ""))]),
      RequestMessage(answering: "x", parts: [.text("here"), .pictureURL("https://a/b", .low)]),
    ]
    #expect(
      body(messages)?["input"]?[1]?["output"] == [
        ["type": "input_text", "text": "here"],
        ["type": "input_image", "image_url": "https://a/b", "detail": "low"],
      ])
    let moved = body(messages, adaptations: [.picturesBehindResults])?["input"]
    #expect(moved?[1]?["output"] == "here\n[picture 1]")
    #expect(moved?[2]?["role"] == "user")
    #expect(moved?[2]?["content"]?[1]?["image_url"] == "https://a/b")
  }

  @Test func `Tools are flat, and their schemas are not enforced`() {
    let tool = ToolDefinition(name: "time", summary: "Tells it.", parameters: #"{"type":"object"}"#)
    #expect(
      body(tools: [tool])?["tools"] == [
        [
          "type": "function", "name": "time", "description": "Tells it.",
          "parameters": ["type": "object"], "strict": false,
        ]
      ])
  }

  @Test func `A schema for the reply stands in text.format, verbosity beside it`() throws {
    var parameters = Parameters()
    parameters.responseFormat = .jsonSchema(name: "n", schema: #"{"type":"object"}"#)
    try parameters.set(name: "verbosity", json: "\"low\"")
    let sent = body { $0 = parameters }
    let format: JSONValue = [
      "type": "json_schema", "name": "n", "strict": true, "schema": ["type": "object"],
    ]
    #expect(sent?["text"] == ["format": format, "verbosity": "low"])
    #expect(sent?["verbosity"] == nil)
  }

  @Test func `A reasoning model shows its summary, and gives its reasoning to keep`() {
    let sent = body(model: "gpt-5.1", dialect: Self.openAI) { $0.reasoningEffort = "low" }
    #expect(sent?["reasoning"] == ["effort": "low", "summary": "auto"])
    #expect(sent?["include"] == ["reasoning.encrypted_content"])
    #expect(body()?["reasoning"] == nil)
    let plain = body(model: "o3", adaptations: [.omit("reasoning.summary"), .omit("include")])
    #expect(plain?["reasoning"] == nil)
    #expect(plain?["include"] == nil)
  }

  @Test func `What the user says of reasoning goes before what Iris does`() throws {
    var parameters = Parameters()
    parameters.reasoningEffort = "high"
    try parameters.set(name: "reasoning", json: #"{"summary":"detailed"}"#)
    let sent = body(model: "o3") { $0 = parameters }
    #expect(sent?["reasoning"] == ["effort": "high", "summary": "detailed"])
  }

  @Test func `What the call has no member for is named, and sent where it may be known`() {
    var parameters = Parameters()
    parameters.seed = 1
    parameters.stop = ["x"]
    parameters.maxTokens = 9
    let request = ModelRequest(
      model: "gpt-4o", messages: [RequestMessage(.user, "hi")], parameters: parameters)
    let official = Responses(Self.openAI).encode(request)
    #expect(official.unknown == ["seed", "stop"])
    #expect(official.facts.settings == ["stream", "store", "max_output_tokens"])
    let other = Responses(Dialect()).encode(request)
    #expect(other.unknown == [])
    #expect(other.facts.settings == ["stream", "store", "max_output_tokens", "seed", "stop"])
  }

  @Test func `Chat does not pass on what came over this wire`() {
    var call = ToolCall(id: "x", name: "weather", arguments: "{}")
    call.opaque = #"{"responses":{"caller":{}}}"#
    let request = ModelRequest(
      model: "m",
      messages: [
        RequestMessage(
          role: .assistant,
          parts: [
            .reasoning(Reasoning(text: "hm", opaque: Self.reasoning)), .text("a"), .call(call),
          ])
      ])
    let encoder = ChatCompletionsEncoder(request, dialect: Dialect())
    guard case .bytes(let bytes)? = encoder.body.pieces.first else { return }
    #expect(
      JSONValue(parsing: bytes)?["messages"]?[0] == [
        "role": "assistant", "content": "a",
        "tool_calls": [
          ["id": "x", "type": "function", "function": ["name": "weather", "arguments": "{}"]]
        ],
      ])
  }
}
