import Conversation
import GRDB

/// What a list shows of a conversation, as columns of the table `conversation` named `c`.
enum SummaryRow {
  /// The columns that ``summary(from:at:)`` reads, in its order.
  ///
  /// Where nothing was said yet, what is being written stands for the first words.
  static let columns = """
    c.id, c.name, iif(c.title = '' AND json_valid(c.draft),
      coalesce(nullif(substr(json_extract(c.draft, '$.text'), 1, 80), ''),
        json_extract(c.draft, '$.attachments[0].name'),
        json_extract(c.draft, '$.pictures[0].name'), ''), c.title),
    c.updated, c.message_count, c.picture_count, c.model
    """

  /// The summary in the seven columns from `start` on.
  static func summary(from row: Row, at start: Int = 0) -> ConversationSummary {
    let name = row.text(start + 1).map { Label($0).text }
    return ConversationSummary(
      id: ConversationID(rawValue: row.integer(start) ?? 0), name: name,
      // A draft has its marks, and so has what earlier versions wrote.
      title: name ?? (row.text(start + 2) ?? "").replacing("\n", with: " ").firstWords,
      updated: Timestamp(milliseconds: row.integer(start + 3) ?? 0),
      messageCount: Int(row.integer(start + 4) ?? 0),
      pictureCount: Int(row.integer(start + 5) ?? 0), model: row.text(start + 6))
  }
}
