import ChatAPI
import Conversation
import JSON
import Testing

/// Tools, their calls and their results in a request.
@Suite struct ToolWireTests {
  private func body(
    _ messages: [RequestMessage], tools: [ToolDefinition] = [], adaptations: Set<Adaptation> = []
  ) -> JSONValue? {
    let request = ModelRequest(model: "m", messages: messages, tools: tools)
    let encoder = ChatCompletionsEncoder(
      request, dialect: Dialect.of("a.com"), adaptations: adaptations)
    guard case .bytes(let bytes)? = encoder.body.pieces.first else { return nil }
    return JSONValue(parsing: bytes)
  }

  private let weather = ToolCall(id: "x", name: "weather", arguments: #"{"city":"Paris"}"#)

  @Test func `A tool is described by its name, its words and its schema`() {
    let tool = ToolDefinition(
      name: "weather", summary: "Tells it.", parameters: #"{"type":"object","required":["city"]}"#)
    #expect(
      body([RequestMessage(.user, "hi")], tools: [tool])?["tools"] == [
        [
          "type": "function",
          "function": [
            "name": "weather", "description": "Tells it.",
            "parameters": ["type": "object", "required": ["city"]],
          ],
        ]
      ])
    #expect(body([RequestMessage(.user, "hi")])?["tools"] == nil)
  }

  @Test func `Calls go back with the reply, and each answer behind it names its call`() {
    let messages = body([
      RequestMessage(.user, "hi"), RequestMessage(role: .assistant, parts: [], calls: [weather]),
      RequestMessage(answering: "x", parts: [.text("21 °C")]),
    ])?["messages"]
    #expect(
      messages?[1] == [
        "role": "assistant", "content": .null,
        "tool_calls": [
          [
            "id": "x", "type": "function",
            "function": ["name": "weather", "arguments": #"{"city":"Paris"}"#],
          ]
        ],
      ])
    #expect(messages?[2] == ["role": "tool", "tool_call_id": "x", "content": "21 °C"])
  }

  @Test(arguments: ["", "{\"a\":", "[1]", "now"])
  func `Arguments that are no object go back as an empty one`(arguments: String) {
    var call = weather
    call.arguments = arguments
    let sent = body([RequestMessage(role: .assistant, parts: [.text("t")], calls: [call])])
    #expect(sent?["messages"]?[0]?["tool_calls"]?[0]?["function"]?["arguments"] == "{}")
    #expect(sent?["messages"]?[0]?["content"] == "t")
  }

  @Test func `What the server added to a call goes back, but replaces nothing of it`() {
    var call = weather
    call.opaque = #"{"extra_content":{"google":{"thought_signature":"s"}},"id":"forged"}"#
    let sent = body([RequestMessage(role: .assistant, parts: [], calls: [call])])
    let first = sent?["messages"]?[0]?["tool_calls"]?[0]
    #expect(first?["id"] == "x")
    #expect(first?["extra_content"] == ["google": ["thought_signature": "s"]])
  }

  @Test func `Pictures of results follow in a user's message before the model goes on`() {
    let messages =
      body([
        RequestMessage(role: .assistant, parts: [], calls: [weather]),
        RequestMessage(answering: "x", parts: [.text("map"), .pictureURL("https://a/b", .auto)]),
        RequestMessage(answering: "y", parts: [.text("z")]),
        RequestMessage(.assistant, "I see."), RequestMessage(.user, "And?"),
      ])?["messages"]?.elements ?? []
    #expect(
      messages.map { $0["role"]?.string } == [
        "assistant", "tool", "tool", "user", "assistant", "user",
      ])
    #expect(messages[1]["content"] == "map\n[picture 1]")
    #expect(messages[3]["content"]?[1]?["image_url"]?["url"] == "https://a/b")
  }

  @Test func `Answers are not joined where a server wants turns`() {
    let messages =
      body(
        [
          RequestMessage(.user, "a"), RequestMessage(.user, "b"),
          RequestMessage(role: .assistant, parts: [], calls: [weather]),
          RequestMessage(answering: "x", parts: [.text("1")]),
          RequestMessage(answering: "y", parts: [.text("2")]),
        ], adaptations: [.joinRoles])?["messages"]?.elements ?? []
    #expect(messages.map { $0["role"]?.string } == ["user", "assistant", "tool", "tool"])
  }

  @Test(arguments: [
    ("weather", "weather"), ("a-b_C9", "a-b_C9"),
  ]) func `A name that the wire takes stays`(name: String, wireName: String) {
    #expect(ToolDefinition.wireName(of: name) == wireName)
  }

  @Test(arguments: ["", "get.weather", "天气", String(repeating: "a", count: 65)])
  func `Any other name becomes one that the wire takes`(name: String) {
    let wireName = ToolDefinition.wireName(of: name)
    #expect((1...64).contains(wireName.utf8.count))
    #expect(wireName.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "_-".contains($0)) })
    #expect(wireName != ToolDefinition.wireName(of: name + "."))
  }
}
