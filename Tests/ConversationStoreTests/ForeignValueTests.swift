import Conversation
import ConversationStore
import GRDB
import SampleValues
import Testing

/// Rows that an older or a newer version wrote, with what this one would not write.
@Suite struct ForeignValueTests {
  /// Opens a store with one exchange in which `sql` was done.
  private func withExchange(
    changedBy sql: String, _ body: (ConversationStore) async throws -> Void
  ) async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      var conversation = Conversation.new(10, saying: "question", "answer")
      conversation.messages.update(MessageID(rawValue: 12)) {
        var reply = ReplyDetails(model: "m", provider: "p")
        reply.usage = TokenUsage(prompt: 1, completion: 2)
        reply.milliseconds = 5
        $0.reply = reply
      }
      try await store.insert([conversation])
      try await store.close()
      let database = try DatabaseQueue(path: databasePath(folder))
      try await database.write { try $0.execute(sql: sql) }
      try database.close()
      try await body(try openStore(folder))
    }
  }

  @Test(arguments: [
    "prompt_tokens = 4611686018427387904, completion_tokens = 4611686018427387904",
    "prompt_tokens = -1", "completion_tokens = 9223372036854775807",
    "reasoning_tokens = -9223372036854775808", "cached_tokens = 1000000000001",
  ])
  func `Figures that no server can mean read as none, in every sum`(columns: String) async throws {
    let sql = "UPDATE message SET \(columns), milliseconds = 9223372036854775807 WHERE id = 12"
    try await withExchange(changedBy: sql) { store in
      let reply = try await store.load(.new(10)).messages[MessageID(rawValue: 12)]?.reply
      #expect(reply == ReplyDetails(model: "m", provider: "p"))
      let sums = try await store.usage { _, _ in 1 }
      #expect(sums.map(\.replies) == [1])
      #expect(sums.map(\.uncounted) == [1])
      #expect(sums.map(\.usage.total) == [0])
    }
  }

  @Test func `Sums of figures in range end in range`() async throws {
    let sql = "UPDATE message SET model = 'm', prompt_tokens = 1000000000000"
    try await withExchange(changedBy: sql) { store in
      let sums = try await store.usage()
      #expect(sums.first { $0.provider == "p" }?.usage.prompt == TokenCount(TokenCount.largest))
      #expect(try await store.load(.new(10)).messages.count == 2)
    }
  }

  @Test func `Times at the ends of what a column holds are read and listed`() async throws {
    let sql = """
      UPDATE message SET created = 9223372036854775807;
      UPDATE conversation SET created = -9223372036854775808, updated = 9223372036854775807;
      """
    try await withExchange(changedBy: sql) { store in
      let conversation = try await store.load(.new(10))
      #expect(
        conversation.messages.all.allSatisfy { $0.created < Timestamp(milliseconds: .max) }
          == false)
      #expect(conversation.created == Timestamp(milliseconds: 0))
      #expect(try await store.summaries().count == 1)
    }
  }

  struct Row: CustomTestStringConvertible, Sendable {
    let type: String
    var text: String?
    let json: String?

    var testDescription: String { json ?? type }
  }

  static let rows = [
    Row(type: "video", json: #"{"type":"video", "b":1.50,"a":[1,2], "é\u00e9":1e400}"#),
    Row(
      type: "media",
      json: #"{"type":"media","name":"x","source":{"digest":"../../etc/passwd"},"picture":{}}"#),
    Row(
      type: "media",
      json: #"{"type":"media","name":"x","source":{"url":"file:///etc/passwd"},"picture":{}}"#),
    Row(
      type: "tool_call", text: "look",
      json: #"{"type":"tool_call","id":"1","name":"look","arguments":"{}","state":"dreamt"}"#),
    Row(type: "number", json: "17"),
    Row(type: "unknown", json: #"{"type":"unknown","json":"{}"}"#),
    Row(type: "broken", json: #"{"type": "#),
    Row(type: "summary", text: "in short", json: nil),
  ]

  /// Everything that the table holds of message 11.
  private func stored(_ folder: String) async throws -> [String] {
    let database = try DatabaseQueue(path: databasePath(folder))
    return try await database.read {
      try String.fetchAll(
        $0,
        sql: """
          SELECT id || ' ' || ordinal || ' ' || type || ' ' || quote(text) || ' ' || quote(json)
          FROM part WHERE message = 11 ORDER BY ordinal
          """)
    }
  }

  @Test(arguments: rows)
  func `A part that this version does not know is kept byte for byte`(row: Row) async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      try await store.insert([.new(10, saying: "question", "answer")])
      let database = try DatabaseQueue(path: databasePath(folder))
      try await database.write {
        try $0.execute(
          sql: "INSERT INTO part VALUES (-1, 11, 1, ?, ?, ?)",
          arguments: [row.type, row.text, row.json])
        try $0.execute(sql: "INSERT INTO blob_use VALUES (11, 'ab')")
      }
      let before = try await stored(folder)
      var message = try #require(try await store.load(.new(10)).messages[MessageID(rawValue: 11)])
      #expect(message.text == "question")
      #expect(message.parts.unknownCount == 1)
      if case .unknown(let json) = message.parts[1], row.json != nil { #expect(json == row.json) }
      message.omission = .all
      message.parts.append(.picture(Self.picture))
      try await store.update(message)
      #expect(try await stored(folder).prefix(2) == before[...])
      #expect(try await store.load(.new(10)).messages[message.id] == message)
      let uses = try await database.read {
        try String.fetchSet($0, sql: "SELECT digest FROM blob_use WHERE message = 11")
      }
      #expect(uses == ["ab", Digest.sample("ab12").rawValue])
    }
  }

  private static let picture = PictureReference(
    source: .stored(.new("ab12")), name: "a", detail: .low)

  @Test func `A role that this version does not know is kept`() async throws {
    try await withExchange(changedBy: "UPDATE message SET role = 'narrator' WHERE id = 11") {
      store in
      var message = try #require(try await store.load(.new(10)).messages[MessageID(rawValue: 11)])
      #expect(message.role == .unknown("narrator"))
      message.omission = .all
      try await store.update(message)
      #expect(try await store.load(.new(10)).messages[message.id] == message)
      #expect(try await store.search("question").map(\.role) == [.unknown("narrator")])
    }
  }

  @Test func `A draft keeps its words beside a picture that is none`() async throws {
    let sql = """
      UPDATE conversation SET draft = '{"text":"typed","pictures":[{"picture":{"_0":{}}}]}'
      """
    try await withExchange(changedBy: sql) { store in
      let draft = try await store.load(.new(10)).draft
      #expect(draft.text == "typed")
      #expect(draft.pictures.isEmpty)
    }
  }

  @Test func `A draft of the first version keeps its pictures`() async throws {
    let sql = """
      UPDATE conversation SET draft = '{"text":"typed","pictures":[{"detail":"low","name":"b",\
      "source":{"remote":{"_0":"https://e.org/b"}}}]}'
      """
    try await withExchange(changedBy: sql) { store in
      let draft = try await store.load(.new(10)).draft
      #expect(
        draft.pictures
          == [PictureReference(source: .remote("https://e.org/b"), name: "b", detail: .low)])
    }
  }
}
