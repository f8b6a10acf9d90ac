import Conversation
import ConversationStore
import Testing

/// Which conversation is the last one: by its use in this store, whatever dates say.
@Suite struct LastConversationTests {
  private static let future: Int64 = 4_000_000_000_000

  private func message(_ id: Int64, after parent: Int64?, at time: Int64) -> Message {
    Message(
      id: MessageID(rawValue: id), parent: parent.map { MessageID(rawValue: $0) }, role: .user,
      parts: [.text("\(id)")], created: Timestamp(milliseconds: time))
  }

  @Test func `A clock that was in the future for a while decides nothing`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one"), .new(20, saying: "two")])
      _ = try await store.append(message(30, after: 11, at: Self.future), to: .new(10))
      #expect(try await store.last() == .new(10))
      _ = try await store.append(message(31, after: 21, at: 500), to: .new(20))
      #expect(try await store.last() == .new(20))
      #expect(try await store.summaries().map(\.id) == [.new(20), .new(10)])
      _ = try await store.append(message(32, after: 30, at: 400), to: .new(10))
      #expect(try await store.last() == .new(10))
    }
  }

  @Test func `An imported conversation of the future is not the last for ever`() async throws {
    try await withStore { store in
      var foreign = Conversation.new(50)
      foreign.messages.append(message(51, after: nil, at: Self.future))
      try await store.insert([foreign, .new(10, saying: "one")])
      _ = try await store.append(message(30, after: 11, at: 500), to: .new(10))
      #expect(try await store.last() == .new(10))
    }
  }

  @Test func `A draft is not the last conversation where one has messages, and is told`()
    async throws
  {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one")])
      var draft = Conversation.new(90)
      draft.draft.text = "half a thought"
      try await store.save(draft)
      #expect(try await store.last() == .new(10))
      #expect(try await store.draft(newerThan: .new(10))?.title == "half a thought")
      _ = try await store.append(message(99, after: 11, at: 99), to: .new(10))
      #expect(try await store.draft(newerThan: .new(10)) == nil)
    }
  }

  @Test func `Where nothing was ever sent, the draft is the last conversation`() async throws {
    try await withStore { store in
      var draft = Conversation.new(90)
      draft.draft.text = "half a thought"
      try await store.save(draft)
      #expect(try await store.last() == .new(90))
    }
  }
}
