import Conversation
import ConversationStore
import Foundation
import GRDB
import Testing

/// Stores that can be read and not written, for good or for now.
@Suite struct ReadOnlyTests {
  @Test func `A store that is opened for reading answers, and refuses every change`() async throws {
    try await withStoreFolder { folder in
      let writer = try openStore(folder)
      try await writer.insert([.new(10, name: "trip", saying: "one", "two")])
      let reader = try ConversationStore(reading: folder)
      #expect(reader.isReadOnly)
      #expect(try await reader.summaries().map(\.title) == ["trip"])
      #expect(try await reader.load(.new(10)).messages.path.map(\.text) == ["one", "two"])
      #expect(try await reader.search("two").count == 1)
      let error = await #expect(throws: StoreError.self) {
        _ = try await reader.append(.new(30, after: 12, "three"), to: .new(10))
      }
      guard case .readOnly = error else { throw error ?? .empty }
      try await reader.close()
      let full = StoreError.full(
        StoreError.Cause(path: folder, code: 13, message: "database or disk is full"))
      let refused = try ConversationStore(reading: folder, because: full)
      let told = await #expect(throws: StoreError.self) {
        _ = try await refused.append(.new(30, after: 12, "three"), to: .new(10))
      }
      #expect(told == full)
      try await refused.close()
      #expect(try await writer.load(.new(10)).messages.count == 2)
    }
  }

  @Test func `Reading makes nothing where no store is`() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    #expect(throws: StoreError.self) { _ = try ConversationStore(reading: folder) }
    #expect(!FileManager.default.fileExists(atPath: folder))
  }

  @Test func `A lock is waited for once, then only briefly until it is gone`() async throws {
    try await withStoreFolder { folder in
      let patience = Duration.milliseconds(1_500)
      let store = try openStore(folder, patience: patience)
      try await store.insert([.new(10, saying: "one")])
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      let other = try DatabaseQueue(path: databasePath(folder), configuration: configuration)
      try await other.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
      let start = ContinuousClock.now
      let calls = Int64(20)..<40
      for id in calls {
        let error = await #expect(throws: StoreError.self) {
          _ = try await store.append(.new(id, after: 11, "more"), to: .new(10))
        }
        guard case .locked = error else { throw error ?? .empty }
      }
      // To wait each time would take this at least; to wait once takes a ninth of it.
      let waited = ContinuousClock.now - start
      #expect(waited >= patience && waited < patience * calls.count)
      try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
      #expect(try await store.append(.new(50, after: 11, "more"), to: .new(10)) == .inLine)
    }
  }

  @Test func `A reply that is stored again as a whole is not doubled by its pieces`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, saying: "one")])
      var reply = Message.streaming(20, after: 11)
      _ = try await store.append(reply, to: .new(10))
      try await store.extend(reply.id, by: [PartFragment(ordinal: 0, text: "so far")])
      reply.parts = [.text("so far, so good")]
      _ = try await store.append(reply, to: .new(10))
      #expect(try await store.load(.new(10)).messages[reply.id]?.text == "so far, so good")
    }
  }

  @Test func `A store of a newer version is read, and nothing there is written`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, name: "trip", saying: "one")])
      try await store.close()
      try await newer(folder, "ALTER TABLE message ADD COLUMN mood TEXT")
      let before = try contents(of: folder)
      #expect(throws: StoreError.newer(path: databasePath(folder))) { _ = try openStore(folder) }
      let reader = try ConversationStore(reading: folder)
      #expect(try await reader.load(.new(10)).messages.path.map(\.text) == ["one"])
      try await reader.close()
      #expect(try contents(of: folder) == before)
    }
  }

  @Test func `A newer store whose columns are others is refused as newer`() async throws {
    try await withStoreFolder { folder in
      try await openStore(folder).close()
      try await newer(folder, "ALTER TABLE part RENAME COLUMN json TO object")
      #expect(throws: StoreError.newer(path: databasePath(folder))) {
        _ = try ConversationStore(reading: folder)
      }
    }
  }

  @Test func `What a store that was read-only for a moment left behind is made writable`()
    async throws
  {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, saying: "one")])
      let path = databasePath(folder)
      for suffix in ["-wal", "-shm"] { try #require(chmod(path + suffix, 0o444) == 0) }
      let again = try openStore(folder)
      for suffix in ["-wal", "-shm"] { #expect(try permissions(path + suffix) == 0o600) }
      #expect(try await again.append(.new(20, after: 11, "two"), to: .new(10)) == .inLine)
    }
  }

  /// Makes the closed store one of a later version.
  private func newer(_ folder: String, _ change: String) async throws {
    let database = try DatabaseQueue(path: databasePath(folder))
    try await database.write {
      try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99 wonders'); \(change)")
    }
    try database.close()
  }

  /// Every file of a folder but the lock, with its bytes.
  private func contents(of folder: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try names.filter { $0 != "lock" && $0 != "pictures" }.reduce(into: [:]) { files, name in
      files[name] = try Data(contentsOf: URL(filePath: folder + "/" + name))
    }
  }
}
