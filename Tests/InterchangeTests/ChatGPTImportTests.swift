import Conversation
import Foundation
import Interchange
import Testing

@Suite struct ChatGPTImportTests {
  /// An export as of 2025: a hidden root, an empty system message, two replies to one question,
  /// a picture beside the file, a tool's message in between.
  static let export = """
    [{"title": "Bridge talk", "create_time": 1700000000.25, "current_node": "answer2",
      "mapping": {
        "root": {"id": "root", "message": null, "parent": null, "children": ["sys"]},
        "sys": {"message": {"author": {"role": "system"}, "create_time": null,
          "content": {"content_type": "text", "parts": [""]}, "metadata": {}},
          "parent": "root", "children": ["q"]},
        "q": {"message": {"author": {"role": "user"}, "create_time": 1700000001,
          "content": {"content_type": "multimodal_text", "parts": [
            {"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-Ab1"},
            "What is this?"]}, "metadata": {}},
          "parent": "sys", "children": ["answer1", "tool"]},
        "answer1": {"message": {"author": {"role": "assistant"}, "create_time": 1700000002,
          "content": {"content_type": "text", "parts": ["A boat."]},
          "metadata": {"model_slug": "gpt-4o"}}, "parent": "q", "children": []},
        "tool": {"message": {"author": {"role": "tool"}, "create_time": 1700000003,
          "content": {"content_type": "execution_output", "text": "42"}, "metadata": {}},
          "parent": "q", "children": ["answer2"]},
        "answer2": {"message": {"author": {"role": "assistant"}, "create_time": 1700000004.5,
          "content": {"content_type": "text", "parts": ["A bridge."]},
          "metadata": {"model_slug": "gpt-4o"}}, "parent": "tool", "children": []}}}]
    """

