import Conversation
import Foundation
import Interchange
import Testing

/// Exports of other programs, in the shapes that these write.
@Suite struct OtherProgramsTests {
  private func imported(
    _ text: String, as name: String = "export.json", beside files: [String: Data] = [:]
  ) throws -> Import {
    var result: Import?
    try withFolder { folder in
      for (name, bytes) in files {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(
          atPath: String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]),
          withIntermediateDirectories: true)
        try bytes.write(to: URL(filePath: path))
      }
      try write(text, to: folder + "/" + name)
      result = try SampleImporter().read(folder + "/" + name)
    }
    return try #require(result)
  }

  private static let png = "data:image/png;base64,\(pictureBytes.base64EncodedString())"

  // MARK: - Claude

  @Test func `Claude's conversations come with branches, thoughts, calls and times`() throws {
    let result = try imported(
      """
      [{"uuid": "c1", "name": "Trip", "created_at": "2024-05-01T10:00:00.250000Z", "model": "claude-x",
        "current_leaf_message_uuid": "m3",
        "chat_messages": [
          {"uuid": "m1", "sender": "human", "text": "Where?", "created_at": "2024-05-01T10:00:01Z",
           "parent_message_uuid": "00000000-0000-4000-8000-000000000000",
           "content": [{"type": "text", "text": "Where?"}],
           "attachments": [{"file_name": "plan.txt", "extracted_content": "Day one"}],
           "files": [{"file_name": "map.png"}, {"file_name": "talk.pdf"}]},
          {"uuid": "m2", "sender": "assistant", "parent_message_uuid": "m1", "text": "",
           "created_at": "2024-05-01T10:00:02+00:00",
           "content": [{"type": "thinking", "thinking": "Hm."},
             {"type": "tool_use", "id": "t1", "name": "search", "input": {"q": "sea"}},
             {"type": "tool_result", "tool_use_id": "t1", "is_error": false,
              "content": [{"type": "text", "text": "found"}]},
             {"type": "text", "text": "To the sea."}]},
          {"uuid": "m3", "sender": "assistant", "parent_message_uuid": "m1", "text": "Home.",
           "created_at": "2024-05-01T10:00:03Z", "content": []}]}]
      """, beside: ["map.png": pictureBytes])
    let conversation = try #require(result.conversations.first)
    #expect(conversation.name == "Trip")
    #expect(conversation.created == Timestamp(milliseconds: 1_714_557_600_250))
    let path = conversation.messages.path
    #expect(path.map(\.role) == [.user, .assistant])
    #expect(path[0].text == "plan.txt\n\nDay one\nWhere?")
    #expect(path[0].pictures.map(\.name) == ["map.png"])
    #expect(path[1].text == "Home.")
    #expect(path[1].reply?.model == "claude-x")
    let variants = conversation.messages.variants(of: path[1].id)
    let other = try #require(variants.first.flatMap { conversation.messages[$0] })
    #expect(
      other.parts == [
        .reasoning("Hm."),
        .toolCall(
          ToolCall(id: "t1", name: "search", arguments: #"{"q":"sea"}"#, state: .finished)),
        .toolResult(ToolResult(callID: "t1", parts: [.text("found")])), .text("To the sea."),
      ])
    #expect(other.created == Timestamp(milliseconds: 1_714_557_602_000))
    #expect(result.loss[.file] == 1)
    #expect(result.loss.total == 1)
  }

  // MARK: - Open WebUI

  @Test func `Open WebUI's chats come with branches, pictures, thoughts and tools`() throws {
    let details =
      #"<details type=\"reasoning\" done=\"true\" duration=\"2\">\n<summary>Thought for 2 seconds</summary>\n> First &lt;this&gt;\n> then that\n</details>\n"#
      + #"<details type=\"tool_calls\" done=\"true\" id=\"c9\" name=\"clock\" arguments=\"&quot;{\\&quot;zone\\&quot;: 1}&quot;\" result=\"&quot;noon&quot;\" files=\"\">\n<summary>Tool Executed</summary>\n</details>\nAt noon."#
    let result = try imported(
      """
      [{"id": "w1", "user_id": "u", "title": "Clock", "created_at": 1714557600, "updated_at": 1714557700,
        "chat": {"models": ["llama3:8b"], "params": {"system": "Be brief.", "temperature": 0.5},
          "history": {"currentId": "b", "messages": {
            "q": {"id": "q", "parentId": null, "childrenIds": ["a", "b"], "role": "user",
              "content": "When?", "timestamp": 1714557601,
              "files": [{"type": "image", "url": "\(Self.png)"},
                {"type": "image", "url": "/api/v1/files/f-7/content", "name": "x.png"},
                {"type": "file", "name": "a.pdf"}]},
            "a": {"id": "a", "parentId": "q", "childrenIds": [], "role": "assistant",
              "content": "Later.", "model": "llama3:8b", "timestamp": 1714557602, "done": true},
            "b": {"id": "b", "parentId": "q", "childrenIds": [], "role": "assistant",
              "content": "\(details)", "model": "qwen3:4b", "timestamp": 1714557603,
              "usage": {"prompt_tokens": 5, "completion_tokens": 7}}}},
          "messages": []}}]
      """)
    let conversation = try #require(result.conversations.first)
    #expect(conversation.name == "Clock")
    #expect(conversation.instructions == "Be brief.")
    #expect(conversation.parameters.temperature == 0.5)
    let path = conversation.messages.path
    #expect(path.map(\.role) == [.user, .assistant])
    #expect(path[0].pictures.first?.stored == picture)
    #expect(path[0].created == Timestamp(milliseconds: 1_714_557_601_000))
    #expect(
      path[1].parts == [
        .reasoning("First <this>\nthen that"),
        .toolCall(
          ToolCall(id: "c9", name: "clock", arguments: #"{"zone": 1}"#, state: .finished)),
        .toolResult(ToolResult(callID: "c9", parts: [.text("noon")])), .text("At noon."),
      ])
    #expect(path[1].reply?.model == "qwen3:4b")
    #expect(path[1].reply?.usage == TokenUsage(prompt: 5, completion: 7))
    #expect(conversation.messages.variants(of: path[1].id).count == 2)
    #expect(result.loss[.missingPicture] == 1)
    #expect(result.loss[.file] == 1)
    #expect(result.loss.total == 2)
  }

  // MARK: - LibreChat

  private static func libreChat(_ member: String, _ messages: String) -> String {
    """
    {"conversationId": "l1", "endpoint": "openAI", "title": "Boats", "exportAt": "12:00:00",
     "branches": true, "recursive": true, "options": {"model": "gpt-4o", "promptPrefix": "Be kind."},
     "\(member)": \(messages)}
    """
  }

  @Test func `LibreChat's messages come flat, with pictures, thoughts and tools`() throws {
    let result = try imported(
      Self.libreChat(
        "messages",
        """
        [{"messageId": "m1", "parentMessageId": "00000000-0000-0000-0000-000000000000",
          "isCreatedByUser": true, "sender": "User", "text": "Draw.", "createdAt": "2024-05-01T10:00:00.000Z",
          "files": [{"file_id": "f1", "filepath": "/images/u/f1__boat.png", "type": "image/png"},
            {"file_id": "f2", "filepath": "/uploads/x.pdf", "type": "application/pdf"}]},
         {"messageId": "m2", "parentMessageId": "m1", "isCreatedByUser": false, "sender": "GPT",
          "model": "gpt-4o", "createdAt": "2024-05-01T10:00:05.000Z", "text": "",
          "content": [{"type": "think", "think": "A boat."},
            {"type": "tool_call", "tool_call": {"id": "t", "name": "draw", "args": "{}", "output": "ok"}},
            {"type": "text", "text": {"value": "Done."}}]},
         {"messageId": "m3", "parentMessageId": "m2", "isCreatedByUser": true, "text": "More."},
         {"messageId": "m4", "parentMessageId": "m3", "isCreatedByUser": false, "error": true,
          "text": "429"}]
        """), beside: ["f1__boat.png": pictureBytes])
    let conversation = try #require(result.conversations.first)
    #expect(conversation.name == "Boats")
    #expect(conversation.instructions == "Be kind.")
    #expect(conversation.model == "gpt-4o")
    let path = conversation.messages.path
    #expect(path.map(\.text) == ["Draw.", "Done.", "More."])
    #expect(path[0].pictures.count == 1)
    #expect(path[1].reasoning == "A boat.")
    #expect(path[1].parts.toolCalls.map(\.name) == ["draw"])
    #expect(path[1].created == Timestamp(milliseconds: 1_714_557_605_000))
    #expect(result.loss[.file] == 1)
    #expect(result.loss[.other] == 1)
  }

  @Test(arguments: ["messages", "messagesTree"])
  func `A recursive export of LibreChat may be far deeper than JSON is read`(member: String) throws
  {
    var text = ""
    let count = 400
    for number in 0..<count {
      text +=
        #"{"messageId": "m\#(number)", "isCreatedByUser": \#(number % 2 == 0), "text": "] \"children\": [ \#(number)", "parentMessageId": "m\#(number - 1)", "children" : ["#
    }
    text += String(repeating: "]}", count: count)
    let result = try imported(Self.libreChat(member, "[\(text)]"))
    let path = try #require(result.conversations.first).messages.path
    #expect(path.count == count)
    #expect(path.last?.text == #"] "children": [ 399"#)
    #expect(path.first?.role == .user)
  }

  // MARK: - aichat

  @Test func `A session of aichat comes with its pictures and tools`() throws {
    let result = try imported(
      """
      model: openai:gpt-4o
      temperature: 0.3
      compressed_messages:
      - role: user
        content: long ago
      messages:
      - role: system
        content: 'Be # brief: yes'
      - role: user
        content:
        - type: text
          text: |-
            What is this?
            [[[[ not a list
        - type: image_url
          image_url:
            url: \(Self.png)
      - role: assistant
        content: 'null'
      - role: assistant
        content:
          text: Let me see.
          tool_results:
          - call:
              name: clock
              arguments:
                zone: 1
              id: c1
            output: noon
      data_urls:
        abc: /home/me/x.png
      """, as: "bridge.yaml")
    let conversation = try #require(result.conversations.first)
    #expect(conversation.name == "bridge")
    #expect(conversation.model == "gpt-4o")
    #expect(conversation.parameters.temperature == 0.3)
    let path = conversation.messages.path
    #expect(path.map(\.role) == [.user, .system, .user, .assistant, .assistant])
    #expect(path.map(\.text).first == "long ago")
    #expect(path[2].text == "What is this?\n[[[[ not a list")
    #expect(path[2].pictures.first?.stored == picture)
    #expect(path[3].text == "null")
    #expect(
      path[4].parts == [
        .text("Let me see."),
        .toolCall(
          ToolCall(id: "c1", name: "clock", arguments: #"{"zone":1}"#, state: .finished)),
        .toolResult(ToolResult(callID: "c1", parts: [.text("noon")])),
      ])
  }

  @Test(arguments: [
    "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
      + ["b", "c", "d", "e", "f", "g", "h"].enumerated().map { index, name in
        let above = ["a", "b", "c", "d", "e", "f", "g"][index]
        return
          "\(name): &\(name) [*\(above),*\(above),*\(above),*\(above),*\(above),*\(above),*\(above),*\(above),*\(above),*\(above)]\n"
      }.joined() + "messages: *h\n",
    "messages: " + String(repeating: "[", count: 10_000),
    String(repeating: "- ", count: 10_000) + "x",
    "messages: [",
  ])
  func `A session that grows or nests beyond measure is damaged`(text: String) throws {
    try withFolder { folder in
      try write(text, to: folder + "/s.yaml")
      let error = #expect(throws: InterchangeError.self) {
        _ = try SampleImporter().read(folder + "/s.yaml")
      }
      #expect(error == .malformed(path: folder + "/s.yaml", place: "YAML"))
    }
  }

  // MARK: - gptme

  private static let log = """
    {"role": "system", "content": "You are gptme.", "timestamp": "2024-05-01T10:00:00.500000+00:00"}
    {"role": "user", "content": "See.", "timestamp": "2024-05-01T10:00:01", "files": ["/home/me/b.png", "/home/me/n.txt"], "file_hashes": {"/home/me/b.png": "abc"}}
    {"role": "assistant", "content": "A bridge.", "timestamp": "2024-05-01T10:00:02", "metadata": {"model": "gpt-4o", "usage": {"input_tokens": 3, "output_tokens": 4}}}

    """

  private static let branch =
    log.split(separator: "\n").dropLast().joined(separator: "\n") + """

      {"role": "assistant", "content": "A boat.", "timestamp": "2024-05-01T10:00:03"}

      """

  @Test(arguments: ["/2024-05-01-bridge", "", "/2024-05-01-bridge/conversation.jsonl"])
  func `A folder of gptme comes with its branches and files`(below: String) throws {
    try withFolder { folder in
      let log = folder + "/2024-05-01-bridge"
      for name in ["files", "branches"] {
        try FileManager.default.createDirectory(
          atPath: log + "/" + name, withIntermediateDirectories: true)
      }
      try write(Self.log, to: log + "/conversation.jsonl")
      try write(Self.branch, to: log + "/branches/main-edit-0.jsonl")
      try pictureBytes.write(to: URL(filePath: log + "/files/abc.png"))
      let result = try SampleImporter().read(folder + below)
      let conversation = try #require(result.conversations.first)
      #expect(conversation.name == "2024-05-01-bridge")
      #expect(conversation.model == "gpt-4o")
      let path = conversation.messages.path
      #expect(path.map(\.text) == ["You are gptme.", "See.", "A bridge."])
      #expect(path[1].pictures.map(\.name) == ["b.png"])
      #expect(path[0].created == Timestamp(milliseconds: 1_714_557_600_500))
      #expect(path[2].reply?.usage == TokenUsage(prompt: 3, completion: 4))
      #expect(result.loss[.file] == 1)
      #expect(result.loss.total == 1)
      // A file alone has no branches beside it.
      let variants = conversation.messages.variants(of: path[2].id)
      #expect(variants.count == (below.hasSuffix("l") ? 1 : 2))
    }
  }

  @Test func `What has no times is the same conversation when it has grown`() throws {
    try withFolder { folder in
      let session = "model: m\nmessages:\n- role: user\n  content: a\n"
      try write(session, to: folder + "/s.yaml")
      let first = try #require(try SampleImporter().read(folder + "/s.yaml").conversations.first)
      try write(session + "- role: assistant\n  content: b\n", to: folder + "/s.yaml")
      let second = try #require(try SampleImporter().read(folder + "/s.yaml").conversations.first)
      #expect(second.id == first.id)
      #expect(first.id.isTimeless)
      #expect(second.messages.path.map(\.text) == ["a", "b"])
      #expect(second.messages.pathIDs.first == first.messages.pathIDs.first)
    }
  }
}
