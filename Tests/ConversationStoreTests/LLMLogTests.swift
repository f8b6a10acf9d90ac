import Conversation
import ConversationStore
import Foundation
import GRDB
import Testing

@Suite struct LLMLogTests {
  /// Reads a log that `sql` makes; bytes that begin with `P` are pictures.
  private func read(
    _ sql: String
  ) async throws -> (conversations: [Conversation], leftOut: Int) {
    var result: (conversations: [Conversation], leftOut: Int) = ([], 0)
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("Pfile".utf8).write(to: URL(filePath: folder + "/bridge.png"))
      let database = try DatabaseQueue(path: folder + "/logs.db")
      let filled = sql.replacing("FOLDER", with: folder)
      try await database.write { try $0.execute(sql: filled) }
      try database.close()
      result = try LLMLog.read(
        folder + "/logs.db", ids: IdentifierSource(entropy: 3), now: Timestamp(milliseconds: 1)
      ) { bytes, _ in
        bytes.first == UInt8(ascii: "P")
          ? .new(String(decoding: bytes, as: UTF8.self), byteCount: bytes.count) : nil
      }
    }
    return result
  }

  @Test func `Prompts and replies of the older log become conversations`() async throws {
    let (conversations, leftOut) = try await read(LLMLogs.responses)
    #expect(leftOut == 1)
    #expect(conversations.count == 2)
    let first = try #require(conversations.first)
    #expect(first.created == Timestamp(milliseconds: 1_700_000_000_500))
    #expect(first.instructions == "Be brief.")
    #expect(first.model == "gpt-4o")
    let path = first.messages.path
    #expect(path.map(\.role) == [.user, .assistant, .user, .assistant])
    #expect(path.map(\.text) == ["A fragment\nWhat is this 桥?", "A bridge.", "Sure?", "Yes."])
    #expect(
      path.first?.pictures.map(\.name) == ["bridge.png", "https://e.org/a.png", "picture"])
    #expect(path.first?.pictures.compactMap(\.stored?.digest.rawValue) == ["Pfile", "Pblob"])
    #expect(path[1].reply?.usage == TokenUsage(prompt: 11, completion: 7))
    #expect(path[1].reply?.milliseconds == 250)
    #expect(conversations.last?.messages.path.map(\.text) == ["Alone", "Here."])
  }

  @Test func `A log of 2023, without attachments and figures, is read`() async throws {
    let (conversations, leftOut) = try await read(
      """
      CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
      CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT,
        prompt_json TEXT, options_json TEXT, response TEXT, response_json TEXT,
        conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT);
      INSERT INTO responses VALUES
        ('a', 'm', 'One', NULL, NULL, '{}', 'Two', NULL, 'c', 5, '2023-11-14T22:13:20');
      """)
    #expect(leftOut == 0)
    #expect(conversations.map { $0.messages.path.map(\.text) } == [["One", "Two"]])
    #expect(conversations.first?.messages.path.last?.reply?.usage == nil)
  }

  @Test func `The newer log's threads are read from their last message up`() async throws {
    let (conversations, leftOut) = try await read(LLMLogs.threads)
    #expect(leftOut == 2)
    #expect(conversations.count == 1)
    let thread = try #require(conversations.first)
    #expect(thread.instructions == "Be brief.")
    #expect(thread.model == "mock-1")
    let path = thread.messages.path
    #expect(path.map(\.text) == ["Frag\nWhat?", "A bridge."])
    #expect(path.first?.pictures.compactMap(\.stored?.digest.rawValue) == ["Pblob"])
    #expect(path.last?.reply?.reasoning == "hm")
    #expect(path.last?.reply?.usage == TokenUsage(prompt: 11, completion: 7))
    #expect(path.last?.created == Timestamp(milliseconds: 1_700_000_001_000))
  }

  @Test func `Another program's database is refused`() async throws {
    let error = await #expect(throws: StoreError.self) {
      _ = try await read("CREATE TABLE shopping (item TEXT)")
    }
    guard case .foreign = error else { throw error ?? .empty }
  }
}

/// Logs as `llm` writes them.
private enum LLMLogs {
  static let attachments = """
    CREATE TABLE attachments (id TEXT PRIMARY KEY, type TEXT, path TEXT, url TEXT, content BLOB);
    CREATE TABLE fragments (id INTEGER PRIMARY KEY, hash TEXT, content TEXT, datetime_utc TEXT,
      source TEXT);
    INSERT INTO attachments VALUES ('file', 'image/png', 'FOLDER/bridge.png', NULL, NULL),
      ('url', 'image/png', NULL, 'https://e.org/a.png', NULL),
      ('blob', 'image/png', NULL, NULL, x'50626C6F62'),
      ('sound', 'audio/wav', NULL, NULL, x'52494646');
    """

