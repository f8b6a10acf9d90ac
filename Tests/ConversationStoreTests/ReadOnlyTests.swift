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
      for id in Int64(20)...25 {
        let error = await #expect(throws: StoreError.self) {
          _ = try await store.append(.new(id, after: 11, "more"), to: .new(10))
        }
        guard case .locked = error else { throw error ?? .empty }
      }
      let waited = ContinuousClock.now - start
      #expect(waited >= patience && waited < patience * 4)
      try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
      #expect(try await store.append(.new(30, after: 11, "more"), to: .new(10)) == .inLine)
    }
  }

  @Test func `A reply that is stored again as a whole is not doubled by its pieces`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, saying: "one")])
      var reply = Message.streaming(20, after: 11)
      _ = try await store.append(reply, to: .new(10))
      try await store.extend(reply.id, text: "so far")
      reply.parts = [.text("so far, so good")]
      _ = try await store.append(reply, to: .new(10))
      #expect(try await store.load(.new(10)).messages[reply.id]?.text == "so far, so good")
    }
  }
}
