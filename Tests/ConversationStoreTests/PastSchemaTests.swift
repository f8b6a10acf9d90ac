import Conversation
import ConversationStore
import Foundation
import GRDB
import SampleValues
import Testing

/// Stores as each version of Iris wrote them, which every later one must read.
///
/// A fixture is never changed: it is what people have on their disks.
@Suite struct PastSchemaTests {
  @Test func `A store of schema 1 is read whole`() async throws {
    try await withStoreFolder { folder in
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let old = try DatabaseQueue(path: databasePath(folder))
      try await old.write { try $0.execute(sql: PastSchema.one) }
      try old.close()

      let store = try openStore(folder)
      #expect(store.opening == .sound)
      var expected = Conversation(
        id: ConversationID(rawValue: 10), created: Timestamp(milliseconds: 10))
      expected.name = "trip"
      expected.instructions = "Be brief."
      expected.model = "gpt-4o"
      expected.provider = "openai"
      expected.parameters.temperature = 0.5
      expected.parameters.stop = ["END"]
      expected.draft.text = "half"
      var question = Message.new(11, .user, "What?")
      question.parts.append(
        .picture(
          PictureReference(
            source: .stored(
              StoredPicture(
                digest: Digest.sample("ab12"), format: .jpeg,
                size: PixelSize(width: 3, height: 2), byteCount: 9, hasLocation: true)),
            name: "a.jpg", detail: .high)))
      question.parts.append(
        .picture(PictureReference(source: .remote("https://e.org/b"), name: "b", detail: .auto)))
      question.omission = .pictures
      expected.messages.append(question)
      var reply = Message.new(12, after: 11, .assistant, "A bridge.", status: .stopped)
      reply.reply = ReplyDetails(model: "gpt-4o", provider: "openai")
      reply.reply?.finishReason = .stop
      reply.reply?.usage = TokenUsage(prompt: 5, completion: 4, cached: 3, reasoning: 2)
      reply.reply?.milliseconds = 77
      reply.reply?.systemFingerprint = "fp"
      reply.parts.insert(.reasoning("hm"), at: 0)
      expected.messages.append(reply)
      #expect(try await store.load(.new(10)) == expected)
      #expect(try await store.search("bridge").map(\.message.rawValue) == [12])
      #expect(try await store.usage().map(\.usage.total) == [9])
    }
  }
}

/// The SQL that makes each past schema, with rows in it.
enum PastSchema {
  /// The tables of schema 1, without rows.
  static var tables: String { one.components(separatedBy: "INSERT INTO conversation ")[0] }

  static let one = #"""
    CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
    INSERT INTO grdb_migrations VALUES ('1 conversations');
    CREATE TABLE conversation (
      id INTEGER PRIMARY KEY, name TEXT, title TEXT NOT NULL DEFAULT '',
      created INTEGER NOT NULL, updated INTEGER NOT NULL,
      message_count INTEGER NOT NULL DEFAULT 0, picture_count INTEGER NOT NULL DEFAULT 0,
      is_deleted INTEGER NOT NULL DEFAULT 0, leaf INTEGER, model TEXT, provider TEXT,
      instructions TEXT, parameters TEXT NOT NULL, draft TEXT
    ) STRICT;
    CREATE UNIQUE INDEX conversation_name ON conversation(name) WHERE is_deleted = 0;
    CREATE TABLE message (
      id INTEGER PRIMARY KEY,
      conversation INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
      parent INTEGER, role TEXT NOT NULL, status TEXT NOT NULL, omission TEXT NOT NULL,
      created INTEGER NOT NULL, model TEXT, provider TEXT, finish_reason TEXT,
      is_refusal INTEGER NOT NULL DEFAULT 0, prompt_tokens INTEGER, completion_tokens INTEGER,
      cached_tokens INTEGER, reasoning_tokens INTEGER, milliseconds INTEGER,
      system_fingerprint TEXT, reasoning TEXT NOT NULL DEFAULT '', parts TEXT, text TEXT NOT NULL
    ) STRICT;
    CREATE INDEX message_conversation ON message(conversation, parent);
    CREATE INDEX message_streaming ON message(id) WHERE status = 'streaming';
    CREATE TABLE reply_fragment (
      id INTEGER PRIMARY KEY,
      message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
      text TEXT NOT NULL, reasoning TEXT NOT NULL
    ) STRICT;
    CREATE INDEX reply_fragment_message ON reply_fragment(message);
    CREATE TABLE picture_use (
      message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
      digest TEXT NOT NULL, PRIMARY KEY (message, digest)
    ) STRICT, WITHOUT ROWID;
    CREATE VIRTUAL TABLE message_text USING fts5(
      text, content='message', content_rowid='id', tokenize='trigram');
    CREATE TRIGGER message_text_insert AFTER INSERT ON message BEGIN
      INSERT INTO message_text(rowid, text) VALUES (new.id, new.text);
    END;
    CREATE TRIGGER message_text_delete AFTER DELETE ON message BEGIN
      INSERT INTO message_text(message_text, rowid, text) VALUES ('delete', old.id, old.text);
    END;
    CREATE TRIGGER message_text_update AFTER UPDATE OF text ON message
    WHEN old.text IS NOT new.text BEGIN
      INSERT INTO message_text(message_text, rowid, text) VALUES ('delete', old.id, old.text);
      INSERT INTO message_text(rowid, text) VALUES (new.id, new.text);
    END;
    INSERT INTO conversation VALUES (10, 'trip', 'What?', 10, 12, 2, 2, 0, 12, 'gpt-4o', 'openai',
      'Be brief.', '{"stop":["END"],"temperature":0.5}', '{"pictures":[],"text":"half"}');
    INSERT INTO message VALUES (11, 10, NULL, 'user', 'complete', 'pictures', 11, NULL, NULL, NULL,
      0, NULL, NULL, NULL, NULL, NULL, NULL, '',
      '[{"text":{"_0":"What?"}},{"picture":{"_0":{"detail":"high","name":"a.jpg","source":{"stored":{"_0":{"byteCount":9,"digest":"ab12000000000000000000000000000000000000000000000000000000000004","format":"jpeg","hasLocation":true,"size":{"height":2,"width":3}}}}}}},{"picture":{"_0":{"detail":"auto","name":"b","source":{"remote":{"_0":"https://e.org/b"}}}}}]',
      'What?');
    INSERT INTO picture_use VALUES (11, 'ab12000000000000000000000000000000000000000000000000000000000004');
    INSERT INTO message VALUES (12, 10, 11, 'assistant', 'stopped', 'none', 12, 'gpt-4o', 'openai',
      'stop', 0, 5, 4, 3, 2, 77, 'fp', 'hm', NULL, 'A bridge.');
    """#
}
