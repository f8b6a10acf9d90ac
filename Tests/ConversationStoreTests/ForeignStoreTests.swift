import Conversation
import ConversationStore
import Files
import Foundation
import GRDB
import SampleValues
import Testing

/// Databases of other programs, and other stores of ours.
@Suite struct ForeignStoreTests {
  /// Reads the database at `path`; bytes that begin with `P` are pictures.
  private func read(
    _ path: String
  ) throws -> (conversations: [Conversation], loss: ImportLoss) {
    try ForeignStore.read(
      path, now: Timestamp(milliseconds: 7), files: ReadableFiles(besides: path)
    ) { bytes, _ in
      bytes.first == UInt8(ascii: "P")
        ? .new(String(decoding: bytes, as: UTF8.self), byteCount: ByteCount(bytes.count)) : nil
    }
  }

  /// The names and contents of all files in a folder.
  private func contents(of folder: String) throws -> [String: Data] {
    var contents: [String: Data] = [:]
    for name in try FileSystem.names(in: folder) {
      contents[name] = try? Data(contentsOf: URL(filePath: folder + "/" + name))
    }
    return contents
  }

  // MARK: - oterm

  /// As version 0.23 makes it.
  private static let oterm = """
    CREATE TABLE "chat" ("id" INTEGER, "name" TEXT, "model" TEXT NOT NULL, "system" TEXT,
      "provider" TEXT DEFAULT "ollama", "parameters" TEXT DEFAULT "{}", "tools" TEXT DEFAULT "[]",
      "thinking" BOOLEAN DEFAULT 0, PRIMARY KEY("id" AUTOINCREMENT));
    CREATE TABLE "message" ("id" INTEGER, "chat_id" INTEGER NOT NULL, "author" TEXT NOT NULL,
      "text" TEXT NOT NULL, "images" TEXT DEFAULT "[]", PRIMARY KEY("id" AUTOINCREMENT));
    INSERT INTO chat(id, name, model, system, parameters)
      VALUES (1, 'Bridges', 'llava:7b', 'Be brief.', '{"temperature": 0.2}'), (2, '', 'm', '', '{}');
    INSERT INTO message(chat_id, author, text, images) VALUES
      (1, 'user', 'What is this?', '["UGljdHVyZQ==", "bm8="]'), (1, 'assistant', 'A bridge.', '[]');
    """

  @Test func `Chats of oterm come with their pictures, and nothing is left beside the file`()
    async throws
  {
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let database = try DatabaseQueue(path: folder + "/store.db")
      try await database.write { try $0.execute(sql: Self.oterm) }
      try database.close()
      let before = try contents(of: folder)
      let (conversations, loss) = try read(folder + "/store.db")
      #expect(conversations.count == 1)
      let conversation = try #require(conversations.first)
      #expect(conversation.name == "Bridges")
      #expect(conversation.instructions == "Be brief.")
      #expect(conversation.model == "llava:7b")
      #expect(conversation.parameters.temperature == 0.2)
      let path = conversation.messages.path
      #expect(path.map(\.role) == [.user, .assistant])
      #expect(path.map(\.text) == ["What is this?", "A bridge."])
      #expect(path.first?.pictures.compactMap(\.stored?.digest) == [.sample("Picture")])
      #expect(path.last?.reply?.model == "llava:7b")
      #expect(loss[.brokenPicture] == 1)
      #expect(try contents(of: folder) == before)
      #expect(try read(folder + "/store.db").conversations.map(\.id) == [conversation.id])
    }
  }

  @Test func `A database of a program that nobody knows is told`() async throws {
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = folder + "/other.db"
      for tables in ["a(b)", "chat(id); CREATE TABLE message(id)"] {
        try? FileManager.default.removeItem(atPath: path)
        let database = try DatabaseQueue(path: path)
        try await database.write { try $0.execute(sql: "CREATE TABLE \(tables)") }
        try database.close()
        #expect(throws: StoreError.foreign(path: path)) { _ = try read(path) }
      }
    }
  }

  // MARK: - Our own

  private func withStore(_ body: (String, Conversation) async throws -> Void) async throws {
    try await withStoreFolder { folder in
      var conversation = Conversation(
        id: ConversationID(rawValue: 1 << 60), created: Timestamp(milliseconds: 1_700_000_000_000))
      conversation.name = "talk"
      conversation.messages.append(
        Message(
          id: MessageID(rawValue: 1 << 60), parent: nil, role: .user, parts: [.text("桥?")],
          created: conversation.created))
      let store = try ConversationStore(folder: folder, now: Timestamp(milliseconds: 1))
      try await store.insert([conversation])
      try await body(folder, conversation)
      try await store.close()
    }
  }

  @Test func `A copy of a store is read, with its log and as it is while it is in use`()
    async throws
  {
    try await withStore { folder, conversation in
      let before = try contents(of: folder)
      let (conversations, loss) = try read(folder + "/iris.sqlite")
      #expect(conversations == [conversation])
      #expect(loss.total == 0)
      #expect(try contents(of: folder) == before)
    }
  }

  @Test func `A damaged copy of a store is told as damaged, and stays as it is`() async throws {
    try await withStore { folder, _ in
      let copy = folder + "/copy.sqlite"
      var bytes = try Data(contentsOf: URL(filePath: folder + "/iris.sqlite"))
      bytes.replaceSubrange(100..<400, with: Data(count: 300))
      try bytes.write(to: URL(filePath: copy))
      let error = #expect(throws: StoreError.self) { _ = try read(copy) }
      guard case .damaged? = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(try Data(contentsOf: URL(filePath: copy)) == bytes)
    }
  }

  // MARK: - Once and twice

  @Test func `What has no times is the same conversation, grown or as it was`() async throws {
    try await withStoreFolder { folder in
      let store = try ConversationStore(folder: folder, now: Timestamp(milliseconds: 1))
      func session(_ texts: [String], at milliseconds: Int64) -> Conversation {
        var ids = ForeignIdentifiers(source: "test")
        let now = Timestamp(milliseconds: milliseconds)
        var session = Conversation(id: ids.timelessConversation("name"), created: now)
        for (index, text) in texts.enumerated() {
          let parent = session.messages.leaf
          session.messages.append(
            Message(
              id: ids.message("\(index)", at: now, after: parent), parent: parent, role: .user,
              parts: [.text(text)], created: now))
        }
        return session
      }
      let ids = IdentifierSource(entropy: 3)
      for (texts, time, outcome) in [
        (["a"], 5_000, ImportResult.Outcome.new), (["a"], 6_000, .known),
        (["a", "b"], 7_000, .grown), (["other"], 8_000, .new),
      ] {
        let conversation = session(texts, at: Int64(time))
        #expect(try await store.outcome(ofImporting: conversation) == outcome)
        let result = try await store.importConversations([conversation], ids: ids)
        #expect(result.newCount == (outcome == .new ? 1 : 0))
        #expect(result.grownCount == (outcome == .grown ? 1 : 0))
      }
      #expect(try await store.summaries().map(\.messageCount).sorted() == [1, 2])
      try await store.close()
    }
  }
}
