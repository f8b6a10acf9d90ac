import Conversation
import GRDB
import JSON

/// The tables of the first version, and what their rows say.
///
/// Never changed: it is what people have on their disks, in copies and in databases that were set
/// aside.
enum FirstSchema {
  static var statements: [String] { conversations + messages + fullText }

  /// Conversations without their messages.
  ///
  /// `title` holds the first words; the counts and `updated` are kept with every message, so that
  /// a list reads no messages. Settings that were never set are null.
  static let conversations = [
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

  /// The parts of a message, from its columns `reasoning`, `parts` and `text`.
  ///
  /// `parts` is null where the text is the only part; where it holds none the text is left.
  static func parts(reasoning: String, parts: String?, text: String) -> [ContentPart] {
    let known = parts.flatMap(PartsColumn.decode)
    let said: [ContentPart] = known ?? (text.isEmpty ? [] : [.text(text)])
    return (reasoning.isEmpty ? [] : [.reasoning(reasoning)]) + said
  }
}

/// The parts of a message as one JSON array.
private enum PartsColumn {
  /// Nil where `text` is no array; an element that this version cannot read keeps its text.
  static func decode(_ text: String) -> [ContentPart]? {
    // Nearly every row is known throughout.
    if let parts: [ContentPart] = JSONColumn.decode(text) { return parts }
    return JSONNesting.elements(of: text)?.map { json in
      JSONColumn.decode(json) ?? .unknown(json: json)
    }
  }
}
