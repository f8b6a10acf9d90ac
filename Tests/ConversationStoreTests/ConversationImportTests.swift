import Conversation
import ConversationStore
import Screen
import Testing

@Suite struct ConversationImportTests {
  let ids = IdentifierSource(entropy: 5)

  @Test func `A conversation that is new to the store is adopted as it is`() async throws {
    try await withStore { store in
      let conversation = Conversation.new(10, name: "a", saying: "one", "two")
      let result = try await store.importConversations([conversation], ids: ids)
      #expect(result.newCount == 1)
      #expect(result.newest == .new(10))
      #expect(try await store.load(.new(10)) == conversation)
    }
  }

  @Test func `Adopted twice, a conversation is there once`() async throws {
    try await withStore { store in
      let conversation = Conversation.new(10, name: "a", saying: "one", "two\0")
      _ = try await store.importConversations([conversation], ids: ids)
      let again = try await store.importConversations([conversation, conversation], ids: ids)
      #expect(again.knownCount == 2)
      #expect(again.count == 2)
      #expect(again.newest == .new(10))
      #expect(try await store.summaries().map(\.messageCount) == [2])
    }
  }

  @Test func `One that has gone on where it comes from takes the new messages alone`() async throws
  {
    try await withStore { store in
      _ = try await store.importConversations([.new(10, name: "a", saying: "one", "two")], ids: ids)
      _ = try await store.append(.new(700, after: 12, "mine"), to: .new(10))
      let longer = Conversation.new(10, name: "a", saying: "one", "two", "three", "four")
      #expect(try await store.importConversations([longer], ids: ids).grownCount == 1)
      let loaded = try await store.load(.new(10))
      #expect(loaded.messages.count == 5)
      #expect(loaded.messages.path.map(\.text) == ["one", "two", "three", "four"])
      #expect(loaded.messages[MessageID(rawValue: 700)]?.text == "mine")
      #expect(try await store.summaries().map(\.messageCount) == [5])
      #expect(try await store.search("three").count == 1)
    }
  }

  @Test func `Pictures that were missing the first time come with the second`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10, saying: "one")
      _ = try await store.importConversations([conversation], ids: ids)
      conversation.messages.update(MessageID(rawValue: 11)) {
        $0.parts.append(.picture(.stored("ab12")))
      }
      #expect(try await store.importConversations([conversation], ids: ids).grownCount == 1)
      #expect(try await store.load(.new(10)) == conversation)
      #expect(try await store.summaries().map(\.pictureCount) == [1])
      #expect(try await store.importConversations([conversation], ids: ids).knownCount == 1)
    }
  }

  @Test func `One that says something else under the same number stands beside it`() async throws {
    try await withStore { store in
      _ = try await store.importConversations([.new(10, name: "a", saying: "one", "two")], ids: ids)
      let other = Conversation.new(10, name: "a", saying: "one", "zwei")
      let result = try await store.importConversations([other], ids: ids)
      #expect(result.newCount == 1)
      let copy = try #require(result.newest)
      #expect(copy != .new(10))
      #expect(try await store.load(copy).name == "a 2")
      #expect(try await store.load(copy).messages.path.map(\.text) == ["one", "zwei"])
      #expect(try await store.load(.new(10)).messages.path.map(\.text) == ["one", "two"])
    }
  }

  @Test func `One that was deleted here comes back`() async throws {
    try await withStore { store in
      let conversation = Conversation.new(10, name: "a", saying: "one")
      _ = try await store.importConversations([conversation], ids: ids)
      try await store.delete(.new(10))
      #expect(try await store.importConversations([conversation], ids: ids).count == 1)
      #expect(try await store.load(.new(10)) == conversation)
    }
  }

  @Test func `A message's number that is taken elsewhere makes new ones`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one")])
      var other = Conversation.new(500)
      other.messages.append(.new(11, "other"))
      #expect(try await store.importConversations([other], ids: ids).newest != other.id)
      #expect(try await store.load(.new(10)).messages.path.map(\.text) == ["one"])
    }
  }

  @Test func `A disk that is full within a batch is told, and nothing of it is kept`() async throws
  {
    try await withStoreFolder { folder in
      let store = try openStore(folder, pageLimit: 60)
      let batch = (1...Int64(100)).map { id in
        Conversation.new(100 * id, saying: String(repeating: "words \(id) ", count: 300))
      }
      let error = await #expect(throws: StoreError.self) {
        try await store.importConversations(batch, ids: ids)
      }
      guard case .full = error else { throw error ?? .empty }
      #expect(try await store.summaries() == [])
      #expect(try await store.search("words") == [])
    }
  }

  @Test func `A zero byte in what comes from elsewhere cuts nothing off`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10, name: "a\0b", saying: "one\0two")
      conversation.instructions = "Be\0brief."
      _ = try await store.importConversations([conversation], ids: ids)
      let loaded = try await store.load(.new(10))
      #expect(loaded.name == "a\u{FFFD}b")
      #expect(loaded.instructions == "Be\u{FFFD}brief.")
      #expect(loaded.messages.path.map(\.text) == ["one\0two"])
      #expect(try await store.identifier(named: "a\u{FFFD}b") == .new(10))
    }
  }

  @Test func `Names of any length find a free one that a list can show, and are found by it`()
    async throws
  {
    try await withStore { store in
      let name = String(repeating: "字", count: 5_000)
      for id in 10...13 {
        _ = try await store.importConversations(
          [.new(Int64(id), name: name, saying: "one")], ids: ids)
      }
      let names = try await store.summaries().compactMap(\.name)
      #expect(Set(names).count == 4)
      #expect(names.allSatisfy { DisplayWidth.columns(of: $0) <= Label.columns })
      #expect(names.contains { $0.hasSuffix(" 4") })
      #expect(try await store.identifier(named: name) == .new(10))
      for summary in try await store.summaries() {
        #expect(try await store.identifier(named: try #require(summary.name)) == summary.id)
      }
    }
  }

  @Test func `Inserting what is there already is refused and changes nothing`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, name: "a", saying: "one")])
      await #expect(throws: StoreError.duplicate(10)) {
        try await store.insert([.new(10, name: "b")])
      }
      await #expect(throws: StoreError.duplicate(11)) {
        var other = Conversation.new(500)
        other.messages.append(.new(11, "other"))
        try await store.insert([other])
      }
      let list = try await store.summaries()
      #expect(list.map(\.title) == ["a"])
    }
  }
}
