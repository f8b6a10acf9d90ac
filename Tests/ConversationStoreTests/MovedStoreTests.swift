import Conversation
import ConversationStore
import Files
import Foundation
import SampleValues
import Testing

/// A database that is moved or removed while it is open: nothing goes into it in silence, and nothing of
/// what takes its place is touched.
@Suite struct MovedStoreTests {
  private static let files = ["iris.sqlite", "iris.sqlite-wal", "iris.sqlite-shm"]

  @Test(arguments: [true, false])
  func `What is written into a store that is gone fails`(isMoved: Bool) async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.save(.new(1))
      #expect(await store.isInPlace())
      for name in Self.files {
        if isMoved {
          try FileSystem.rename("\(folder)/\(name)", to: "\(folder)/moved-\(name)")
        } else {
          try FileSystem.remove("\(folder)/\(name)")
        }
      }
      #expect(await !store.isInPlace())
      await #expect(throws: StoreError.gone(path: databasePath(folder))) {
        try await store.append(.new(2, "Where does this go?"), to: ConversationID(rawValue: 1))
      }
      try await store.close()
    }
  }

  @Test func `Closing a store that is gone leaves the one that took its place as it is`()
    async throws
  {
    try await withStoreFolder { folder in
      let old = try openStore(folder)
      try await old.save(.new(1))
      try FileSystem.rename(folder, to: folder + "-moved")
      defer { try? FileManager.default.removeItem(atPath: folder + "-moved") }
      let new = try openStore(folder)
      let digest = Digest.sample("a picture of the new store")
      try new.pictures.keep([1, 2, 3, 4], as: digest)
      try await new.insert([.new(10, saying: "Hello", "Hi")])
      try await old.close()
      #expect(FileManager.default.fileExists(atPath: new.pictures.path(of: digest)))
      _ = try await new.append(.new(13, after: 12, "And now?"), to: ConversationID(rawValue: 10))
      try await new.close()
      let again = try openStore(folder)
      #expect(try await again.load(ConversationID(rawValue: 10)).messages.all.count == 3)
      try await again.close()
    }
  }
}
