import Conversation
import ConversationStore
import Foundation
import GRDB
import Testing

@Suite struct DamageTests {
  /// Overwrites `count` bytes of a file.
  private func damage(_ path: String, at offset: UInt64, count: Int) throws {
    let file = try FileHandle(forUpdating: URL(filePath: path))
    try file.seek(toOffset: offset)
    try file.write(contentsOf: Data(repeating: 0xA5, count: count))
    try file.close()
  }

  /// A closed store with a named conversation of 400 messages.
  private func makeStore(_ folder: String) async throws {
    var conversation = Conversation.new(10_000, name: "trip")
    for id in Int64(1)...400 {
      let text = "message \(id) " + String(repeating: "abc", count: 100)
      conversation.messages.append(.new(id, after: id > 1 ? id - 1 : nil, text))
    }
    let store = try openStore(folder)
    try await store.insert([conversation])
    try await store.close()
  }

  @Test func `A file that is no database is set aside, byte for byte`() async throws {
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let bytes = Data("This is a shopping list, and a long one.".utf8)
      try bytes.write(to: URL(filePath: databasePath(folder)))
      let store = try openStore(folder)
      let aside = databasePath(folder) + "-damaged-2023-11-14T221320Z"
      #expect(store.opening == .setAside(path: aside))
      #expect(try Data(contentsOf: URL(filePath: aside)) == bytes)
      try await store.save(.new(10, name: "new"))
      #expect(try await store.identifier(named: "new") == .new(10))
    }
  }

  @Test func `A store that is damaged twice keeps both`() async throws {
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for text in ["first, and no database", "second, and no database"] {
        try Data(text.utf8).write(to: URL(filePath: databasePath(folder)))
        try await openStore(folder).close()
      }
      let damaged = try FileManager.default.contentsOfDirectory(atPath: folder)
        .filter { $0.contains("damaged") && !$0.hasSuffix("-unfinished") }
      #expect(damaged.count == 2)
    }
  }

  @Test func `Damage that a call meets is found at the next opening, and the rest is saved`()
    async throws
  {
    try await withStoreFolder { folder in
      try await makeStore(folder)
      // Two pages in the middle of the table of messages.
      try damage(databasePath(folder), at: 40 * 4096, count: 8192)
      let store = try openStore(folder)
      let error = await #expect(throws: StoreError.self) {
        _ = try await store.load(.new(10_000))
      }
      guard case .damaged = error else { throw error ?? .empty }
      try await store.close()

      let again = try openStore(folder)
      guard case .setAside(let aside) = again.opening else {
        Issue.record("\(again.opening)")
        return
      }
      let salvage = try await again.salvage(from: SetAsideFile(path: aside))
      #expect(salvage.conversations == 1)
      #expect(salvage.messages + salvage.lost >= 390)
      #expect(salvage.messages >= 350)
      let saved = try await again.load(.new(10_000))
      #expect(saved.name == "trip")
      #expect(saved.messages[MessageID(rawValue: 400)]?.text.hasPrefix("message 400 ") == true)
      #expect(try await again.salvage(from: SetAsideFile(path: aside)).conversations == 0)
    }
  }

  @Test func `A damaged index of the texts is made anew from the messages`() async throws {
    try await withStoreFolder { folder in
      try await makeStore(folder)
      let other = try DatabaseQueue(path: databasePath(folder))
      try await other.write {
        try $0.execute(sql: "UPDATE message_text_data SET block = x'FFFFFFFFFFFF' WHERE id > 10")
      }
      try other.close()
      let store = try openStore(folder)
      let error = await #expect(throws: StoreError.self) { _ = try await store.search("message") }
      guard case .damaged = error else { throw error ?? .empty }
      try await store.close()

      let again = try openStore(folder)
      #expect(again.opening == .sound)
      #expect(try await again.search("\"message 77 \"").count == 1)
      #expect(try await again.load(.new(10_000)).messages.count == 400)
      let next = Message.new(500, after: 400, "more")
      #expect(try await again.append(next, to: .new(10_000)) == .inLine)
    }
  }

  @Test func `While another program has the store open, nothing is set aside`() async throws {
    try await withStoreFolder { folder in
      try await makeStore(folder)
      let store = try openStore(folder)
      try damage(databasePath(folder), at: 0, count: 100)
      let error = #expect(throws: StoreError.self) { _ = try openStore(folder) }
      guard case .damaged = error else { throw error ?? .empty }
      #expect(FileManager.default.fileExists(atPath: databasePath(folder)))
      _ = store
    }
  }
}