  @Test func `A conversation of ChatGPT comes with its branches, times and pictures`() throws {
    try withFolder { folder in
      try write(Self.export, to: folder + "/conversations.json")
      try pictureBytes.write(to: URL(filePath: folder + "/file-Ab1-bridge.png"))
      let importer = SampleImporter()
      let result = try importer.read(folder + "/conversations.json")
      let conversation = try #require(result.conversations.first)
      #expect(result.loss.total == 0)
      #expect(conversation.name == "Bridge talk")
      #expect(conversation.created == Timestamp(milliseconds: 1_700_000_000_250))
      #expect(conversation.model == "gpt-4o")
      let path = conversation.messages.path
      #expect(path.map(\.text) == ["What is this?", "A bridge."])
      let answer = ToolResult(callID: "", parts: [.text("42")])
      #expect(path.last?.parts == [.toolResult(answer), .text("A bridge.")])
      #expect(path.last?.created == Timestamp(milliseconds: 1_700_000_004_500))
      #expect(path.last?.reply?.provider == "ChatGPT")
      #expect(path.first?.pictures.map(\.name) == ["file-Ab1-bridge.png"])
      #expect(path.first?.pictures.first?.stored == picture)
      let variants = conversation.messages.variants(of: try #require(path.last?.id))
      #expect(variants.compactMap { conversation.messages[$0]?.text } == ["A boat.", "A bridge."])
    }
  }

  @Test func `What has neither an identifier nor a time is the same at every import`() throws {
    try withFolder { folder in
      let path = folder + "/conversations.json"
      let undated = Self.export.replacing(#""create_time": 1700000000.25, "#, with: "")
      try write(undated, to: path)
      let times = [
        Timestamp(milliseconds: 1_800_000_000_000), .init(milliseconds: 1_800_000_999_000),
      ]
      let ids = try times.map { now in
        try SampleImporter(now: now).read(path).conversations.map(\.id)
      }
      #expect(ids[0] == ids[1] && ids[0].count == 1)
    }
  }

  @Test func `A picture that is not beside the file is left out`() throws {
    try withFolder { folder in
      try write(Self.export, to: folder + "/conversations.json")
      let importer = SampleImporter()
      let result = try importer.read(folder + "/conversations.json")
      #expect(result.loss.total == 1)
      #expect(result.conversations.first?.messages.path.first?.pictures.isEmpty == true)
    }
  }

  /// A conversation whose only message says `text`, which stands in JSON as it is.
  private static func talk(_ text: String) -> String {
    """
    {"title": "t", "mapping": {"q": {"message": {"author": {"role": "user"},
      "content": {"content_type": "text", "parts": ["\(text)"]}, "metadata": {}}}}}
    """
  }

  @Test func `Conversations are read one by one, wherever the file is cut into pieces`() throws {
    try withFolder { folder in
      let long = String(repeating: #"桥 ] } , [ { \" \\ "#, count: 20_000)
      let talks = ["first", long, #"\\"#, long, "last"].map(Self.talk)
      try write("\u{FEFF} [\n" + talks.joined(separator: " ,\n") + "\n]\n", to: folder + "/c.json")
      let conversations = try SampleImporter().read(folder + "/c.json").conversations
      let lengths = conversations.map { $0.messages.path.first?.text.count ?? 0 }
      #expect(lengths == [5, 320_000, 1, 320_000, 4])
    }
  }

  @Test(arguments: [
    ("[@, @", "JSON"), ("[@, {\"mapping\": 3}]", "2 mapping"), ("[@, @, {\"title\":}]", "3 JSON"),
  ])
  func `An export that breaks off says where`(text: String, place: String) throws {
    try withFolder { folder in
      let path = folder + "/c.json"
      try write(text.replacing("@", with: Self.talk("whole")), to: path)
      let importer = SampleImporter()
      #expect(throws: InterchangeError.malformed(path: path, place: place)) {
        try importer.read(path)
      }
    }
  }

  /// A chain of nodes, each given by its author's role and what stands beside it in the message.
  private static func chain(_ nodes: [(role: String, members: String)]) -> String {
    let texts = nodes.enumerated().map { index, node in
      let child = index + 1 < nodes.count ? "\"n\(index + 1)\"" : ""
      return """
        "n\(index)": {"parent": \(index == 0 ? "null" : "\"n\(index - 1)\""), "children": [\(child)],
          "message": {"author": {"role": "\(node.role)"}, "create_time": \(1_700_000_000 + index),
            \(node.members)}}
        """
    }
    return """
      [{"title": "t", "conversation_id": "c-1", "create_time": 1700000000,
        "current_node": "n\(nodes.count - 1)", "mapping": {\(texts.joined(separator: ","))}}]
      """
  }

  private func imported(_ nodes: [(role: String, members: String)]) throws -> Import {
    var result: Import?
    try withFolder { folder in
      try write(Self.chain(nodes), to: folder + "/conversations.json")
      for name in ["user-1", "dalle-generations"] {
        try FileManager.default.createDirectory(
          atPath: folder + "/" + name, withIntermediateDirectories: true)
      }
      try pictureBytes.write(to: URL(filePath: folder + "/user-1/file_0a1-photo.png"))
      try pictureBytes.write(to: URL(filePath: folder + "/dalle-generations/file-Zz9.webp"))
      result = try SampleImporter().read(folder + "/conversations.json")
    }
    return try #require(result)
  }

  @Test func `A voice chat comes as its words`() throws {
    let words = { (text: String) in
      """
      "content": {"content_type": "multimodal_text", "parts": [
        {"content_type": "audio_transcription", "text": "\(text)", "direction": "in"},
        {"content_type": "audio_asset_pointer", "asset_pointer": "sediment://file_1"}]}
      """
    }
    let result = try imported([("user", words("How are you?")), ("assistant", words("Fine."))])
    #expect(
      result.conversations.first?.messages.path.map(\.text) == ["How are you?", "Fine."])
    #expect(result.loss[.sound] == 2)
    #expect(result.loss.total == 2)
  }

  @Test func `Thoughts are reasoning, calls of tools are no messages, pictures of tools are kept`()
    throws
  {
    let result = try imported([
      ("system", #""content": {"content_type": "text", "parts": [""]}"#),
      (
        "user",
        #""content": {"content_type": "user_editable_context", "user_profile": "I am 7.", "user_instructions": "Be brief."}, "metadata": {"is_visually_hidden_from_conversation": true}"#
      ),
      (
        "user",
        #""content": {"content_type": "multimodal_text", "parts": [{"content_type": "image_asset_pointer", "asset_pointer": "sediment://file_0a1"}, "Draw it."]}"#
      ),
      (
        "assistant",
        #""content": {"content_type": "thoughts", "thoughts": [{"summary": "Plan", "content": "First a sky."}]}"#
      ),
      (
        "assistant",
        #""content": {"content_type": "code", "text": "draw()"}, "recipient": "dalle.text2im""#
      ),
      (
        "tool",
        #""content": {"content_type": "multimodal_text", "parts": [{"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-Zz9"}]}"#
      ),
      (
        "assistant",
        #""content": {"content_type": "reasoning_recap", "content": "Thought for 3 s"}"#
      ),
      (
        "assistant",
        "\"content\": {\"content_type\": \"text\", \"parts\": [\"Done\u{E200}cite\u{E202}turn0search1\u{E201}, see \u{E200}x\u{E201}.\"]}, \"metadata\": {\"model_slug\": \"o4\", \"content_references\": [{\"matched_text\": \"\u{E200}x\u{E201}\", \"alt\": \"[e](https://e.org)\"}]}"
      ),
    ])
    let conversation = try #require(result.conversations.first)
    #expect(conversation.instructions == "I am 7.\n\nBe brief.")
    #expect(conversation.model == "o4")
    let path = conversation.messages.path
    #expect(path.map(\.role) == [.user, .assistant])
    #expect(path.map(\.text) == ["Draw it.", "Done, see [e](https://e.org)."])
    #expect(path.map(\.pictures.count) == [1, 1])
    #expect(path.last?.reasoning == "Plan\nFirst a sky.")
    let calls = path.last?.parts.toolCalls ?? []
    #expect(calls.map(\.name) == ["dalle.text2im"])
    #expect(calls.map(\.arguments) == ["draw()"])
    #expect(result.loss.total == 0)
  }

  @Test func `A picture of a tool after which nothing came is a reply`() throws {
    let result = try imported([
      ("user", #""content": {"content_type": "text", "parts": ["Draw."]}"#),
      (
        "tool",
        #""content": {"content_type": "multimodal_text", "parts": [{"content_type": "image_asset_pointer", "asset_pointer": "file-service://file-Zz9"}]}"#
      ),
    ])
    let path = try #require(result.conversations.first).messages.path
    #expect(path.map(\.role) == [.user, .assistant])
    #expect(path.last?.pictures.count == 1)
  }

  @Test func `A second import has the same identifiers`() throws {
    try withFolder { folder in
      try write(Self.export, to: folder + "/conversations.json")
      let first = try SampleImporter().read(folder + "/conversations.json").conversations
      #expect(try SampleImporter().read(folder + "/conversations.json").conversations == first)
    }
  }

  @Test func `A folder stands for its numbered files`() throws {
    try withFolder { folder in
      for (name, text) in [
        ("conversations-000.json", "one"), ("conversations-001.json", "two"), ("user.json", "no"),
      ] {
        try write("[" + Self.talk(text) + "]", to: folder + "/" + name)
      }
      let texts = try SampleImporter().read(folder).conversations.flatMap(\.messages.path).map(
        \.text)
      #expect(texts == ["one", "two"])
      try FileManager.default.removeItem(atPath: folder + "/conversations-000.json")
      try FileManager.default.removeItem(atPath: folder + "/conversations-001.json")
      #expect(throws: InterchangeError.unknownFormat(path: folder)) {
        _ = try SampleImporter().read(folder)
      }
    }
  }

  /// A node without a message.
  private static func node(_ parent: String?, _ children: String...) -> String {
    let parent = parent.map { "\"\($0)\"" } ?? "null"
    return "{\"parent\": \(parent), \"children\": \(children), \"message\": null}"
  }

  @Test func `A circle below a root costs each node once`() throws {
    try withFolder { folder in
      let talk = """
        [{"mapping": {"root": \(Self.node(nil, "a", "q")), "a": \(Self.node("root", "b")),
          "b": \(Self.node("a", "a", "b", "root")), "x": \(Self.node("y", "y")),
          "y": \(Self.node("x", "x")),
          "q": {"parent": "root", "message": {"author": {"role": "user"},
            "content": {"content_type": "text", "parts": ["seen"]}}}}}]
        """
      try write(talk, to: folder + "/c.json")
      let result = try SampleImporter().read(folder + "/c.json")
      #expect(result.conversations.first?.messages.path.map(\.text) == ["seen"])
      #expect(result.loss[.circle] == 2)
      #expect(result.loss.total == 2)
    }
  }

  @Test(arguments: ["file-Ab", "..", "../secret", "", "file-Ab1/../../secret"])
  func `A pointer names a file of the folder by its whole name, or none`(name: String) throws {
    try withFolder { folder in
      try FileManager.default.createDirectory(
        atPath: folder + "/export", withIntermediateDirectories: false)
      try pictureBytes.write(to: URL(filePath: folder + "/secret"))
      try pictureBytes.write(to: URL(filePath: folder + "/export/file-Ab1-bridge.png"))
      let path = folder + "/export/conversations.json"
      try write(Self.export.replacing("file-Ab1", with: name), to: path)
      let result = try SampleImporter().read(path)
      #expect(result.loss[.missingPicture] == 1)
      #expect(result.conversations.first?.messages.all.flatMap(\.pictures) == [])
    }
  }

  @Test func `A circle of nodes ends`() throws {
    try withFolder { folder in
      let node = "{\"parent\": \"%\", \"children\": [\"%\"], \"message\": null}"
      try write(
        "[{\"mapping\": {\"a\": \(node.replacing("%", with: "b")), "
          + "\"b\": \(node.replacing("%", with: "a"))}}]", to: folder + "/c.json")
      let importer = SampleImporter()
      #expect(throws: InterchangeError.nothingInside(path: folder + "/c.json")) {
        try importer.read(folder + "/c.json")
      }
    }
  }
}
