import Conversation
import ConversationStore
import Files
import Foundation
import GRDB
import SampleValues
import Testing

@Suite struct LLMLogTests {
  /// Reads a log that `sql` makes; bytes that begin with `P` are pictures.
  private func read(
    _ sql: String, allowing paths: [String] = []
  ) async throws -> (conversations: [Conversation], loss: ImportLoss) {
    var result: (conversations: [Conversation], loss: ImportLoss) = ([], ImportLoss())
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      try Data("Pfile".utf8).write(to: URL(filePath: folder + "/bridge.png"))
      let database = try DatabaseQueue(path: folder + "/logs.db")
      let filled = sql.replacing("FOLDER", with: folder)
      try await database.write { try $0.execute(sql: filled) }
      try database.close()
      result = try LLMLog.read(
        folder + "/logs.db", now: Timestamp(milliseconds: 1),
        files: ReadableFiles(besides: folder + "/logs.db", allowing: paths)
      ) { bytes, _ in
        bytes.first == UInt8(ascii: "P")
          ? .new(String(decoding: bytes, as: UTF8.self), byteCount: ByteCount(bytes.count)) : nil
      }
    }
    return result
  }

  @Test func `Prompts and replies of the older log become conversations`() async throws {
    let (conversations, loss) = try await read(LLMLogs.responses)
    #expect(loss.total == 1)
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
    #expect(
      path.first?.pictures.compactMap(\.stored?.digest) == [.sample("Pfile"), .sample("Pblob")])
    #expect(path[1].reply?.usage == TokenUsage(prompt: 11, completion: 7))
    #expect(path[1].reply?.milliseconds == 250)
    #expect(conversations.last?.messages.path.map(\.text) == ["Alone", "Here."])
  }

  @Test func `A log of 2023, without attachments and figures, is read`() async throws {
    let (conversations, loss) = try await read(
      """
      CREATE TABLE conversations (id TEXT PRIMARY KEY, name TEXT, model TEXT);
      CREATE TABLE responses (id TEXT PRIMARY KEY, model TEXT, prompt TEXT, system TEXT,
        prompt_json TEXT, options_json TEXT, response TEXT, response_json TEXT,
        conversation_id TEXT, duration_ms INTEGER, datetime_utc TEXT);
      INSERT INTO responses VALUES
        ('a', 'm', 'One', NULL, NULL, '{}', 'Two', NULL, 'c', 5, '2023-11-14T22:13:20');
      """)
    #expect(loss.total == 0)
    #expect(conversations.map { $0.messages.path.map(\.text) } == [["One", "Two"]])
    #expect(conversations.first?.messages.path.last?.reply?.usage == nil)
  }

  @Test func `The newer log's threads are read from their last message up`() async throws {
    let (conversations, loss) = try await read(LLMLogs.threads)
    #expect(loss.total == 0)
    #expect(conversations.count == 1)
    let thread = try #require(conversations.first)
    #expect(thread.instructions == "Be brief.")
    #expect(thread.model == "mock-1")
    let path = thread.messages.path
    #expect(path.map(\.role) == [.user, .assistant, .tool, .assistant])
    #expect(path.map(\.text) == ["Frag\nWhat?", "", "", "A bridge."])
    let call = ToolCall(id: "c1", name: "look", arguments: #"{"q":1.50}"#, state: .finished)
    #expect(path[1].parts == [.toolCall(call)])
    #expect(path[2].parts == [.toolResult(ToolResult(callID: "c1", parts: [.text("42")]))])
    #expect(path.first?.pictures.compactMap(\.stored?.digest) == [.sample("Pblob")])
    #expect(path.last?.reasoning == "hm")
    #expect(path.last?.reply?.usage == TokenUsage(prompt: 11, completion: 7))
    #expect(path.last?.created == Timestamp(milliseconds: 1_700_000_001_000))
  }

  @Test func `Calls of tools stand with their replies in the older log`() async throws {
    let (conversations, loss) = try await read(
      LLMLogs.responses + """
        ; CREATE TABLE tool_calls (id INTEGER PRIMARY KEY, response_id TEXT, tool_id INTEGER,
          name TEXT, arguments TEXT, tool_call_id TEXT);
        CREATE TABLE tool_results (id INTEGER PRIMARY KEY, response_id TEXT, tool_id INTEGER,
          name TEXT, output TEXT, tool_call_id TEXT, exception TEXT);
        INSERT INTO tool_calls VALUES (1, '01', 1, 'look', '{"q": 1}', 'c1');
        INSERT INTO tool_results VALUES (1, '03', 1, 'look', 'Error: no', 'c1', 'KeyError');
        """)
    #expect(loss.total == 1)
    let path = try #require(conversations.first).messages.path
    #expect(path.map(\.role) == [.user, .assistant, .tool, .user, .assistant])
    let call = ToolCall(id: "c1", name: "look", arguments: #"{"q": 1}"#, state: .finished)
    #expect(path[1].parts == [.text("A bridge."), .toolCall(call)])
    #expect(
      path[2].parts == [
        .toolResult(
          ToolResult(callID: "c1", parts: [.text("Error: no"), .text("KeyError")], isError: true))
      ])
  }

  @Test func `A file outside the log's folder is named, and read only where it is allowed`()
    async throws
  {
    let sql = LLMLogs.responses.replacing("FOLDER/bridge.png", with: "/etc/hostname")
    let (conversations, loss) = try await read(sql)
    #expect(loss[.outsidePicture] == 1)
    #expect(loss.outsidePaths == ["/etc/hostname"])
    #expect(conversations.first?.messages.path.first?.pictures.map(\.name).first != "hostname")
    // Allowed, it is read, and found to be no picture.
    let allowed = try await read(sql, allowing: ["/etc/hostname"]).loss
    #expect(allowed[.outsidePicture] == 0)
    #expect(allowed[.brokenPicture] == 1)
    #expect(allowed[.sound] == 1)
  }

  @Test(arguments: ["file:///etc/passwd", "ftp://e.org/a.png", "/etc/passwd", ""])
  func `An attachment at another address is left out`(url: String) async throws {
    let sql = LLMLogs.responses.replacing("https://e.org/a.png", with: url)
    let (conversations, loss) = try await read(sql)
    #expect(
      conversations.flatMap(\.messages.all).flatMap(\.pictures).allSatisfy { $0.stored != nil })
    #expect(loss.total == 2)
  }

  @Test func `A circle of messages costs each of them once`() async throws {
    let (conversations, loss) = try await read(
      LLMLogs.threads + "; UPDATE messages SET parent_hash = (SELECT max(hash) FROM messages)")
    #expect(loss[.circle] == 1)
    #expect(conversations.count <= 1)
  }

  @Test func `A log with a view, which may compute without end, is refused`() async throws {
    let error = await #expect(throws: StoreError.self) {
      _ = try await read(
        """
        CREATE VIEW responses AS WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c)
          SELECT x AS id, 'm' AS model, 'p' AS prompt, '2023-01-01' AS datetime_utc FROM c;
        CREATE TABLE threads (id TEXT, tip_message_hash TEXT, datetime_utc TEXT);
        """)
    }
    guard case .foreign = error else { throw error ?? .empty }
  }

  @Test func `Fragments of the system prompt are part of it`() async throws {
    let (conversations, _) = try await read(
      LLMLogs.responses + """
        ; CREATE TABLE system_fragments (response_id TEXT, fragment_id INTEGER, "order" INTEGER);
        INSERT INTO system_fragments VALUES ('01', 1, 0);
        """)
    #expect(conversations.first?.instructions == "A fragment\n\nBe brief.")
  }

  /// What version 0.32 and later make of a conversation that an older one began: the whole of it again
  /// as messages, without its pictures, and what came since.
  @Test func `A conversation that went on in a newer version is one, with its pictures`()
    async throws
  {
    let (conversations, _) = try await read(
      LLMLogs.responses + LLMLogs.tables + """
        INSERT INTO threads VALUES ('c', NULL, 'h6', NULL, '2023-11-14T22:13:20.5');
        INSERT INTO messages VALUES ('h1', NULL, 'user', NULL), ('h2', 'h1', 'assistant', NULL),
          ('h3', 'h2', 'user', NULL), ('h4', 'h3', 'assistant', NULL), ('h5', 'h4', 'user', NULL),
          ('h6', 'h5', 'assistant', NULL);
        INSERT INTO parts (message_hash, position, type, text) VALUES
          ('h1', 0, 'text', 'A fragment' || char(10) || 'What is this 桥?'),
          ('h2', 0, 'text', 'A bridge.'), ('h3', 0, 'text', 'Sure?'), ('h4', 0, 'text', 'Yes.'),
          ('h5', 0, 'text', 'Why?'), ('h6', 0, 'text', 'It spans.');
        """)
    #expect(conversations.count == 2)
    let path = try #require(conversations.first).messages.path
    #expect(path.map(\.text).suffix(4) == ["Sure?", "Yes.", "Why?", "It spans."])
    #expect(path.count == 6)
    #expect(path.first?.pictures.count == 3)
    #expect(path.map(\.id) == path.map(\.id).sorted())
  }

  @Test func `A log in use is read with its newest rows, and nothing is made beside it`()
    async throws
  {
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let path = folder + "/logs.db"
      var configuration = Configuration()
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA wal_autocheckpoint = 0") }
      let writer = try DatabasePool(path: path, configuration: configuration)
      try await writer.write { try $0.execute(sql: LLMLogs.responses) }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      let before = try Data(contentsOf: URL(filePath: path))
      let read = {
        try LLMLog.read(
          path, now: Timestamp(milliseconds: 1), files: ReadableFiles(besides: path)
        ) { _, _ in nil }.conversations.count
      }
      #expect(try read() == 2)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == names)
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
      try writer.close()
      for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
      #expect(try read() == 2)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["logs.db"])
    }
  }

  @Test func `A second reading has the same identifiers`() async throws {
    let first = try await read(LLMLogs.responses).conversations
    #expect(try await read(LLMLogs.responses).conversations == first)
    let thread = try await read(LLMLogs.threads).conversations
    #expect(try await read(LLMLogs.threads).conversations == thread)
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

  /// What version 0.32 added.
  static let tables = """
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

    """

  /// Version 0.36, which kept the tables of old empty.
  static let threads =
    attachments + """
      CREATE TABLE responses (id TEXT PRIMARY KEY, datetime_utc TEXT);

      """ + tables + """
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
        (4, 'b2:3', 0, 'tool_call', 'look', NULL,
          '{"name": "look", "arguments": {"q": 1.50}, "tool_call_id": "c1"}'),
        (5, 'b2:4', 0, 'tool_result', 'look', NULL,
          '{"name": "look", "output": "42", "tool_call_id": "c1"}'),
        (6, 'b2:5', 0, 'reasoning', NULL, 'hm', NULL),
        (7, 'b2:5', 1, 'text', NULL, 'A bridge.', NULL);
      INSERT INTO part_attachments VALUES (3, 'blob', 0);
      INSERT INTO turns VALUES ('u', 't', 'b2:2', 'b2:5', 'mock-1', NULL, NULL, NULL, 11, 7, NULL,
        3, '2023-11-14T22:13:21.000000+00:00', NULL);
      """
}
