import Conversation
import Foundation
import Interchange
import Testing

/// Bodies of requests for a response, as Iris and others write them.
@Suite struct ResponsesImportTests {
  private func imported(_ text: String) throws -> Conversation {
    var found: Import?
    try withFolder { folder in
      try write(text, to: folder + "/file")
      let importer = SampleImporter()
      found = try importer.read(folder + "/file")
    }
    let result = try #require(found)
    #expect(result.conversations.count == 1)
    return result.conversations[0]
  }

  @Test func `Items become messages: what the model did in a row is one`() throws {
    let encoded = pictureBytes.base64EncodedString()
    let conversation = try imported(
      """
      {"model": "gpt-5.1", "instructions": "Be brief.", "store": false, "max_output_tokens": 9,
       "reasoning": {"effort": "low", "summary": "auto"},
       "text": {"format": {"type": "json_schema", "name": "n", "strict": true, "schema": {"a": 1}}},
       "input": [
         {"type": "message", "role": "user", "content": [
           {"type": "input_text", "text": "What?"},
           {"type": "input_image", "image_url": "data:image/png;base64,\(encoded)", "detail": "low"}]},
         {"type": "reasoning", "id": "rs", "encrypted_content": "e",
          "summary": [{"type": "summary_text", "text": "hm"}]},
         {"type": "message", "role": "assistant", "id": "msg_1", "status": "completed",
          "content": [{"type": "output_text", "text": "I look.", "annotations": []}]},
         {"type": "function_call", "call_id": "c", "name": "time", "arguments": "{}"},
         {"type": "function_call_output", "call_id": "c",
          "output": [{"type": "input_text", "text": "noon"}]},
         {"type": "web_search_call", "id": "ws"},
         {"role": "user", "content": "And?"}]}
      """)
    #expect(conversation.model == "gpt-5.1")
    #expect(conversation.instructions == "Be brief.")
    #expect(conversation.parameters.maxTokens == 9)
    #expect(conversation.parameters.reasoningEffort == "low")
    #expect(
      conversation.parameters.responseFormat == .jsonSchema(name: "n", schema: #"{"a":1}"#))
    let path = conversation.messages.path
    #expect(path.map(\.role) == [.user, .assistant, .tool, .assistant, .user])
    #expect(
      path[0].parts == [
        .text("What?"),
        .picture(PictureReference(source: .stored(picture), name: "picture 1", detail: .low)),
      ])
    #expect(
      path[1].parts == [
        .reasoning("hm"), .text("I look."),
        .toolCall(ToolCall(id: "c", name: "time", arguments: "{}")),
      ])
    #expect(path[2].parts == [.toolResult(ToolResult(callID: "c", parts: [.text("noon")]))])
    #expect(path[3].parts == [.unknown(json: #"{"type":"web_search_call","id":"ws"}"#)])
    #expect(path[4].text == "And?")
  }

  @Test(arguments: [
    #"{"model":"m","input":"Hello","stream":true}"#,
    #"{"custom_id":"1","method":"POST","url":"/v1/responses","body":{"model":"m","input":[{"role":"user","content":"Hello"}]}}"#,
  ]) func `A text alone is a question, in a line of a batch too`(text: String) throws {
    #expect(try imported(text).messages.path.map(\.text) == ["Hello"])
  }

  @Test func `A request for embeddings is no conversation`() throws {
    #expect(throws: InterchangeError.self) {
      try imported(#"{"model":"e","input":["Hello","you"]}"#)
    }
  }

  @Test(arguments: [
    #"{"model":"m","input":[{"type":"message","content":"a"}]}"#,
    #"{"model":"m","input":[{"type":"function_call_output","call_id":"c"}]}"#,
  ]) func `An item without what it needs is told`(text: String) throws {
    #expect(throws: InterchangeError.self) { try imported(text) }
  }
}
