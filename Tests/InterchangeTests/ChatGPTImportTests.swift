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
      var importer = makeImporter()
      let result = try importer.read(folder + "/conversations.json")
      let conversation = try #require(result.conversations.first)
      #expect(result.leftOut == 1)
      #expect(conversation.name == "Bridge talk")
      #expect(conversation.created == Timestamp(milliseconds: 1_700_000_000_250))
      #expect(conversation.model == "gpt-4o")
      let path = conversation.messages.path
      #expect(path.map(\.text) == ["What is this?", "A bridge."])
      #expect(path.last?.created == Timestamp(milliseconds: 1_700_000_004_500))
      #expect(path.last?.reply?.provider == "ChatGPT")
      #expect(path.first?.pictures.map(\.name) == ["file-Ab1-bridge.png"])
      #expect(path.first?.pictures.first?.stored == picture)
      let variants = conversation.messages.variants(of: try #require(path.last?.id))
      #expect(variants.compactMap { conversation.messages[$0]?.text } == ["A boat.", "A bridge."])
    }
  }

  @Test func `A picture that is not beside the file is left out`() throws {
    try withFolder { folder in
      try write(Self.export, to: folder + "/conversations.json")
      var importer = makeImporter()
      let result = try importer.read(folder + "/conversations.json")
      #expect(result.leftOut == 2)
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
      var lengths: [Int] = []
      var importer = makeImporter()
      try importer.read(folder + "/c.json") {
        lengths.append($0.messages.path.first?.text.count ?? 0)
      }
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
      var importer = makeImporter()
      #expect(throws: InterchangeError.malformed(path: path, place: place)) {
        try importer.read(path)
      }
    }
  }

  @Test func `A circle of nodes ends`() throws {
    try withFolder { folder in
      let node = "{\"parent\": \"%\", \"children\": [\"%\"], \"message\": null}"
      try write(
        "[{\"mapping\": {\"a\": \(node.replacing("%", with: "b")), "
          + "\"b\": \(node.replacing("%", with: "a"))}}]", to: folder + "/c.json")
      var importer = makeImporter()
      #expect(throws: InterchangeError.nothingInside(path: folder + "/c.json")) {
        try importer.read(folder + "/c.json")
      }
    }
  }
}
