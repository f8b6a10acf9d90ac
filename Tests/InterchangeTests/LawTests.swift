import Conversation
import Files
import Interchange
import SampleValues
import SeededNumbers
import Testing

/// What holds of exports whatever the parts of the messages are.
@Suite struct LawTests {
  private func conversation(seed: UInt64) -> Conversation {
    var numbers = SeededGenerator(seed: seed)
    var conversation = Conversation(
      id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 1))
    let roles: [Role] = [.system, .user, .assistant, .tool, .unknown("narrator")]
    for id in Int64(2)...12 {
      let parent = id == 2 ? nil : MessageID(rawValue: Int64.random(in: 2..<id, using: &numbers))
      conversation.messages.append(
        Message(
          id: MessageID(rawValue: id), parent: parent,
          role: roles.randomElement(using: &numbers) ?? .user,
          parts: .random(using: &numbers), created: Timestamp(milliseconds: id)))
    }
    conversation.messages.select(leaf: MessageID(rawValue: 12))
    conversation.draft.attachments = [
      .picture(.random(using: &numbers)), .media(.random(using: &numbers)),
    ]
    return conversation
  }

  @Test(arguments: 0..<UInt64(40))
  func `An archive comes back as it was, whatever its parts are`(seed: UInt64) throws {
    try withFolder { folder in
      let conversation = conversation(seed: seed)
      let path = folder + "/a.iris.json"
      _ = try ArchiveExport(conversation, pictures: { _ in nil }).write(to: path)
      #expect(try SampleImporter().read(path).conversations == [conversation])
    }
  }

  /// All texts of a part that a reader is to see.
  private func texts(of part: ContentPart) -> [String] {
    switch part {
    case .text(let text): [text]
    case .toolCall(let call): [call.arguments]
    case .toolResult(let result): result.parts.flatMap { texts(of: $0) }
    case .unknown(let json): [json]
    case .hostedCall(let call): [call.input, call.output]
    case .reasoning, .media, .citations, .drawing: []
    }
  }

  @Test(arguments: 0..<UInt64(40))
  func `A Markdown file and a page hold the words of every part`(seed: UInt64) throws {
    try withFolder { folder in
      let conversation = conversation(seed: seed)
      _ = try MarkdownExport(conversation, pictures: { _ in nil }).write(to: folder + "/a.md")
      _ = try PageExport(conversation, pictures: { _ in nil }).write(to: folder + "/a.html")
      let (markdown, page) = (try read(folder + "/a.md"), try read(folder + "/a.html"))
      for message in conversation.messages.path {
        for text in message.parts.flatMap({ texts(of: $0) }) {
          #expect(markdown.contains(text))
          // Markdown of a reply is set, so that only its words are there as they are.
          guard message.role != .assistant else { continue }
          let escaped = text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
            .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
            .replacing("'", with: "&#39;")
          #expect(page.contains(escaped))
        }
      }
    }
  }

  @Test func `A call, its result and an unknown part are set apart from the text`() throws {
    try withFolder { folder in
      var conversation = Conversation(
        id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 1))
      conversation.messages.append(
        Message(
          id: MessageID(rawValue: 2), parent: nil, role: .assistant,
          parts: [
            .reasoning("hm"), .text("Look:"),
            .toolCall(ToolCall(id: "1", name: "run_*", arguments: #"{"a": "```"}"#)),
            .toolResult(ToolResult(callID: "1", parts: [.text("# not a heading")], isError: true)),
            .unknown(json: #"{"type":"x"}"#),
          ], created: Timestamp(milliseconds: 2),
          reply: ReplyDetails(model: "", provider: "")))
      _ = try MarkdownExport(conversation, pictures: { _ in nil }).write(to: folder + "/a.md")
      #expect(
        try read(folder + "/a.md").hasSuffix(
          """
          ## iris

          Look:

          *Call of the tool run\\_\\**

          ````json
          {"a": "```"}
          ````

          *The tool failed*

          ```
          # not a heading
          ```

          *A part that this version of Iris does not know*

          ```json
          {"type":"x"}
          ```

          """))
    }
  }

  @Test func `A part of a newer archive is kept`() throws {
    try withFolder { folder in
      try write(
        #"{"iris":2,"conversation":{"id":1,"created":{"milliseconds":1},"leaf":2,"parameters":{"stop":[]},"#
          + #""draft":{"text":"","attachments":[]}},"messages":[{"id":2,"role":"narrator","#
          + #""parts":[{"type":"hologram","size":3},{"type":"text","text":"a"}],"created":{"milliseconds":2},"#
          + #""status":"complete","omission":"none"}],"pictures":{}}"#, to: folder + "/a.iris.json")
      let message = try SampleImporter().read(folder + "/a.iris.json").conversations.first?
        .messages.path.first
      #expect(message?.role == .unknown("narrator"))
      #expect(message?.parts == [.unknown(json: #"{"type":"hologram","size":3}"#), .text("a")])
    }
  }
}
