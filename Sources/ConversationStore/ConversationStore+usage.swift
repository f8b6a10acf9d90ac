package import Conversation
import GRDB

/// What the replies of one model cost in one month, as far as its servers told.
package struct UsageSum: Hashable, Sendable {
  /// Year and month in the user's time zone: `2026-11`.
  package var month: String
  package var provider: String
  package var model: String
  package var replies: Int
  /// How many pictures the replies hold.
  package var pictures: Int
  /// How many of the replies came without figures.
  package var uncounted: Int
  package var usage: TokenUsage
  /// What the counted replies cost in US dollars; nil where a price is unknown.
  package var dollars: Double?
  /// How much was done by a server that made no reply; nil for replies.
  package var amount: ServiceAmount?

  package init(
    month: String, provider: String, model: String, replies: Int = 0, pictures: Int = 0,
    uncounted: Int = 0,
    usage: TokenUsage = TokenUsage(prompt: 0, completion: 0), dollars: Double? = nil,
    amount: ServiceAmount? = nil
  ) {
    self.amount = amount
    self.month = month
    self.provider = provider
    self.model = model
    self.replies = replies
    self.pictures = pictures
    self.uncounted = uncounted
    self.usage = usage
    self.dollars = dollars
  }
}

extension ConversationStore {
  /// Tokens and money by month, provider and model, newest month and largest sum first; of one
  /// conversation or of all that are stored.
  ///
  /// `dollars` tells what one reply of a model cost, nil where nobody knows. It is asked for each
  /// reply, because a long prompt may be dearer by the token than a short one. `toolDollars` tells what the
  /// calls of the server's own tools in a reply cost beside its tokens.
  package func usage(
    of conversation: ConversationID? = nil,
    dollars: @Sendable (_ model: String, TokenUsage) -> Double? = { _, _ in nil },
    toolDollars: @Sendable ([ContentPart]) -> Double = { _ in 0 }
  ) throws(StoreError) -> [UsageSum] {
    let sql = """
      SELECT strftime('%Y-%m', created / 1000, 'unixepoch', 'localtime'), provider, model,
        prompt_tokens, completion_tokens, cached_tokens, reasoning_tokens
      FROM message
      WHERE model IS NOT NULL \(conversation == nil ? "" : "AND conversation = ?")
      """
    let arguments = StatementArguments([conversation?.rawValue].compactMap(\.self))
    var counted = try reading { database -> [[String]: UsageSum] in
      var sums: [[String]: UsageSum] = [:]
      let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
      while let row = try rows.next() { Self.add(row, to: &sums, dollars) }
      try Self.addPictures(of: conversation, to: &sums, database)
      try Self.addTools(of: conversation, to: &sums, database, toolDollars)
      return sums
    }
    if conversation == nil {
      for entry in try ledger.entries() { Self.add(entry, to: &counted, dollars) }
    }
    return counted.values.sorted {
      ($0.month, $0.usage.prompt, $1.model) > ($1.month, $1.usage.prompt, $0.model)
    }
  }

  private static func add(
    _ row: Row, to sums: inout [[String]: UsageSum], _ dollars: (String, TokenUsage) -> Double?
  ) {
    let key = [row.text(0) ?? "", row.text(1) ?? "", row.text(2) ?? ""]
    let none = UsageSum(month: key[0], provider: key[1], model: key[2])
    sums[key, default: none].add(row.usage(3), dollars)
  }

