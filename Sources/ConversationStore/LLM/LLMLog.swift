package import Conversation
import Files
import GRDB

/// The log that the program `llm` keeps of its conversations (`logs.db`, llm.datasette.io/logging).
///
/// Until version 0.26 it held a table `responses`; newer ones keep a tree of `messages` beside it.
/// Both are read; the file is not changed.
package struct LLMLog {
  /// Keeps the bytes of a picture under their digest; nil where they are no picture.
  package typealias PictureKeeper = ([UInt8], _ name: String) -> StoredPicture?

  let database: Database
  let now: Timestamp
  let keep: PictureKeeper
  var ids: IdentifierSource
  /// Tools, files and other parts that Iris has no words for.
  var leftOut = 0

  /// The conversations in the log at `path`, and how many parts of them were left out.
  ///
  /// - Parameters:
  ///   - path: the database, of any version that `llm` has written since 2023.
  ///   - ids: makes the identifiers.
  ///   - now: the time of what has none of its own.
  ///   - keep: keeps a picture that is found in the log, or beside it.
  /// - Returns: the conversations, oldest first.
  /// - Throws: ``StoreError/foreign(path:)`` where the database is another program's.
  package static func read(
    _ path: String, ids: IdentifierSource, now: Timestamp, keep: @escaping PictureKeeper
  ) throws(StoreError) -> (conversations: [Conversation], leftOut: Int) {
    var configuration = Configuration()
    configuration.readonly = true
    do {
      return try DatabaseQueue(path: path, configuration: configuration).read { database in
        var log = LLMLog(database: database, now: now, keep: keep, ids: ids)
        guard let conversations = try log.conversations() else {
          throw StoreError.foreign(path: path)
        }
        return (conversations, log.leftOut)
      }
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// All conversations with messages; nil where neither kind of table is there.
  private mutating func conversations() throws -> [Conversation]? {
    let hasResponses = try database.tableExists("responses")
    let hasThreads = try database.tableExists("threads")
    guard hasResponses || hasThreads else { return nil }
    let conversations =
      try (hasResponses ? readResponses() : []) + (hasThreads ? readThreads() : [])
    return conversations.filter { !$0.messages.isEmpty }
  }

  /// The attachment in a row of the table `attachments` as a part; nil where it is left out.
  mutating func part(from attachment: Row) -> ContentPart? {
    let url = attachment.text(named: "url")
    let path = attachment.text(named: "path")
    let name = path?.split(separator: "/").last.map(String.init) ?? url ?? "picture"
    if let url, attachment.text(named: "type")?.hasPrefix("image/") != false {
      return .picture(PictureReference(source: .remote(url), name: name, detail: .auto))
    }
    let bytes = attachment.bytes(named: "content") ?? path.flatMap(Self.bytes(at:))
    guard let bytes, let stored = keep(bytes, name) else {
      leftOut += 1
      return nil
    }
    return .picture(PictureReference(source: .stored(stored), name: name, detail: .auto))
  }

  private static func bytes(at path: String) -> [UInt8]? {
    do throws(FileError) {
      var source = try FileSource(path)
      return try source.readToEnd()
    } catch {
      return nil
    }
  }

  /// What is known of a reply from the row of its response or turn.
  static func reply(from row: Row) -> ReplyDetails {
    let model = row.text(named: "resolved_model") ?? row.text(named: "model") ?? ""
    var reply = ReplyDetails(model: model, provider: "llm")
    reply.milliseconds = row.integer(named: "duration_ms")
    reply.reasoning = row.text(named: "reasoning") ?? ""
    if let input = row.integer(named: "input_tokens") {
      reply.usage = TokenUsage(
        prompt: Int(input), completion: Int(row.integer(named: "output_tokens") ?? 0))
    }
    return reply
  }

  /// An expression for the milliseconds since 1970 of a column that holds a time as text.
  static func milliseconds(_ column: String) -> String {
    "CAST(round((julianday(\(column)) - 2440587.5) * 86400000.0) AS INTEGER)"
  }
}

extension Row {
  /// The text in a column that older versions may lack.
  func text(named name: String) -> String? {
    value(named: name).flatMap(String.fromDatabaseValue)
  }

  func integer(named name: String) -> Int64? {
    value(named: name).flatMap(Int64.fromDatabaseValue)
  }

  func bytes(named name: String) -> [UInt8]? {
    guard case .blob(let data) = value(named: name)?.storage else { return nil }
    return Array(data)
  }

  private func value(named name: String) -> DatabaseValue? {
    hasColumn(name) ? self[name] as DatabaseValue : nil
  }
}
