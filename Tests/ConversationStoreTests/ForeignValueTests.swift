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

  static let parts = [
    #"{"audio":{"_0":{"b":1.50,"a":[1,2]}}}"#, #"{"text":{"_0":"known"}}"#,
    #"{"picture":{"_0":{"detail":"low","name":"x","source":{"stored":{"_0":{"byteCount":1,"digest":"../../etc/passwd","format":"png","hasLocation":false,"size":{"height":1,"width":1}}}}}}}"#,
    #"{"picture":{"_0":{"detail":"low","name":"x","source":{"remote":{"_0":"file:///etc/passwd"}}}}}"#,
    "17", #"[ "nested" ]"#,
  ]

  @Test func `A part that this version does not know is kept byte for byte`() async throws {
    let column = "[" + Self.parts.joined(separator: ",") + "]"
    try await withExchange(
      changedBy: "UPDATE message SET parts = '\(column)' WHERE id = 11"
    ) { store in
      var message = try #require(try await store.load(.new(10)).messages[MessageID(rawValue: 11)])
      #expect(message.text == "known")
      #expect(message.pictures.isEmpty)
      #expect(message.parts.unknownCount == 5)
      message.omission = .all
      try await store.update(message)
      let written = try await store.load(.new(10)).messages[MessageID(rawValue: 11)]
      #expect(written == message)
      #expect(
        written?.parts.map { if case .unknown(let json) = $0 { json } else { "" } }
          == Self.parts.map { $0.contains("known") ? "" : $0 })
    }
  }

  @Test func `A draft keeps its words beside a picture that is none`() async throws {
    let sql = """
      UPDATE conversation SET draft = '{"text":"typed","pictures":[\(Self.parts[2])]}'
      """
    try await withExchange(changedBy: sql) { store in
      let draft = try await store.load(.new(10)).draft
      #expect(draft.text == "typed")
      #expect(draft.pictures.isEmpty)
    }
  }
}
