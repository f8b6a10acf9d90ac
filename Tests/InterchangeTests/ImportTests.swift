import Conversation
import Files
import Foundation
import Interchange
import Testing

@Suite struct ImportTests {
  /// The only conversation in a file that holds `text`.
  private func imported(_ text: String) throws -> (Conversation, leftOut: Int) {
    var found: Import?
    try withFolder { folder in
      try write(text, to: folder + "/file")
      let importer = SampleImporter()
      found = try importer.read(folder + "/file")
    }
    let result = try #require(found)
    #expect(result.conversations.count == 1)
    return (result.conversations[0], result.loss.total)
  }

  @Test func `A request's body becomes a conversation with its settings`() throws {
    let encoded = pictureBytes.base64EncodedString()
    let (conversation, leftOut) = try imported(
      """
      {"model": "gpt-4o", "stream": true, "temperature": 0.5, "top_p": 1, "seed": 7,
       "max_completion_tokens": 9, "stop": "END", "reasoning_effort": "low",
       "response_format": {"type": "json_schema", "json_schema":
         {"name": "n", "schema": {"b": [1, 2.5, null, true], "a": "x/\\""}}},
       "messages": [
         {"role": "developer", "content": "Be brief."},
         {"role": "user", "content": [
           {"type": "text", "text": "What?"},
           {"type": "image_url", "image_url":
             {"url": "data:image/png;base64,\(encoded)", "detail": "low"}},
           {"type": "image_url", "image_url": {"url": "https://e.org/a.png"}}]},
         {"role": "assistant", "content": "A bridge.", "reasoning_content": "hm"}]}
      """)
    #expect(leftOut == 0)
    #expect(conversation.model == "gpt-4o")
    #expect(conversation.instructions == "Be brief.")
    var parameters = Parameters()
    parameters.temperature = 0.5
    parameters.topP = 1
    parameters.seed = 7
    parameters.maxTokens = 9
    parameters.stop = ["END"]
    parameters.reasoningEffort = "low"
    parameters.responseFormat = .jsonSchema(
      name: "n", schema: "{\"b\":[1,2.5,null,true],\"a\":\"x/\\\"\"}")
    #expect(conversation.parameters == parameters)
    let path = conversation.messages.path
    #expect(path.map(\.role) == [.user, .assistant])
    #expect(
      path.first?.parts == [
        .text("What?"),
        .picture(PictureReference(source: .stored(picture), name: "picture 1", detail: .low)),
        .picture(
          PictureReference(
            source: .remote("https://e.org/a.png"), name: "https://e.org/a.png", detail: .auto)),
      ])
    #expect(path.last?.text == "A bridge.")
    #expect(path.last?.reasoning == "hm")
    #expect(path.last?.reply?.model == "gpt-4o")
  }

  @Test(arguments: [
    "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}",
    "{\"role\":\"user\",\"content\":\"a\"}\n{\"role\":\"assistant\",\"content\":\"b\"}\n",
    "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}\r\n\r\n",
    "\n{\"custom_id\":\"1\",\"body\":{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"b\"}]}}\n",
  ])
  func `Messages are read from every shape they come in`(_ text: String) throws {
    let (conversation, leftOut) = try imported(text)
    #expect(conversation.messages.path.map(\.role) == [.user, .assistant])
    #expect(conversation.messages.path.map(\.text) == ["a", "b"])
    #expect(leftOut == 0)
  }

  @Test func `Each line of a data set is a conversation`() throws {
    try withFolder { folder in
      let line = "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}\n"
      try write(line + line + line, to: folder + "/a.jsonl")
      let importer = SampleImporter()
      let conversations = try importer.read(folder + "/a.jsonl").conversations
      #expect(conversations.count == 3)
      #expect(Set(conversations.map(\.id)).count == 3)
      #expect(Set(conversations.flatMap(\.messages.pathIDs)).count == 3)
    }
  }

  @Test func `Calls of tools and what they answered are kept in their order`() throws {
    let (conversation, leftOut) = try imported(
      """
      [{"role": "user", "content": "How warm is Köln?"},
       {"role": "assistant", "content": "Let me look.", "tool_calls": [
         {"id": "c1", "type": "function", "function": {"name": "weather", "arguments": "{\\"d\\": 1.0}"}},
         {"id": "c2", "type": "custom", "custom": {"name": "note", "input": "warm?"}}]},
       {"role": "tool", "tool_call_id": "c1", "content": "21 °C"},
       {"role": "tool", "tool_call_id": "c2", "content": [{"type": "text", "text": "noted"}]},
       {"role": "assistant", "content": null, "function_call": {"name": "old", "arguments": "{}"}},
       {"role": "function", "name": "old", "content": "done"},
       {"role": "narrator", "content": "It rained."},
       {"role": "assistant", "content": "21 °C."}]
      """)
    let path = conversation.messages.path
    let narrator = Role.unknown("narrator")
    #expect(
      path.map(\.role) == [
        .user, .assistant, .tool, .tool, .assistant, .tool, narrator, .assistant,
      ])
    #expect(
      path.map(\.parts) == [
        [.text("How warm is Köln?")],
        [
          .text("Let me look."),
          .toolCall(ToolCall(id: "c1", name: "weather", arguments: #"{"d": 1.0}"#)),
          .toolCall(ToolCall(id: "c2", name: "note", arguments: "warm?")),
        ],
        [.toolResult(ToolResult(callID: "c1", parts: [.text("21 °C")]))],
        [.toolResult(ToolResult(callID: "c2", parts: [.text("noted")]))],
        [.toolCall(ToolCall(id: "old", name: "old", arguments: "{}"))],
        [.toolResult(ToolResult(callID: "old", parts: [.text("done")]))],
        [.text("It rained.")], [.text("21 °C.")],
      ])
    #expect(leftOut == 0)
  }

  @Test func `What Iris has no words for is kept as it is, what is broken counted`() throws {
    let (conversation, leftOut) = try imported(
      """
      [{"role": "user", "content": [
         {"type": "input_audio", "input_audio": {"data": "", "format": "wav"}},
         {"type": "image_url", "image_url": {"url": "data:image/png;base64,eA=="}},
         {"type": "text", "text": "hear"}]},
       {"role": "assistant", "content": null, "tool_calls": [{"id": "1", "type": "function"}]},
       {"role": "tool", "tool_call_id": "1", "content": "42"},
       {"role": "assistant", "content": null, "refusal": "No."}]
      """)
    let path = conversation.messages.path
    #expect(path.map(\.text) == ["hear", "", "", "No."])
    #expect(path.map(\.parts.unknownCount) == [1, 1, 0, 0])
    #expect(
      path[0].parts.first
        == .unknown(json: #"{"type":"input_audio","input_audio":{"data":"","format":"wav"}}"#))
    #expect(path.last?.reply?.isRefusal == true)
    #expect(leftOut == 1)
  }

  struct Fault: CustomTestStringConvertible, Sendable {
    var text: String
    var error: @Sendable (String) -> InterchangeError
    var testDescription: String { text }
  }

  @Test(arguments: [
    Fault(text: "", error: { .unknownFormat(path: $0) }),
    Fault(text: "Dear diary", error: { .unknownFormat(path: $0) }),
    Fault(text: "{\"a\":1}", error: { .unknownFormat(path: $0) }),
    Fault(text: "[1,2]", error: { .unknownFormat(path: $0) }),
    Fault(text: "[]", error: { .nothingInside(path: $0) }),
    Fault(text: "{\"messages\":[]}", error: { .nothingInside(path: $0) }),
    Fault(
      text: "[{\"role\":\"user\",\"content\":\"a\"},{\"content\":\"b\"}]",
      error: { .malformed(path: $0, place: "2 role") }),
    Fault(
      text: "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\"}]}]}",
      error: { .malformed(path: $0, place: "messages 1 content 1 text") }),
    Fault(
      text: "{\"role\":\"user\",\"content\":\"a\"}\n{\"role\":\"user\",\"cont",
      error: { .malformed(path: $0, place: "line 2") }),
  ])
  func `A file that cannot be used says why`(_ fault: Fault) throws {
    try withFolder { folder in
      try write(fault.text, to: folder + "/file")
      let importer = SampleImporter()
      #expect(throws: fault.error(folder + "/file")) { try importer.read(folder + "/file") }
    }
  }

  @Test func `A file that is not there is told`() {
    let importer = SampleImporter()
    let error = #expect(throws: InterchangeError.self) { try importer.read("/nowhere/a.json") }
    guard case .unreadable(let cause) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(cause.isMissing)
  }

  @Test func `A database is told from its first bytes`() throws {
    try withFolder { folder in
      try write("SQLite format 3\u{0}…", to: folder + "/logs.db")
      try write("{}", to: folder + "/a.json")
      #expect(try Importer.isDatabase(folder + "/logs.db"))
      #expect(try !Importer.isDatabase(folder + "/a.json"))
    }
  }
}
