import Conversation
import Foundation
import Interchange
import Testing

@Suite struct ArchiveTests {
  @Test func `What goes out as Iris's own JSON comes back the same, pictures too`() throws {
    try withFolder { folder in
      let find = try pictureFile(in: folder)
      _ = try ArchiveExport(.full, pictures: find).write(to: folder + "/a.iris.json")
      var kept: [[UInt8]] = []
      var importer = Importer(ids: IdentifierSource(entropy: 1), now: Timestamp(milliseconds: 0)) {
        bytes, _ in
        kept.append(bytes)
        return picture
      }
      let imported = try importer.read(folder + "/a.iris.json")
      #expect(imported == Import(conversations: [.full]))
      #expect(kept.allSatisfy { $0 == Array(pictureBytes) })
      #expect(!kept.isEmpty)
    }
  }

  @Test func `An archive is JSON, each picture once`() throws {
    try withFolder { folder in
      let find = try pictureFile(in: folder)
      _ = try ArchiveExport(.full, pictures: find).write(to: folder + "/a.iris.json")
      let data = try Data(contentsOf: URL(filePath: folder + "/a.iris.json"))
      let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      #expect(object["iris"] as? Int == 1)
      #expect(
        object["pictures"] as? [String: String] == [
          "Picture": "data:image/png;base64,\(pictureBytes.base64EncodedString())"
        ])
      #expect((object["messages"] as? [Any])?.count == 3)
    }
  }

  @Test func `An archive of a newer version is refused`() throws {
    try withFolder { folder in
      let path = folder + "/a.iris.json"
      try write("{\"iris\":2,\"pages\":[]}", to: path)
      var importer = makeImporter()
      #expect(throws: InterchangeError.newer(path: path)) { try importer.read(path) }
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
      var importer = makeImporter()
      #expect(throws: InterchangeError.malformed(path: path, place: "pictures Picture")) {
        try importer.read(path)
      }
    }
  }
}
