import GRDB

/// The store's tables, as steps that each database takes once, in this order.
///
/// A step that was released is never changed: another is appended. All identifiers are those of
/// room Conversation, all times milliseconds since 1970.
enum Schema {
  private struct Step: Sendable {
    let name: String
    let change: @Sendable (Database) throws -> Void
  }

  private static let steps = [
    Step(name: "1 conversations") { database in
      for statement in conversations + messages + fullText {
        try database.execute(sql: statement)
      }
    }
  ]

  /// The steps' names, in order.
  static var names: [String] { steps.map(\.name) }

  /// The statements whose texts a database holds that has taken every step.
  static var statements: [String] { conversations + messages + fullText }

  /// Takes the first `count` steps in an empty database.
  static func take(_ count: Int, _ database: Database) throws {
    for step in steps.prefix(count) { try step.change(database) }
  }

  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    for step in steps {
      migrator.registerMigration(step.name, foreignKeyChecks: .immediate, migrate: step.change)
    }
    return migrator
  }()

  /// Conversations without their messages.
  ///
  /// `title` holds the first words; the counts and `updated` are kept with every message, so that
  /// a list reads no messages. Settings that were never set are null.
  private static let conversations = [
    """
    CREATE TABLE conversation (
      id INTEGER PRIMARY KEY,
      name TEXT,
      title TEXT NOT NULL DEFAULT '',
      created INTEGER NOT NULL,
      updated INTEGER NOT NULL,
      message_count INTEGER NOT NULL DEFAULT 0,
      picture_count INTEGER NOT NULL DEFAULT 0,
      is_deleted INTEGER NOT NULL DEFAULT 0,
      leaf INTEGER,
      model TEXT,
      provider TEXT,
      instructions TEXT,
      parameters TEXT NOT NULL,
      draft TEXT
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX conversation_name ON conversation(name) WHERE is_deleted = 0
    """,
  ]

  /// Messages, replies in flight, and which message uses which picture.
  ///
  /// `text` comes last and the figures first, because a row's tail is on pages of its own when the
  /// text is long. `parts` is null where the text is the only part. A reply in flight grows by
  /// rows of `reply_fragment`, so that a long one is not written again and again.
  private static let messages = [
    """
    CREATE TABLE message (
      id INTEGER PRIMARY KEY,
      conversation INTEGER NOT NULL REFERENCES conversation(id) ON DELETE CASCADE,
      parent INTEGER,
      role TEXT NOT NULL,
      status TEXT NOT NULL,
      omission TEXT NOT NULL,
      created INTEGER NOT NULL,
      model TEXT,
      provider TEXT,
      finish_reason TEXT,
      is_refusal INTEGER NOT NULL DEFAULT 0,
      prompt_tokens INTEGER,
      completion_tokens INTEGER,
      cached_tokens INTEGER,
      reasoning_tokens INTEGER,
      milliseconds INTEGER,
      system_fingerprint TEXT,
      reasoning TEXT NOT NULL DEFAULT '',
      parts TEXT,
      text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE INDEX message_conversation ON message(conversation, parent)
    """,
    """
    CREATE INDEX message_streaming ON message(id) WHERE status = 'streaming'
    """,
    """
    CREATE TABLE reply_fragment (
      id INTEGER PRIMARY KEY,
      message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
      text TEXT NOT NULL,
      reasoning TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE INDEX reply_fragment_message ON reply_fragment(message)
    """,
    """
    CREATE TABLE picture_use (
      message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
      digest TEXT NOT NULL,
      PRIMARY KEY (message, digest)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  /// Trigrams find any text of three characters up, in every script (SQLite FTS5 §4.3.4).
  private static let fullText = [
    """
    CREATE VIRTUAL TABLE message_text USING fts5(
      text, content='message', content_rowid='id', tokenize='trigram')
    """,
    """
    CREATE TRIGGER message_text_insert AFTER INSERT ON message BEGIN
      INSERT INTO message_text(rowid, text) VALUES (new.id, new.text);
    END
    """,
    """
    CREATE TRIGGER message_text_delete AFTER DELETE ON message BEGIN
      INSERT INTO message_text(message_text, rowid, text) VALUES ('delete', old.id, old.text);
    END
    """,
    """
    CREATE TRIGGER message_text_update AFTER UPDATE OF text ON message
    WHEN old.text IS NOT new.text BEGIN
      INSERT INTO message_text(message_text, rowid, text) VALUES ('delete', old.id, old.text);
      INSERT INTO message_text(rowid, text) VALUES (new.id, new.text);
    END
    """,
  ]
}
