import Conversation
import Files
import Foundation
import Interchange
import SampleArchives
import Testing

/// Exports as they are given to people: in a zip archive.
@Suite struct ArchivedExportTests {
  private func imported(_ entries: [SampleArchive.Entry]) throws -> Import {
    var result: Import?
    try withFolder { folder in
      try Data(SampleArchive(entries).bytes).write(to: URL(filePath: folder + "/export.zip"))
      result = try SampleImporter().read(folder + "/export.zip")
    }
    return try #require(result)
  }

  private static func talk(_ text: String) -> String {
    """
    {"title": "t", "mapping": {"q": {"message": {"author": {"role": "user"},
      "content": {"content_type": "text", "parts": ["\(text)"]}, "metadata": {}}}}}
    """
  }

  @Test func `An archive is read as its folder is`() throws {
    var export = SampleArchive.Entry("x/conversations.json", ChatGPTImportTests.export)
    export.isDeflated = true
    let result = try imported([
      .init("x/user.json", "{}"), export,
      .init("x/user-1/file-Ab1-bridge.png", Array(pictureBytes)), .init("x/chat.html", "<html>"),
    ])
    let path = try #require(result.conversations.first).messages.path
    #expect(path.map(\.text) == ["What is this?", "A bridge."])
    #expect(path.first?.pictures.first?.stored == picture)
    #expect(result.loss.total == 0)
  }

  @Test func `Numbered files of an archive come in their order`() throws {
    let result = try imported([
      .init("conversations-001.json", "[\(Self.talk("two"))]"),
      .init("conversations-000.json", "[\(Self.talk("one"))]"),
    ])
    #expect(result.conversations.flatMap(\.messages.path).map(\.text) == ["one", "two"])
  }

  @Test func `Nothing outside of the archive is read`() throws {
    try withFolder { folder in
      try pictureBytes.write(to: URL(filePath: folder + "/file-Ab1-bridge.png"))
      let climbing = SampleArchive.Entry("../file-Ab1-bridge.png", Array(pictureBytes))
      let archive = SampleArchive([
        .init("conversations.json", ChatGPTImportTests.export), climbing,
      ])
      try Data(archive.bytes).write(to: URL(filePath: folder + "/export.zip"))
      let result = try SampleImporter().read(folder + "/export.zip")
      #expect(result.loss[.missingPicture] == 1)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).count == 2)
    }
  }

  struct Fault: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var bytes: [UInt8]
    var error: @Sendable (String) -> InterchangeError
  }

  private static let faults = [
    Fault(
      testDescription: "cut off", bytes: Array(SampleArchive([.init("a", "b")]).bytes.dropLast(9)),
      error: { .malformed(path: $0, place: "ZIP") }),
    Fault(
      testDescription: "no export in it", bytes: SampleArchive([.init("a.json", "[]")]).bytes,
      error: { .unknownFormat(path: $0) }),
    Fault(
      testDescription: "a bomb",
      bytes: SampleArchive([bomb]).bytes,
      error: { .unusableArchive(path: $0, .bomb(name: "conversations.json")) }),
    Fault(
      testDescription: "locked", bytes: SampleArchive([locked]).bytes,
      error: { .unusableArchive(path: $0, .locked(name: "conversations.json")) }),
    Fault(
      testDescription: "cut-off JSON",
      bytes: SampleArchive([.init("conversations.json", "[{\"mapping\": {")]).bytes,
      error: { .malformed(path: $0 + "/conversations.json", place: "JSON") }),
  ]

  private static var bomb: SampleArchive.Entry {
    var bomb = SampleArchive.Entry("conversations.json", [UInt8](repeating: 0x20, count: 9))
    (bomb.isDeflated, bomb.claimedByteCount) = (true, 4_000_000_000)
    return bomb
  }

  private static var locked: SampleArchive.Entry {
    var locked = SampleArchive.Entry("conversations.json", [UInt8](repeating: 0x20, count: 40))
    locked.isLocked = true
    return locked
  }

  @Test(arguments: faults)
  func `An archive that cannot be used says why`(_ fault: Fault) throws {
    try withFolder { folder in
      let path = folder + "/export.zip"
      try Data(fault.bytes).write(to: URL(filePath: path))
      #expect(throws: fault.error(path)) { _ = try SampleImporter().read(path) }
    }
  }

  @Test(arguments: ["[", "{\"mapping\":"])
  func `What is nested ten thousand deep is damaged`(opening: String) throws {
    try withFolder { folder in
      let deep = String(repeating: opening, count: 10_000)
      try write("[\(Self.talk("kept")),{\"mapping\": {\"x\": \(deep)", to: folder + "/a.json")
      let path = folder + "/a.json"
      #expect(throws: InterchangeError.malformed(path: path, place: "JSON")) {
        _ = try SampleImporter().read(path)
      }
      let closed = String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
      try write("[\(Self.talk("kept")),{\"mapping\": \(closed)}]", to: path)
      #expect(throws: InterchangeError.malformed(path: path, place: "2 JSON")) {
        _ = try SampleImporter().read(path)
      }
    }
  }
}
