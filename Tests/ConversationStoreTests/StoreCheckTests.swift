import Conversation
import ConversationStore
import Foundation
import GRDB
import SampleValues
import Testing

/// What a check of the whole store finds.
@Suite struct StoreCheckTests {
  /// Stands for a digest: the bytes of the file are its sample's name.
  @Sendable private static func hash(_ path: String) throws -> Digest {
    .sample(String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self))
  }

  private func store(_ folder: String) async throws -> ConversationStore {
    let store = try openStore(folder)
    for digest in ["abcd", "abce", "abcf"] {
      try store.pictures.keep(Array(digest.utf8), as: .sample(digest))
    }
    var conversation = Conversation.new(10, saying: "one")
    for (index, digest) in ["abcd", "abce"].enumerated() {
      let picture = PictureReference(
        source: .stored(.new(digest)), name: "p", detail: .auto)
      var message = Message.new(12 + Int64(index), after: 11 + Int64(index), "look")
      message.parts.append(.picture(picture))
      conversation.messages.append(message)
    }
    try await store.insert([conversation])
    return store
  }

  @Test func `A sound store is sound, and what lies about is counted`() async throws {
    try await withStoreFolder { folder in
      let check = try await store(folder).check(hash: Self.hash)
      var expected = StoreCheck()
      expected.conversations = 1
      expected.messages = 3
      expected.pictures = 2
      expected.strayPictures = 1
      expected.strayBytes = 4
      #expect(check == expected)
      #expect(check.isSound)
    }
  }

  @Test func `A picture that is missing or changed is named`() async throws {
    try await withStoreFolder { folder in
      let store = try await store(folder)
      let missing = store.pictures.path(of: .sample("abcd"))
      let changed = store.pictures.path(of: .sample("abce"))
      try FileManager.default.removeItem(atPath: missing)
      try Data("abcX".utf8).write(to: URL(filePath: changed))
      let check = try await store.check(hash: Self.hash)
      #expect(!check.isSound)
      #expect(
        check.damagedPictures == [
          .init(path: missing, isMissing: true), .init(path: changed, isMissing: false),
        ])
    }
  }

  @Test func `A text that its index does not know is found`() async throws {
    try await withStoreFolder { folder in
      let store = try await store(folder)
      let other = try DatabaseQueue(path: databasePath(folder))
      try await other.writeWithoutTransaction {
        try $0.execute(
          sql: """
            DROP TRIGGER part_update_before; DROP TRIGGER part_update_after;
            UPDATE part SET text = 'two' WHERE id = 11
            """)
      }
      try other.close()
      let check = try await store.check(hash: Self.hash)
      #expect(!check.textIndexFits)
      #expect(!check.isSound)
    }
  }

  @Test func `A message that others follow and that is gone is counted`() async throws {
    try await withStoreFolder { folder in
      let store = try await store(folder)
      let other = try DatabaseQueue(path: databasePath(folder))
      try await other.write { try $0.execute(sql: "DELETE FROM message WHERE id = 11") }
      try other.close()
      #expect(try await store.check(hash: Self.hash).missingMessages == 1)
    }
  }

  @Test func `A message whose words are gone is counted`() async throws {
    try await withStoreFolder { folder in
      let store = try await store(folder)
      let other = try DatabaseQueue(path: databasePath(folder))
      try await other.write { try $0.execute(sql: "DELETE FROM part WHERE message = 11") }
      try other.close()
      let check = try await store.check(hash: Self.hash)
      #expect(check.emptyMessages == 1)
      #expect(!check.isSound)
    }
  }

  @Test func `A damaged store that is not saved yet is named`() async throws {
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("no database".utf8).write(to: URL(filePath: databasePath(folder)))
      let store = try openStore(folder)
      let check = try await store.check(hash: Self.hash)
      #expect(check.unfinished == check.setAside && check.setAside.count == 1)
      #expect(!check.isSound)
      for file in try store.unfinishedSalvages() { _ = try await store.salvage(from: file) }
      #expect(try await store.check(hash: Self.hash).isSound)
    }
  }

  /// Damage of the copy, by what it is.
  private static let copyDamage: [@Sendable (inout Data) -> Void] = [
    { $0 = Data() }, { $0 = $0.prefix(9_000) },
    { $0.replaceSubrange(0..<4096, with: Data(count: 4096)) },
    { $0.replaceSubrange(8192..<16_384, with: Data(repeating: 0xFF, count: 8192)) },
  ]

  @Test(arguments: 0..<4) func `A copy that is destroyed is told`(damage: Int) async throws {
    try await withStoreFolder { folder in
      let store = try await store(folder)
      #expect(try store.backup.makeIfDue() == .made)
      let sound = try await store.check(hash: Self.hash)
      #expect(sound.copyDamage == nil && sound.isSound)
      let copy = databasePath(folder) + "-backup"
      var bytes = try Data(contentsOf: URL(filePath: copy))
      Self.copyDamage[damage](&bytes)
      try bytes.write(to: URL(filePath: copy))
      let check = try await store.check(hash: Self.hash)
      #expect(check.copyDamage?.isEmpty == false)
      #expect(!check.isSound && check.isStoreSound)
    }
  }
}
