import Conversation
import Foundation
import GRDB
import SampleValues
import SeededNumbers

/// A store as the first version wrote it, with messages of every kind that it knew, and what they say.
struct FirstStore {
  private(set) var conversations: [Conversation] = []
  /// The rows of messages and of pieces, as SQL.
  private var statements: [String] = []
  private var numbers: SeededGenerator

  init(seed: UInt64, conversations count: Int) {
    numbers = SeededGenerator(seed: seed)
    for number in 1...Int64(count) { add(number * 1000) }
  }

  /// Writes the database into the folder, which is made.
  func write(to folder: String) throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let database = try DatabaseQueue(path: databasePath(folder))
    try database.write { database in
      try database.execute(sql: PastSchema.tables)
      for statement in statements { try database.execute(sql: statement) }
    }
    try database.close()
  }

  private mutating func add(_ id: Int64) {
    var conversation = Conversation.new(id, name: "name \(id)")
    conversation.draft.text = Bool.random(using: &numbers) ? "half" : ""
    conversation.draft.pictures = [.random(using: &numbers)]
    conversation.instructions = "Be brief."
    var rows: [String] = []
    for place in 1...Int64.random(in: 1...12, using: &numbers) {
      // Each third message is a variant of the one before.
      let parent = place % 3 == 0 ? id + place - 2 : id + place - 1
      rows.append(addMessage(id + place, after: parent > id ? parent : nil, to: &conversation))
    }
    conversation.messages.select(leaf: conversation.messages.all.last?.id)
    statements.append(row(of: conversation))
    statements += rows
    conversations.append(conversation)
  }

  private func row(of conversation: Conversation) -> String {
    let pictures = conversation.draft.pictures.map(Self.json).joined(separator: ",")
    return """
      INSERT INTO conversation VALUES (\(conversation.id), 'name \(conversation.id)', '', \
      \(conversation.id), \(conversation.id), \(conversation.messages.count), 0, 0, \
      \(conversation.messages.leaf.map(\.description) ?? "NULL"), NULL, NULL, 'Be brief.', \
      '{"stop":[]}', '{"text":"\(conversation.draft.text)","pictures":[\(pictures)]}')
      """
  }

  private mutating func addMessage(
    _ id: Int64, after parent: Int64?, to conversation: inout Conversation
  ) -> String {
    let omissions: [Message.Omission] = [.none, .pictures, .all]
    let isReply = id % 2 == 0
    var message = Message.new(id, after: parent, isReply ? .assistant : .user, "")
    message.omission = omissions.randomElement(using: &numbers) ?? .none
    var (text, reasoning) = (words(), isReply && Bool.random(using: &numbers) ? words() : "")
    var column: String?
    var said: [ContentPart] = text.isEmpty ? [] : [.text(text)]
    if Int.random(in: 0..<3, using: &numbers) == 0 {
      (said, column) = parts()
      text = said.compactMap { if case .text(let text) = $0 { text } else { nil } }
        .joined(separator: "\n")
    }
    let (before, thought) = (text, reasoning)
    var pieces = ""
    var status = "complete"
    if isReply {
      message.reply = ReplyDetails(model: "m", provider: "p")
      if Int.random(in: 0..<4, using: &numbers) == 0 {
        (status, message.status) = ("streaming", .cutOff)
        for _ in 0..<3 {
          let (more, thoughts) = (words(), words())
          pieces += ";INSERT INTO reply_fragment VALUES (NULL, \(id), \(quoted(more)), "
          pieces += "\(quoted(thoughts)))"
          said.append(text: more)
          reasoning += thoughts
        }
      }
    }
    message.parts = (reasoning.isEmpty ? [] : [.reasoning(reasoning)]) + said
    conversation.messages.append(message)
    return """
      INSERT INTO message VALUES (\(id), \(conversation.id), \(parent.map(String.init) ?? "NULL"), \
      '\(message.role.rawValue)', '\(status)', '\(message.omission.rawValue)', \(id), \
      \(isReply ? "'m', 'p'" : "NULL, NULL"), NULL, 0, NULL, NULL, NULL, NULL, NULL, NULL, \
      \(quoted(thought)), \(column.map(quoted) ?? "NULL"), \(quoted(before)))\(pieces)
      """
  }

  /// Parts, and the column in which the first version wrote them.
  private mutating func parts() -> ([ContentPart], column: String) {
    var parts: [ContentPart] = []
    var texts: [String] = []
    for _ in 0..<Int.random(in: 1...3, using: &numbers) {
      switch Int.random(in: 0..<3, using: &numbers) {
      case 0:
        let text = words()
        parts.append(.text(text))
        let json = try? JSONEncoder().encode([text])
        let element = String(decoding: json ?? Data(), as: UTF8.self).dropFirst().dropLast()
        texts.append("{\"text\":{\"_0\":\(element)}}")
      case 1:
        let picture = PictureReference.random(using: &numbers)
        parts.append(.picture(picture))
        texts.append("{\"picture\":{\"_0\":\(Self.json(of: picture))}}")
      default:
        let json = #"{"hologram": 1.50}"#
        parts.append(.unknown(json: json))
        texts.append(json)
      }
    }
    return (parts, "[" + texts.joined(separator: ",") + "]")
  }

  private static func json(of picture: PictureReference) -> String {
    let source =
      switch picture.source {
      case .stored(let stored):
        #"{"stored":{"_0":{"byteCount":9,"digest":"\#(stored.digest.rawValue)","format":"jpeg","#
          + #""hasLocation":\#(stored.hasLocation),"size":{"height":2,"width":3}}}}"#
      case .remote(let url): #"{"remote":{"_0":"\#(url.rawValue)"}}"#
      }
    return #"{"detail":"\#(picture.detail.rawValue)","name":"b.jpg","source":\#(source)}"#
  }

  private mutating func words() -> String {
    let words = ["bridge", "桥", "two\nlines", "it's", "\"x\"", "", "🙂"]
    return (0..<Int.random(in: 0...5, using: &numbers)).map { _ in
      words.randomElement(using: &numbers) ?? ""
    }.joined(separator: " ")
  }

  private func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "''") + "'"
  }
}
