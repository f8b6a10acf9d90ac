import GRDB

/// The store's tables, as steps that each database takes once, in this order.
///
/// A step that was released is never changed: another is appended. All identifiers are those of
/// module Conversation, all times milliseconds since 1970.
enum Schema {
  private struct Step: Sendable {
    let name: String
    let change: @Sendable (Database) throws -> Void
  }

  private static let steps = [
    Step(name: "1 conversations") { database in
      for statement in FirstSchema.statements { try database.execute(sql: statement) }
    },
    Step(name: "2 parts") { database in try PartsMigration(database).run() },
  ]

  /// The steps' names, in order.
  static var names: [String] { steps.map(\.name) }

  /// The statements whose texts a database holds that has taken every step.
  static var statements: [String] { conversations + messages + parts + fullText }

  /// Takes the first `count` steps in an empty database.
  static func runSteps(_ count: Int, _ database: Database) throws {
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

  /// Messages without what they say.
  ///
  /// Figures whose `cached_tokens` are null, while others are there, are estimates of Iris: a server that
  /// counts says 0 (docs/decisions/0119).
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
      system_fingerprint TEXT
    ) STRICT
    """,
    """
    CREATE INDEX message_conversation ON message(conversation, parent)
    """,
    """
    CREATE INDEX message_streaming ON message(id) WHERE status = 'streaming'
    """,
  ]

  /// What messages say, a row a part; replies in flight; and which message uses which blob.
  ///
  /// `type` is the tag of the part's JSON. `text` holds the words of a text or of reasoning, and
  /// those of a call or a result by which they are found; `json` the tagged object, null where the
  /// words are all there is. The first part of a message
  /// that is searched has the message's own identifier: it is found by one seek, and a scan of the
  /// texts goes in the order of time. Every other part has a negative one.
  ///
  /// A reply in flight grows by rows of `reply_fragment`, so that a long one is not written again and
  /// again; each says which part it belongs to.
  static let parts = [
    """
    CREATE TABLE part (
      id INTEGER PRIMARY KEY,
      message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      type TEXT NOT NULL,
      text TEXT,
      json TEXT
    ) STRICT
    """,
    """
    CREATE UNIQUE INDEX part_message ON part(message, ordinal)
    """,
    """
    CREATE INDEX part_further ON part(message, ordinal, type) WHERE id <> message
    """,
    """
    CREATE TABLE reply_fragment (
      id INTEGER PRIMARY KEY,
      message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
      ordinal INTEGER NOT NULL,
      type TEXT NOT NULL,
      text TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE INDEX reply_fragment_message ON reply_fragment(message)
    """,
    """
    CREATE TABLE blob_use (
      message INTEGER NOT NULL REFERENCES message(id) ON DELETE CASCADE,
      digest TEXT NOT NULL,
      PRIMARY KEY (message, digest)
    ) STRICT, WITHOUT ROWID
    """,
  ]

  /// The types of part that are searched, as SQL has them in a list.
  static let searchedTypes = "'text', 'tool_call', 'tool_result'"

  /// The words of each message that has any, and their index.
  ///
  /// Trigrams find any text of three characters up, in every script (SQLite FTS5 §4.3.4). The index
  /// holds no copy of the words; whatever changes a part takes the words of its message out before,
  /// and puts them in after.
  private static let fullText =
    [
      wordsView, textIndex,
    ] + triggers

  /// The texts of one message's parts as one, joined by line breaks.
  static let wordsView = """
    CREATE VIEW message_words AS
    SELECT id, iif(
      EXISTS (
        SELECT 1 FROM part f
        WHERE f.message = part.id AND f.id <> f.message AND f.type IN (\(searchedTypes))),
      (SELECT group_concat(text, char(10)) FROM (
        SELECT text FROM part w
        WHERE w.message = part.id AND w.type IN (\(searchedTypes)) ORDER BY w.ordinal)),
      text) AS text
    FROM part WHERE id = message AND type IN (\(searchedTypes))
    """

  static let textIndex = """
    CREATE VIRTUAL TABLE message_text USING fts5(
      text, content='message_words', content_rowid='id', tokenize='trigram')
    """

  static let triggers = [("INSERT", "new"), ("DELETE", "old"), ("UPDATE OF type, text", "new")]
    .flatMap { event, row in
      let name = event.prefix { $0 != " " }.lowercased()
      return [
        """
        CREATE TRIGGER part_\(name)_before BEFORE \(event) ON part BEGIN
          INSERT INTO message_text(message_text, rowid, text)
          SELECT 'delete', id, text FROM message_words WHERE id = \(row).message;
        END
        """,
        """
        CREATE TRIGGER part_\(name)_after AFTER \(event) ON part BEGIN
          INSERT INTO message_text(rowid, text)
          SELECT id, text FROM message_words WHERE id = \(row).message;
        END
        """,
      ]
    }
}
