package import Conversation
package import Files
import GRDB

/// The log that the program `llm` keeps of its conversations (`logs.db`, llm.datasette.io/logging).
///
/// Until version 0.31 it held a table `responses`; newer ones keep a tree of `messages` beside it, and
/// go on there with what was begun in the other. Both are read as one; the file and what is beside it
/// stay as they are.
package struct LLMLog {
  package typealias PictureKeeper = ForeignStore.PictureKeeper

  /// What is read, where it is there.
  private static let tables: Set<String> = [
    "attachments", "conversations", "fragments", "messages", "part_attachments", "parts",
    "prompt_attachments", "prompt_fragments", "responses", "system_fragments", "threads",
    "tool_calls", "tool_results", "turns",
  ]

  let database: Database
  let now: Timestamp
  let keep: PictureKeeper
  /// The files that attachments may be read from.
  let files: ReadableFiles
  /// What could not be kept.
  var loss = ImportLoss()

  /// The conversations in the log at `path`, and what of them could not be kept.
  ///
  /// - Parameters:
  ///   - path: the database, of any version that `llm` has written since 2023.
  ///   - now: the time of what has none of its own.
  ///   - files: those that attachments may be read from; others are counted and named.
  ///   - keep: keeps a picture that is found in the log, or beside it.
  /// - Returns: the conversations, oldest first.
  /// - Throws: ``StoreError/foreign(path:)`` where the database is another program's.
  package static func read(
    _ path: String, now: Timestamp, files: ReadableFiles, keep: @escaping PictureKeeper
  ) throws(StoreError) -> (conversations: [Conversation], loss: ImportLoss) {
    do {
      return try ForeignDatabase.read(path) { database in
        // A view would let the file compute without end what is read here.
        let views = "SELECT name FROM sqlite_master WHERE type = 'view'"
        guard try String.fetchSet(database, sql: views).isDisjoint(with: Self.tables) else {
          throw StoreError.foreign(path: path)
        }
        var log = LLMLog(database: database, now: now, keep: keep, files: files)
        guard let conversations = try log.conversations() else {
          throw StoreError.foreign(path: path)
        }
        return (conversations, log.loss)
      }
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// A conversation under the name that the log has for it.
  struct Named {
    var name: String?
    var conversation: Conversation
  }

  /// All conversations with messages; nil where neither kind of table is there.
  private mutating func conversations() throws -> [Conversation]? {
    let hasResponses = try database.tableExists("responses")
    let hasThreads = try database.tableExists("threads")
    guard hasResponses || hasThreads else { return nil }
    var found = hasResponses ? try readResponses() : []
    var places: [String: Int] = [:]
    for (place, named) in found.enumerated() { places[named.name ?? ""] = place }
    for thread in hasThreads ? try readThreads() : [] {
      if let place = thread.name.flatMap({ places[$0] }) {
        found[place].conversation.goOn(with: thread.conversation)
      } else {
        found.append(thread)
      }
    }
    return found.map(\.conversation).filter { !$0.messages.isEmpty }
  }

  /// The attachment in a row of the table `attachments` as a part; nil where it is left out.
  mutating func part(from attachment: Row) -> ContentPart? {
    let url = attachment.text(named: "url")
    let path = attachment.text(named: "path")
    let name = path?.split(separator: "/").last.map(String.init) ?? url ?? "picture"
    if let url = url.flatMap(SafeURL.init(rawValue:)),
      attachment.text(named: "type")?.hasPrefix("image/") != false
    {
      return .picture(PictureReference(source: .remote(url), name: name, detail: .auto))
    }
    guard let bytes = attachment.bytes(named: "content") ?? path.flatMap({ bytes(at: $0) }) else {
      if path == nil { loss.add(url == nil ? .missingPicture : .address) }
      return nil
    }
    guard let stored = keep(bytes, name) else {
      loss.add(Self.kind(of: attachment.text(named: "type")))
      return nil
    }
    return .picture(PictureReference(source: .stored(stored), name: name, detail: .auto))
  }

  /// What an attachment of this media type is that is no picture.
  private static func kind(of mediaType: String?) -> ImportLoss.Kind {
    guard let mediaType, !mediaType.hasPrefix("image/") else { return .brokenPicture }
    return mediaType.hasPrefix("audio/") ? .sound : .file
  }

  /// The bytes of a file that the log names; nil where they cannot be had, which counts.
  private mutating func bytes(at path: String) -> [UInt8]? {
    switch files.contents(of: path) {
    case .bytes(let bytes): return bytes
    case .missing: loss.add(.missingPicture)
    case .outside(let path): loss.add(outsidePath: path)
    }
    return nil
  }

  /// What is known of a reply from the row of its response or turn.
  static func reply(from row: Row) -> ReplyDetails {
    let model = row.text(named: "resolved_model") ?? row.text(named: "model") ?? ""
    var reply = ReplyDetails(model: model, provider: "llm")
    reply.milliseconds = row.integer(named: "duration_ms").flatMap(ReplyDetails.duration)
    reply.usage = TokenUsage(
      reportedPrompt: row.integer(named: "input_tokens").map(Int.init),
      completion: row.integer(named: "output_tokens").map(Int.init), cached: nil, reasoning: nil)
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

extension Conversation {
  /// Adds the path of a conversation that began with what this one says.
  ///
  /// It is added from the first message on that is not the same. What is the same has more here,
  /// pictures for instance.
  fileprivate mutating func goOn(with other: Conversation) {
    let (mine, others) = (messages.path, other.messages.path)
    let shared = zip(mine, others).prefix { $0.role == $1.role && $0.text == $1.text }.count
    var ids = ForeignIdentifiers(source: "llm")
    var parent = shared == 0 ? nil : mine[shared - 1].id
    messages.select(leaf: parent ?? messages.leaf)
    for message in others[shared...] {
      let id = ids.message("\(message.id)", at: message.created, after: parent)
      messages.append(
        Message(
          id: id, parent: parent, role: message.role, parts: message.parts,
          created: message.created, status: message.status, reply: message.reply))
      parent = id
    }
    messages.select(leaf: parent)
    model = other.model ?? model
    instructions = instructions ?? other.instructions
  }
}