  /// Versions 0.26 and before.
  static let responses =
    attachments + """
      CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
      CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT,
        prompt_json TEXT, options_json TEXT, response TEXT, response_json TEXT,
        conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT, input_tokens INTEGER,
        output_tokens INTEGER, token_details TEXT, schema_id TEXT);
      CREATE TABLE prompt_attachments (response_id TEXT, attachment_id TEXT, "order" INTEGER);
      CREATE TABLE prompt_fragments (response_id TEXT, fragment_id INTEGER, "order" INTEGER);
      INSERT INTO fragments VALUES (1, 'h', 'A fragment', NULL, NULL);
      INSERT INTO conversations VALUES ('c', 'What is this 桥?', 'gpt-4o');
      INSERT INTO responses VALUES
        ('01', 'gpt-4o', 'What is this 桥?', 'Be brief.', NULL, '{}', 'A bridge.', NULL, 'c', 250,
          '2023-11-14T22:13:20.500000', 11, 7, NULL, NULL),
        ('02', 'gpt-4o', 'Alone', NULL, NULL, '{}', 'Here.', NULL, NULL, 1,
          '2023-11-14T22:13:21', NULL, NULL, NULL, NULL),
        ('03', 'gpt-4o', 'Sure?', NULL, NULL, '{}', 'Yes.', NULL, 'c', 1,
          '2023-11-14T22:13:22', NULL, NULL, NULL, NULL);
      INSERT INTO prompt_attachments VALUES
        ('01', 'url', 1), ('01', 'file', 0), ('01', 'blob', 2), ('01', 'sound', 3);
      INSERT INTO prompt_fragments VALUES ('01', 1, 0);
      """

  /// Version 0.36, which kept the tables of old empty.
  static let threads =
    attachments + """
      CREATE TABLE responses (id TEXT PRIMARY KEY, datetime_utc TEXT);
      CREATE TABLE threads (id TEXT PRIMARY KEY, name TEXT, tip_message_hash TEXT,
        forked_from TEXT, datetime_utc TEXT);
      CREATE TABLE turns (id TEXT PRIMARY KEY, thread_id TEXT, parent_message_hash TEXT,
        tip_message_hash TEXT, model TEXT, resolved_model TEXT, options_json TEXT, schema_id TEXT,
        input_tokens INTEGER, output_tokens INTEGER, token_details TEXT, duration_ms INTEGER,
        datetime_utc TEXT, response_json TEXT);
      CREATE TABLE messages (hash TEXT PRIMARY KEY, parent_hash TEXT, role TEXT,
        provider_metadata TEXT);
      CREATE TABLE parts (id INTEGER PRIMARY KEY, message_hash TEXT, position INTEGER, type TEXT,
        tool_name TEXT, text TEXT, payload TEXT);
      CREATE TABLE part_attachments (part_id INTEGER, attachment_id TEXT, "order" INTEGER);
      INSERT INTO fragments VALUES (1, 'h', 'Frag', NULL, NULL);
      INSERT INTO threads VALUES
        ('t', 'What?', 'b2:5', NULL, '2023-11-14 22:13:20.000000+00:00'),
        ('empty', NULL, NULL, NULL, NULL);
      INSERT INTO messages VALUES ('b2:1', NULL, 'system', NULL), ('b2:2', 'b2:1', 'user', NULL),
        ('b2:3', 'b2:2', 'assistant', NULL), ('b2:4', 'b2:3', 'tool', NULL),
        ('b2:5', 'b2:4', 'assistant', NULL);
      INSERT INTO parts VALUES (1, 'b2:1', 0, 'text', NULL, 'Be brief.', NULL),
        (2, 'b2:2', 0, 'text', NULL, NULL, '{"text_ref": [{"fragment": 1}, {"literal": "\\nWhat?"}]}'),
        (3, 'b2:2', 1, 'attachment', NULL, NULL, '{"attachment": {"id": "blob"}}'),
        (4, 'b2:3', 0, 'tool_call', 'look', NULL, '{}'),
        (5, 'b2:4', 0, 'tool_result', 'look', NULL, '{}'),
        (6, 'b2:5', 0, 'reasoning', NULL, 'hm', NULL),
        (7, 'b2:5', 1, 'text', NULL, 'A bridge.', NULL);
      INSERT INTO part_attachments VALUES (3, 'blob', 0);
      INSERT INTO turns VALUES ('u', 't', 'b2:2', 'b2:5', 'mock-1', NULL, NULL, NULL, 11, 7, NULL,
        3, '2023-11-14T22:13:21.000000+00:00', NULL);
      """
}
