package import Conversation
import GRDB

/// What the replies of one model cost in one month, as far as its servers told.
package struct UsageSum: Hashable, Sendable {
  /// Year and month in the user's time zone: `2026-11`.
  package var month: String
  package var provider: String
  package var model: String
  package var replies: Int
  /// How many of the replies came without figures.
  package var uncounted: Int
  package var usage: TokenUsage

  package init(
    month: String, provider: String, model: String, replies: Int, uncounted: Int, usage: TokenUsage
  ) {
    self.month = month
    self.provider = provider
    self.model = model
    self.replies = replies
    self.uncounted = uncounted
    self.usage = usage
  }
}

extension ConversationStore {
  /// Tokens by month, provider and model, newest month and largest sum first; of one conversation
  /// or of all that are stored.
  package func usage(of conversation: ConversationID? = nil) throws(StoreError) -> [UsageSum] {
    let sql = """
      SELECT strftime('%Y-%m', created / 1000, 'unixepoch', 'localtime') AS month,
        provider, model, count(*), count(*) - count(prompt_tokens),
        coalesce(sum(prompt_tokens), 0), coalesce(sum(completion_tokens), 0),
        coalesce(sum(cached_tokens), 0), coalesce(sum(reasoning_tokens), 0)
      FROM message
      WHERE model IS NOT NULL \(conversation == nil ? "" : "AND conversation = ?")
      GROUP BY month, provider, model ORDER BY month DESC, sum(prompt_tokens) DESC, model
      """
    let arguments = StatementArguments([conversation?.rawValue].compactMap(\.self))
    return try reading { database in
      try Row.fetchAll(database, sql: sql, arguments: arguments).map(Self.sum)
    }
  }

  private static func sum(from row: Row) -> UsageSum {
    func number(_ index: Int) -> Int { Int(row.integer(index) ?? 0) }
    return UsageSum(
      month: row.text(0) ?? "", provider: row.text(1) ?? "", model: row.text(2) ?? "",
      replies: number(3), uncounted: number(4),
      usage: TokenUsage(
        prompt: number(5), completion: number(6), cached: number(7), reasoning: number(8)))
  }
}
