import Conversation
import Foundation
import Interchange
import Testing

@Suite struct ArchiveTests {
  @Test func `What goes out as Iris's own JSON comes back the same, pictures too`() throws {
    try withFolder { folder in
      let find = try pictureFile(in: folder)
      _ = try ArchiveExport(.full, pictures: find).write(to: folder + "/a.iris.json")
      let imported = try SampleImporter().read(folder + "/a.iris.json")
      #expect(imported.conversations == [.full])
      #expect(imported.loss.total == 0)
    }
  }

  @Test
  func `Sound and other files that tools gave come back too, and are missed where they are gone`()
    throws
  {
    let sound = Array("sound\u{0}waves".utf8)
    let media = MediaReference(
      source: .stored(digest(of: sound)), mediaType: "audio/wav",
      byteCount: ByteCount(sound.count), name: "sing", facts: .sound(seconds: nil))
    var conversation = Conversation(
      id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 1_700_000_000_000))
    let result = ToolResult(callID: "c", parts: [.text("la la"), .media(media)])
    conversation.messages = MessageTree(
      messages: [.new(2, .tool, .toolResult(result))], leaf: MessageID(rawValue: 2))
    try withFolder { folder in
      try Data(sound).write(to: URL(filePath: folder + "/kept"))
      let path = folder + "/a.iris.json"
      let report = try ArchiveExport(
        conversation, pictures: { _ in nil }, file: { _ in folder + "/kept" }
      ).write(to: path)
      #expect(report.missingPictures.isEmpty)
      #expect(try read(path).contains("data:audio/wav;base64,"))
      #expect(try SampleImporter().read(path).conversations == [conversation])
      let changed = try read(path).replacing("c291bmQAd2F2ZXM=", with: "c291bmQ=")
      try write(changed, to: path)
      #expect(throws: InterchangeError.self) { try SampleImporter().read(path) }
      let lacking = try ArchiveExport(conversation, pictures: { _ in nil })
        .write(to: path, isReplacing: true)
      #expect(lacking.missingPictures == ["sing"])
    }
  }

  @Test func `An archive is JSON, each picture once`() throws {
    try withFolder { folder in
      let find = try pictureFile(in: folder)
      _ = try ArchiveExport(.full, pictures: find).write(to: folder + "/a.iris.json")
      let data = try Data(contentsOf: URL(filePath: folder + "/a.iris.json"))
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(object["iris"] as? Int == 2)
      #expect(
        object["pictures"] as? [String: String] == [
          picture.digest.rawValue: "data:image/png;base64,\(pictureBytes.base64EncodedString())"
        ])
      #expect((object["messages"] as? [Any])?.count == 3)
    }
  }

  @Test func `An archive of the first version is read whole`() throws {
    try withFolder { folder in
      let path = folder + "/a.iris.json"
      try write(
        #"{"iris":1,"conversation":{"id":1,"created":{"milliseconds":1},"leaf":3,"parameters":{"stop":[]},"#
          + #""draft":{"text":"half","pictures":[{"detail":"low","name":"b","source":{"remote":"#
          + #"{"_0":"https://e.org/b"}}}]}},"messages":[{"id":2,"role":"user","parts":["#
          + #"{"text":{"_0":"What?"}},{"picture":{"_0":{"detail":"high","name":"a","source":"#
          + #"{"remote":{"_0":"https://e.org/a"}}}}},{"unknown":{"_0":"{\"b\": 1}"}}],"#
          + #""created":{"milliseconds":2},"status":"unsent","omission":"pictures"},{"id":3,"parent":2,"#
          + #""role":"assistant","parts":[{"text":{"_0":"A bridge."}}],"created":{"milliseconds":3},"#
          + #""status":"stopped","omission":"none","reply":{"model":"m","provider":"p","#
          + #""reasoning":"hm","isRefusal":false}}],"pictures":{}}"#, to: path)
      let conversation = try #require(try SampleImporter().read(path).conversations.first)
      let remote = PictureReference(source: .remote("https://e.org/a"), name: "a", detail: .high)
      let messages = conversation.messages.path
      #expect(
        messages.map(\.parts) == [
          [.text("What?"), .picture(remote), .unknown(json: #"{"b": 1}"#)],
          [.reasoning("hm"), .text("A bridge.")],
        ])
      #expect(messages.map(\.omission) == [.pictures, .none])
      #expect(messages.map(\.status) == [.unsent, .stopped])
      #expect(conversation.draft.text == "half")
      #expect(conversation.draft.pictures.map(\.name) == ["b"])
    }
  }

  @Test(arguments: [
    (#""id":1,"#, #""id":-1,"#),
    (#""id":2,"role":"user""#, #""id":-9223372036854775808,"role":"user""#),
    (#""id":2,"role":"user""#, #""id":0,"role":"user""#),
  ])
  func `Numbers that no store has are a fault of the file`(sound: String, bad: String) throws {
    try withFolder { folder in
      let path = folder + "/a.iris.json"
      let archive =
        #"{"iris":2,"conversation":{"id":1,"created":{"milliseconds":1},"leaf":2,"parameters":{"stop":[]},"#
        + #""draft":{"text":"","pictures":[]}},"messages":[{"id":2,"role":"user","parts":[],"#
        + #""created":{"milliseconds":2},"status":"unsent","omission":"none"}],"pictures":{}}"#
      try write(archive, to: path)
      #expect(try SampleImporter().read(path).conversations.count == 1)
      try write(archive.replacing(sound, with: bad), to: path)
      #expect {
        _ = try SampleImporter().read(path)
      } throws: { error in
        guard case .malformed(path, let place) = error as? InterchangeError else { return false }
        return place.contains("id")
      }
    }
  }

  @Test func `A server's name that is no name is left out`() throws {
    try withFolder { folder in
      let path = folder + "/a.iris.json"
      let long = String(repeating: "a", count: 100_000)
      try write(
        #"{"iris":2,"conversation":{"id":1,"created":{"milliseconds":1},"leaf":2,"parameters":{"stop":[]},"#
          + #""provider":"\#(long)","model":"\#(long)","draft":{"text":"","pictures":[]}},"#
          + #""messages":[{"id":2,"role":"user","parts":[],"created":{"milliseconds":2},"#
          + #""status":"unsent","omission":"none"}],"pictures":{}}"#, to: path)
      let conversation = try #require(try SampleImporter().read(path).conversations.first)
      #expect(conversation.provider == nil && conversation.model == nil)
    }
  }

  @Test func `An archive of a newer version is refused`() throws {
    try withFolder { folder in
      let path = folder + "/a.iris.json"
      try write("{\"iris\":3,\"pages\":[]}", to: path)
      let importer = SampleImporter()
      #expect(throws: InterchangeError.newer(path: path)) { try importer.read(path) }
    }
  }

  @Test(arguments: [
    "../../../../../../etc/passwd", "/dev/zero", "50696374", "",
    picture.digest.rawValue.uppercased(),
  ])
  func `A digest that is none makes the archive unusable, whatever it names`(text: String) throws {
    try withFolder { folder in
      let path = folder + "/a.iris.json"
      _ = try ArchiveExport(.full, pictures: try pictureFile(in: folder)).write(to: path)
      let archive = try read(path).replacing(picture.digest.rawValue, with: text)
      try write(archive, to: path)
      let importer = SampleImporter()
      let error = #expect(throws: InterchangeError.self) { try importer.read(path) }
      guard case .malformed(path, let place) = error else {
        throw error ?? .unknownFormat(path: "")
      }
      #expect(place.hasSuffix("digest"))
    }
  }

  @Test func `Numbers that nothing can mean are left out or brought in range`() throws {
    try withFolder { folder in
      let path = folder + "/a.iris.json"
      _ = try ArchiveExport(.full, pictures: try pictureFile(in: folder)).write(to: path)
      let archive = try read(path)
        .replacing("\"prompt\":4", with: "\"prompt\":4611686018427387904")
        .replacing("\"bytes\":8", with: "\"bytes\":-9223372036854775808")
        .replacing("\"width\":2", with: "\"width\":9223372036854775807")
      try write(archive, to: path)
      let importer = SampleImporter()
      let messages = try #require(try importer.read(path).conversations.first).messages
      #expect(messages.all.contains { $0.reply != nil })
      #expect(messages.all.allSatisfy { $0.reply?.usage == nil })
      #expect(
        messages.all.flatMap(\.pictures).compactMap(\.stored).allSatisfy { $0.byteCount == 0 })
    }
  }

  @Test func `A picture that is not what its digest says is refused`() throws {
    try withFolder { folder in
      let path = folder + "/a.iris.json"
      try Data("Painting".utf8).write(to: URL(filePath: folder + "/other"))
      _ = try ArchiveExport(
        .full,
        pictures: { _ in ExportedPicture(path: folder + "/other", format: .png) }
      ).write(to: path)
      let importer = SampleImporter()
      #expect(throws: InterchangeError.malformed(path: path, place: "pictures 50696374")) {
        try importer.read(path)
      }
    }
  }
}
