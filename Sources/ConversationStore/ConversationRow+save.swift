import Conversation
import GRDB

extension ConversationRow {
  /// What of a row, beside its name, a program has last read or written.
  struct Held: Hashable, Sendable {
    var leaf: MessageID?
    fileprivate let model: String?
    fileprivate let provider: String?
    fileprivate let instructions: String?
    fileprivate let parameters: Parameters
    fileprivate let draft: Draft
    /// The draft of another program that this one's took the place of.
    fileprivate var displacedDraft = Draft()

    init(_ conversation: Conversation) {
      leaf = conversation.messages.leaf
      model = conversation.model
      provider = conversation.provider
      instructions = conversation.instructions
      parameters = conversation.parameters
      draft = conversation.draft
    }

    /// What is held after the row was read once more: a draft still waits that this program's own,
    /// which is still there, took the place of.
    init(_ conversation: Conversation, readAfter before: Held?) {
      self.init(conversation)
      if let before, before.draft == draft { displacedDraft = before.displacedDraft }
    }
  }

  /// Writes the conversation's own row, and makes it where there is none; answers what is held now.
  ///
  /// The name of a row that is there stays: another program may have given it since. So does all
  /// that is as this program last held it: who only looks on takes nothing back.
  static func save(
    _ conversation: Conversation, over before: Held?, _ database: Database
  ) throws -> Held {
    var held = Held(conversation)
    let draft = try draft(&held, over: before, of: conversation.id, database)
    let columns = try columns(of: held, over: before, in: conversation.id, database)
    let changes = columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", ")
    let sql = """
      INSERT INTO conversation
        (id, name, created, updated, leaf, model, provider, instructions, parameters, draft)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO \(changes.isEmpty ? "NOTHING" : "UPDATE SET " + changes)
      """
    let created = conversation.created.milliseconds
    try naming(conversation.name?.text) {
      try database.execute(
        sql: sql,
        arguments: [
          conversation.id.rawValue, conversation.name?.text, created, created, held.leaf?.rawValue,
          held.model, held.provider, held.instructions?.storable,
          try JSONColumn.encode(held.parameters),
          draft == Draft() ? nil : try JSONColumn.encode(draft),
        ])
    }
    return held
  }

  /// The draft that is to be written.
  ///
  /// There is one for all programs. That of another gives way to what is typed here, and comes back
  /// once nothing is: else it would be lost to the few letters of a command.
  private static func draft(
    _ held: inout Held, over before: Held?, of conversation: ConversationID, _ database: Database
  ) throws -> Draft {
    guard let before else { return held.draft }
    held.displacedDraft = before.displacedDraft
    guard held.draft != before.draft else { return held.draft }
    let stored = try settings(of: conversation, database)?.0.draft ?? Draft()
    if stored != before.draft { held.displacedDraft = stored }
    guard held.draft == Draft() else { return held.draft }
    defer { held.displacedDraft = Draft() }
    return held.displacedDraft
  }

  /// The columns that are to be written where there is a row: those that were changed here.
  ///
  /// The leaf is one, too, where another program has gone to a branch beside it, so that the one
  /// that writes last is found again; what another wrote below the leaf is kept in sight.
  private static func columns(
    of held: Held, over before: Held?, in conversation: ConversationID, _ database: Database
  ) throws -> [String] {
    let isChanged = [
      ("model", held.model != before?.model), ("provider", held.provider != before?.provider),
      ("instructions", held.instructions != before?.instructions),
      ("parameters", held.parameters != before?.parameters),
      ("draft", held.draft != before?.draft),
    ]
    guard let before else { return isChanged.map(\.0) + ["leaf"] }
    let keepsLeaf =
      try before.leaf == held.leaf && isLeaf(of: conversation, below: held.leaf, database)
    return isChanged.filter(\.1).map(\.0) + (keepsLeaf ? [] : ["leaf"])
  }

  /// Whether the stored leaf is a message, or follows it; every leaf follows the beginning.
  private static func isLeaf(
    of conversation: ConversationID, below message: MessageID?, _ database: Database
  ) throws -> Bool {
    guard let message else { return true }
    let sql = """
      WITH RECURSIVE path(id, parent) AS (
        SELECT m.id, m.parent FROM message m JOIN conversation c ON m.id = c.leaf WHERE c.id = ?
        UNION SELECT m.id, m.parent FROM message m JOIN path ON m.id = path.parent)
      SELECT EXISTS (SELECT 1 FROM path WHERE id = ?)
      """
    return try Bool.fetchOne(
      database, sql: sql, arguments: [conversation.rawValue, message.rawValue]) ?? false
  }
}
