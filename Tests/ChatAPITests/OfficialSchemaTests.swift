import ChatAPI
import Conversation
import JSON
import OfficialSchemas
import Testing

/// Requests of every form against OpenAI's own description of `POST /chat/completions`.
@Suite(.enabled(if: OfficialSchema.shared != nil, "OpenAI's description is not beside the project"))
struct OfficialSchemaTests {
  private static let parameters: [@Sendable (inout Parameters) -> Void] = [
    { _ in }, { $0.temperature = 0 }, { $0.temperature = 2 }, { $0.topP = 0.5 },
    { $0.maxTokens = 1 }, { $0.frequencyPenalty = -2 }, { $0.presencePenalty = 2 },
    { $0.seed = .min }, { $0.seed = .max }, { $0.stop = ["a"] },
    { $0.stop = ["a", "b", "c", "d"] },
    { $0.responseFormat = .text }, { $0.responseFormat = .jsonObject },
    { $0.responseFormat = .jsonSchema(name: "n", schema: #"{"type":"object"}"#) },
    { $0.reasoningEffort = "none" }, { $0.reasoningEffort = "xhigh" },
  ]

  private static let messages: [[RequestMessage]] = [
    [RequestMessage(.user, "Say JSON")],
    [
      RequestMessage(.system, "JSON"), RequestMessage(.user, ""), RequestMessage(.assistant, "b"),
      RequestMessage(.user, "c\u{0}\u{1F600}"),
    ],
    [
      RequestMessage(
        role: .user,
        parts: [
          .pictureURL("https://a/b.png", .auto), .text("JSON"),
          .pictureURL("https://a/c", .original),
          .pictureURL("https://a/d", .low), .pictureURL("https://a/e", .high),
        ])
    ],
    [
      RequestMessage(.user, "JSON"),
      RequestMessage(
        role: .assistant, parts: [],
        calls: [
          ToolCall(id: "x", name: "weather", arguments: #"{"city":"Paris"}"#),
          ToolCall(
            id: "y", name: "a name. of more than sixty-four bytes, with blanks and dots and é",
            arguments: ""),
        ]),
      RequestMessage(
        answering: "x", parts: [.text("21 °C"), .pictureURL("https://a/b.png", .auto)]),
      RequestMessage(answering: "y", parts: [.text("")]),
    ],
  ]

  private static let tools = [
    ToolDefinition(
      name: "weather", summary: "The weather.",
      parameters: #"{"type":"object","properties":{"city":{"type":"string"}}}"#),
    ToolDefinition(name: "no.schema", summary: "", parameters: "[]"),
  ]

  /// Reasoning and calls that came over `/responses`, in their order.
  private static let sealed = [
    RequestMessage(.user, "JSON"),
    RequestMessage(
      role: .assistant,
      parts: [
        .reasoning(
          Reasoning(
            text: "hm",
            opaque:
              #"{"type":"reasoning","id":"rs_1","summary":[{"type":"summary_text","text":"hm"}],"#
              + #""encrypted_content":"gAAAA","status":"completed"}"#)),
        .text("I look."), .call(ToolCall(id: "x", name: "weather", arguments: "{}")),
      ]),
    RequestMessage(answering: "x", parts: [.text("21 °C"), .pictureURL("https://a/b", .low)]),
  ]

  @Test(arguments: ["gpt-4o", "gpt-5.1", "o3"], [true, false])
  func `Every request for a response has the form that OpenAI describes`(
    model: String, isStreamed: Bool
  ) throws {
    let schema = try #require(OfficialSchema.shared)
    var dialect = Dialect.of("api.openai.com")
    dialect.prefersResponses = true
    for (index, change) in Self.parameters.enumerated() {
      for messages in Self.messages + [Self.sealed] {
        var parameters = Parameters()
        change(&parameters)
        let request = ModelRequest(
          model: model, messages: messages, parameters: parameters,
          tools: index.isMultiple(of: 2) ? Self.tools : [], isStreamed: isStreamed)
        let body = ResponsesEncoder(request, dialect: dialect).body
        guard case .bytes(let bytes)? = body.pieces.first else { continue }
        let faults = schema.faults(
          in: try #require(JSONValue(parsing: bytes)), as: "CreateResponse")
        #expect(faults == [], "parameters \(index)")
      }
    }
  }

  private func faults(_ request: ModelRequest, host: String) throws -> [String] {
    let schema = try #require(OfficialSchema.shared)
    let body = ChatCompletionsEncoder(request, dialect: Dialect.of(host)).body
    guard case .bytes(let bytes)? = body.pieces.first else { return ["no bytes"] }
    return schema.faults(inChatRequest: try #require(JSONValue(parsing: bytes)))
  }

  @Test(arguments: ["gpt-4o", "gpt-5.1", "o3"], [true, false])
  func `Every request has the form that OpenAI describes`(model: String, isStreamed: Bool) throws {
    for (index, change) in Self.parameters.enumerated() {
      for messages in Self.messages {
        var parameters = Parameters()
        change(&parameters)
        let request = ModelRequest(
          model: model, messages: messages, parameters: parameters,
          tools: index.isMultiple(of: 2) ? Self.tools : [], isStreamed: isStreamed)
        #expect(try faults(request, host: "api.openai.com") == [], "parameters \(index)")
        #expect(try faults(request, host: "localhost") == [], "parameters \(index)")
      }
    }
  }

  @Test(arguments: [
    ("{}", "$ lacks model"), (#"{"model":"m","messages":[]}"#, "$.messages too short"),
    (
      #"{"model":"m","messages":[{"role":"user","content":"a"}],"temperature":3}"#,
      "$.temperature fits no choice"
    ),
    (#"{"model":"m","messages":[{"role":"user","content":"a"}],"odd":1}"#, "unknown member odd"),
    (
      #"{"model":"m","messages":[{"role":"nobody","content":"a"}]}"#, "$.messages[0] fits no choice"
    ),
    (
      #"{"model":"m","messages":[{"role":"system","content":[{"type":"image_url","image_url":{"url":"u"}}]}]}"#,
      "$.messages[0] fits no choice"
    ),
    (
      #"{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"u","detail":"original"}}]}]}"#,
      "$.messages[0] fits no choice"
    ),
  ]) func `The check itself sees what is wrong`(body: String, fault: String) throws {
    let schema = try #require(OfficialSchema.shared)
    let value = try #require(JSONValue(parsing: body))
    #expect(schema.faults(inChatRequest: value).contains(fault))
  }

  @Test(arguments: [
    (#"{"input":"a","odd":1}"#, "unknown member odd"),
    (#"{"input":[{"role":"nobody","content":"a"}]}"#, "$.input fits no choice"),
    (
      #"{"input":[{"role":"user","content":[{"type":"text","text":"a"}]}]}"#,
      "$.input fits no choice"
    ),
    (
      #"{"input":[{"type":"message","role":"assistant","content":[{"type":"output_text","text":"a"}]}]}"#,
      "$.input fits no choice"
    ),
    (#"{"input":"a","text":{"format":{"type":"json_schema"}}}"#, "$.text.format fits no choice"),
  ]) func `The check of responses sees what is wrong`(body: String, fault: String) throws {
    let schema = try #require(OfficialSchema.shared)
    let value = try #require(JSONValue(parsing: body))
    #expect(schema.faults(in: value, as: "CreateResponse").contains(fault))
  }
}
