import Conversation
import ConversationStore
import Testing

@Suite struct AdoptionTests {
  let ids = IdentifierSource(entropy: 5)

  @Test func `A conversation that is new to the store is adopted as it is`() async throws {
    try await withStore { store in
      let conversation = Conversation.new(10, name: "a", saying: "one", "two")
      let adopted = try await store.adopt([conversation], ids: ids)
      #expect(adopted == [conversation])
      #expect(try await store.load(.new(10)) == conversation)
    }
  }

  @Test func `Adopted twice, a conversation is there twice, under a name of its own`() async throws
  {
    try await withStore { store in
      let conversation = Conversation.new(10, name: "a", saying: "one", "two")
      _ = try await store.adopt([conversation], ids: ids)
      let copies = try await store.adopt([conversation, conversation], ids: ids)
      #expect(copies.map(\.name) == ["a 2", "a 3"])
      #expect(try await store.summaries().count == 3)
      for copy in copies {
        let loaded = try await store.load(copy.id)
        #expect(loaded == copy)
        #expect(loaded.messages.path.map(\.text) == ["one", "two"])
      }
      #expect(try await store.load(.new(10)) == conversation)
    }
  }

  @Test func `A message's number that is taken elsewhere makes new ones`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one")])
      var other = Conversation.new(500)
      other.messages.append(.new(11, "other"))
      let adopted = try await store.adopt([other], ids: ids)
      #expect(adopted.first?.id != other.id)
      #expect(try await store.load(.new(10)).messages.path.map(\.text) == ["one"])
    }
  }

  @Test func `What breaks off half-way leaves nothing`() async throws {
    struct Cut: Error {}
    try await withStore { store in
      await #expect(throws: Cut.self) {
        try await store.adopt(ids: ids) { take in
          try take(.new(10, saying: "one"))
          try take(.new(20, saying: "two"))
          throw Cut()
        }
      }
      #expect(try await store.summaries() == [])
      #expect(try await store.search("one") == [])
      let (value, adoption) = try await store.adopt(ids: ids) { take in
        try take(.new(20, saying: "two"))
        try take(.new(10, saying: "one"))
        return "whole"
      }
      #expect(value == "whole")
      #expect(adoption.count == 2)
      #expect(adoption.newest == .new(20))
    }
  }

  @Test
  func `A disk that is full while conversations come one by one is told, and nothing is kept`()
    async throws
  {
    try await withStoreFolder { folder in
      let store = try openStore(folder, pageLimit: 60)
      let error = await #expect(throws: StoreError.self) {
        try await store.adopt(ids: ids) { take in
          for id in 1...Int64(100) {
            try take(.new(100 * id, saying: String(repeating: "words \(id) ", count: 300)))
          }
        }
      }
      guard case .full = error else { throw error ?? .empty }
      #expect(try await store.summaries() == [])
    }
  }

  @Test func `A zero byte in what comes from elsewhere cuts nothing off`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10, name: "a\0b", saying: "one\0two")
      conversation.instructions = "Be\0brief."
      let adopted = try await store.adopt([conversation], ids: ids)
      #expect(adopted.first?.name == "a\u{FFFD}b")
      let loaded = try await store.load(.new(10))
      #expect(loaded.name == "a\u{FFFD}b")
      #expect(loaded.instructions == "Be\u{FFFD}brief.")
      #expect(loaded.messages.path.map(\.text) == ["one\0two"])
      #expect(try await store.find("a\u{FFFD}b") == .new(10))
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