  /// Counts the pictures that replies hold; they are told by the index of parts that are no first text.
  private static func addPictures(
    of conversation: ConversationID?, to sums: inout [[String]: UsageSum], _ database: Database
  ) throws {
    let sql = """
      SELECT strftime('%Y-%m', m.created / 1000, 'unixepoch', 'localtime'), m.provider, m.model,
        count(*)
      FROM part p JOIN message m ON m.id = p.message
      WHERE p.type = 'media' AND p.id <> p.message AND m.model IS NOT NULL
        AND CASE WHEN json_valid(p.json) THEN json_type(p.json, '$.picture') = 'object'
          AND json_type(p.json, '$.picture.unfinished') IS NULL END
        \(conversation == nil ? "" : "AND m.conversation = ?")
      GROUP BY 1, 2, 3
      """
    let arguments = StatementArguments([conversation?.rawValue].compactMap(\.self))
    let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
    while let row = try rows.next() {
      let key = [row.text(0) ?? "", row.text(1) ?? "", row.text(2) ?? ""]
      sums[key]?.pictures += Int(clamping: row.integer(3) ?? 0)
    }
  }

  /// Adds what the server's own tools cost, reply by reply.
  private static func addTools(
    of conversation: ConversationID?, to sums: inout [[String]: UsageSum], _ database: Database,
    _ dollars: ([ContentPart]) -> Double
  ) throws {
    let sql = """
      SELECT strftime('%Y-%m', m.created / 1000, 'unixepoch', 'localtime'), m.provider, m.model,
        p.type, p.text, p.json, p.message
      FROM part p JOIN message m ON m.id = p.message
      WHERE p.type = ? AND m.model IS NOT NULL
        \(conversation == nil ? "" : "AND m.conversation = ?")
      ORDER BY p.message
      """
    var arguments: StatementArguments = [ContentPart.Tag.hostedCall.rawValue]
    if let conversation { arguments += [conversation.rawValue] }
    let rows = try Row.fetchCursor(database, sql: sql, arguments: arguments)
    var (key, message, calls): ([String], Int64?, [ContentPart]) = ([], nil, [])
    while let row = try rows.next() {
      if row.integer(6) != message {
        sums[key]?.add(toolDollars: dollars(calls))
        calls = []
      }
      key = [row.text(0) ?? "", row.text(1) ?? "", row.text(2) ?? ""]
      message = row.integer(6)
      calls.append(PartRow.part(type: row.text(3), text: row.text(4), json: row.text(5)))
    }
    sums[key]?.add(toolDollars: dollars(calls))
  }

  private static func add(
    _ entry: RequestLedger.Entry, to sums: inout [[String]: UsageSum],
    _ dollars: (String, TokenUsage) -> Double?
  ) {
    let key = [entry.month, entry.provider, entry.model]
    let none = UsageSum(month: key[0], provider: key[1], model: key[2])
    guard let amount = entry.amount else {
      sums[key, default: none].add(entry.usage, dollars)
      sums[key]?.pictures += entry.pictures ?? 0
      return
    }
    // A model that replies and does something else is told of twice.
    sums[key + ["service"], default: none].add(amount, entry.usage, entry.dollars)
  }

  /// The figures of requests whose reply is in no message.
  package nonisolated var ledger: RequestLedger {
    RequestLedger(folder: String(path.dropLast("/iris.sqlite".count)))
  }
}

extension UsageSum {
  /// A sum that is unknown for want of a price stays so.
  fileprivate mutating func add(toolDollars more: Double) {
    guard more > 0 else { return }
    dollars = dollars.map { $0 + more } ?? (replies == uncounted ? more : nil)
  }

  fileprivate mutating func add(_ more: ServiceAmount, _ tokens: TokenUsage?, _ cost: Double?) {
    let isFirst = replies == 0
    replies += 1
    if let tokens { usage = usage + tokens }
    amount = amount.map { $0 + more } ?? more
    // Numbers of the file may be anything.
    let cost = cost.flatMap { $0.isFinite ? $0 : nil }
    dollars = isFirst ? cost : dollars.flatMap { sum in cost.map { sum + $0 } }
  }

  fileprivate mutating func add(
    _ reply: TokenUsage?, _ price: (String, TokenUsage) -> Double?
  ) {
    replies += 1
    guard let reply else {
      uncounted += 1
      return
    }
    usage = usage + reply
    let sum = replies - uncounted == 1 ? 0 : dollars
    dollars = sum.flatMap { sum in price(model, reply).map { sum + $0 } }
  }
}
