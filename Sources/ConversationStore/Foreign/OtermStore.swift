import Conversation
import GRDB
import JSON

/// The chats that oterm keeps (`store.db`): tables `chat` and `message`, whose pictures are a JSON list
/// of base64.
///
/// Read as versions 0.1 to 0.23 write it. A chat has no times: it is known by its number and first words.
enum OtermStore {
  /// The chats with messages, and what of them could not be kept.
  static func read(
    _ path: String, now: Timestamp, keep: ForeignStore.PictureKeeper
  ) throws(StoreError) -> (conversations: [Conversation], loss: ImportLoss) {
    do {
      return try ForeignDatabase.read(path) { database in
        guard try hasColumns(database) else { throw StoreError.foreign(path: path) }
        var loss = ImportLoss()
        let rows = try Row.fetchAll(database, sql: "SELECT * FROM chat ORDER BY id")
        let chats = try rows.map { row in
          if Task.isCancelled { throw CancellationError() }
          return try conversation(from: row, now: now, keep, &loss, database)
        }
        return (chats.filter { !$0.messages.isEmpty }, loss)
      }
    } catch {
      throw StoreError(error, at: path)
    }
  }

  /// Whether the tables are oterm's, and not another program's of the same names.
  private static func hasColumns(_ database: Database) throws -> Bool {
    let chat = try database.columns(in: "chat").map(\.name)
    let message = try database.columns(in: "message").map(\.name)
    return chat.contains("model") && Set(["id", "chat_id", "author", "text"]).isSubset(of: message)
  }

  private static func conversation(
    from chat: Row, now: Timestamp, _ keep: ForeignStore.PictureKeeper, _ loss: inout ImportLoss,
    _ database: Database
  ) throws -> Conversation {
    let number = chat.integer(named: "id") ?? 0
    let rows = try Row.fetchAll(
      database, sql: "SELECT * FROM message WHERE chat_id = ? ORDER BY id", arguments: [number])
    var ids = ForeignIdentifiers(source: "oterm")
    let words = rows.first?.text(named: "text") ?? ""
    var conversation = Conversation(
      id: ids.timelessConversation("\(number)\n\(words)"), created: now)
    let name = Label(chat.text(named: "name") ?? "")
    conversation.name = name.text.isEmpty ? nil : name
    conversation.instructions = chat.text(named: "system").flatMap { $0.isEmpty ? nil : $0 }
    let model = chat.text(named: "model").flatMap { $0.isModelName ? $0 : nil }
    conversation.model = model
    let settings = chat.text(named: "parameters").flatMap { JSONValue(parsing: $0) }
    conversation.parameters.temperature = settings?["temperature"]?.double
    conversation.parameters.topP = settings?["top_p"]?.double
    conversation.parameters.seed = settings?["seed"]?.integer.map(Int64.init)
    for row in rows {
      let author = row.text(named: "author") ?? ""
      // The first versions wrote what the program calls itself.
      let role: Role = ["me": .user, "ollama": .assistant][author] ?? Role(rawValue: author)
      let text = row.text(named: "text") ?? ""
      var parts: [ContentPart] = text.isEmpty ? [] : [.text(text)]
      parts += pictures(in: row.text(named: "images"), keep, &loss)
      guard !parts.isEmpty else { continue }
      let parent = conversation.messages.leaf
      let reply = ReplyDetails(model: model ?? "", provider: "oterm")
      conversation.messages.append(
        Message(
          id: ids.message("\(row.integer(named: "id") ?? 0)", at: now, after: parent),
          parent: parent, role: role, parts: parts, created: now,
          reply: role == .assistant ? reply : nil))
    }
    return conversation
  }

  private static func pictures(
    in list: String?, _ keep: ForeignStore.PictureKeeper, _ loss: inout ImportLoss
  ) -> [ContentPart] {
    let texts = (list.flatMap { JSONValue(parsing: $0) }?.elements ?? []).compactMap(\.string)
    return texts.enumerated().compactMap { index, text in
      let name = "picture \(index + 1)"
      let bytes = DataURL(text)?.bytes ?? Base64.decoded(text.utf8)
      guard let stored = bytes.flatMap({ keep($0, name) }) else {
        loss.add(.brokenPicture)
        return nil
      }
      return .picture(PictureReference(source: .stored(stored), name: name, detail: .auto))
    }
  }
}
