import Conversation
import ConversationStore
import Testing

@Suite struct ConversationListTests {
  @Test func `A conversation without a name is found by its first words, the newest first`()
    async throws
  {
    try await withStore { store in
      try await store.insert([.new(10, saying: "bridge"), .new(20, saying: "bridge")])
      #expect(try await store.identifier(named: "bridge") == .new(20))
      #expect(try await store.identifier(named: "10") == .new(10))
      try await store.rename(.new(10), to: "bridge")
      #expect(try await store.identifier(named: "bridge") == .new(10))
      await #expect(throws: StoreError.notFound("brid")) {
        _ = try await store.identifier(named: "brid")
      }
    }
  }

  @Test func `First words are listed and found without marks, also as they were written`()
    async throws
  {
    try await withStore { store in
      let text = "# What is **`a*b*c`** in [C#](https://c.org)?\nTell me."
      try await store.insert([.new(10, saying: text)])
      try await store.save(.new(20))
      _ = try await store.append(.new(21, text), to: .new(20))
      var draft = Conversation.new(30)
      draft.draft.text = "## Half a\n**thought**"
      try await store.save(draft)
      let words = "What is a*b*c in C#?"
      #expect(try await store.summaries().map(\.title) == ["Half a thought", words, words])
      #expect(try await store.identifier(named: words) == .new(20))
      #expect(try await store.identifier(named: text) == .new(20))
      #expect(try await store.load(.new(10)).messages.all.map(\.text) == [text])
    }
  }

  @Test func `Where nothing was said yet, the draft stands for the first words`() async throws {
    try await withStore { store in
      var text = Conversation.new(10)
      text.draft.text = "Half a\nthought"
      var picture = Conversation.new(20)
      picture.draft.pictures = [
        PictureReference(source: .stored(.new("ab")), name: "bridge.png", detail: .auto)
      ]
      try await store.save(text)
      try await store.save(picture)
      #expect(try await store.summaries().map(\.title) == ["bridge.png", "Half a thought"])
    }
  }

  @Test func `A conversation's settings and draft are read back`() async throws {
    try await withStoreFolder { folder in
      var conversation = Conversation.new(10, name: "旅行")
      conversation.instructions = "Be brief."
      conversation.model = "gpt-4o"
      conversation.provider = "openai"
      conversation.parameters.temperature = 0.1
      conversation.parameters.stop = ["\n", "END"]
      conversation.parameters.responseFormat = .jsonSchema(name: "n", schema: "{}")
      conversation.parameters.seed = .max
      conversation.draft.text = "half a"
      conversation.draft.pictures = [
        PictureReference(source: .stored(.new("cd")), name: "c", detail: .low)
      ]
      let store = try openStore(folder)
      try await store.save(conversation)
      try await store.close()
      #expect(try await openStore(folder).load(.new(10)) == conversation)
    }
  }

  @Test func `A conversation of many branches is inserted and loaded whole`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10, saying: "one", "two", "three")
      conversation.messages.append(.new(30, after: 11, .assistant, "other"))
      conversation.messages.select(leaf: MessageID(rawValue: 30))
      try await store.insert([conversation])
      #expect(try await store.load(.new(10)) == conversation)
    }
  }

  @Test func `The list tells names or first words, counts and model, newest first`() async throws {
    try await withStore { store in
      var photos = Conversation.new(100, saying: "What is this?\nLook.", "A bridge.")
      photos.model = "gpt-4o"
      photos.messages.update(MessageID(rawValue: 101)) {
        $0.parts.append(
          .picture(PictureReference(source: .remote("https://e.org/u"), name: "u", detail: .auto)))
      }
      try await store.insert([photos, .new(50, name: "older", saying: "x")])
      try await store.save(.new(900))
      let list = try await store.summaries()
      #expect(
        list == [
          ConversationSummary(
            id: .new(100), name: nil, title: "What is this?",
            updated: Timestamp(milliseconds: 102), messageCount: 2, pictureCount: 1,
            model: "gpt-4o"),
          ConversationSummary(
            id: .new(50), name: "older", title: "older", updated: Timestamp(milliseconds: 51),
            messageCount: 1, pictureCount: 0, model: nil),
        ])
    }
  }

  @Test func `Each message counts, and the first words of the user are the title`() async throws {
    try await withStore { store in
      try await store.save(.new(10))
      _ = try await store.append(.new(11, .system, "Rules"), to: .new(10))
      _ = try await store.append(.new(12, after: 11, "First"), to: .new(10))
      _ = try await store.append(.new(13, after: 12, "Second"), to: .new(10))
      let summary = try #require(try await store.summaries().first)
      #expect(summary.title == "First")
      #expect(summary.messageCount == 3)
      #expect(summary.updated == Timestamp(milliseconds: 13))
    }
  }

  @Test func `A clock that goes backwards does not age a conversation`() async throws {
    try await withStore { store in
      try await store.insert([.new(1000, saying: "one")])
      _ = try await store.append(.new(5, after: 1001, "early"), to: .new(1000))
      #expect(try await store.summaries().first?.updated == Timestamp(milliseconds: 1001))
    }
  }

  @Test func `A conversation is found by its name, by its number, and as the last`() async throws {
    try await withStore { store in
      await #expect(throws: StoreError.empty) { _ = try await store.last() }
      try await store.insert([.new(10, name: "20", saying: "x"), .new(20, saying: "y")])
      #expect(try await store.identifier(named: "20") == .new(10))
      #expect(try await store.identifier(named: "10") == .new(10))
      #expect(try await store.last() == .new(20))
      await #expect(throws: StoreError.notFound("none")) {
        _ = try await store.identifier(named: "none")
      }
    }
  }

  @Test func `A name belongs to one conversation`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, name: "a", saying: "x"), .new(20, saying: "y")])
      let taken = StoreError.nameTaken("a")
      await #expect(throws: taken) { try await store.rename(.new(20), to: "a") }
      await #expect(throws: taken) { try await store.save(.new(30, name: "a")) }
      try await store.rename(.new(10), to: "b")
      try await store.rename(.new(20), to: "a")
      #expect(try await store.summaries().map(\.title) == ["a", "b"])
      #expect(try await store.freeName(like: "a") == "a 2")
      #expect(try await store.freeName(like: "c") == "c")
      await #expect(throws: StoreError.notFound("5")) { try await store.rename(.new(5), to: "z") }
    }
  }

  @Test func `Inserting is all or nothing`() async throws {
    try await withStore { store in
      let taken = StoreError.nameTaken("a")
      await #expect(throws: taken) {
        try await store.insert([.new(10, name: "a", saying: "x"), .new(20, name: "a", saying: "y")])
      }
      let list = try await store.summaries()
      #expect(list.isEmpty)
      await #expect(throws: StoreError.notFound("10")) { _ = try await store.load(.new(10)) }
    }
  }

  @Test func `A deleted conversation can come back, without a name that was given away`()
    async throws
  {
    try await withStore { store in
      try await store.insert([.new(10, name: "a", saying: "bridge")])
      try await store.delete(.new(10))
      #expect(try await store.summaries().isEmpty)
      await #expect(throws: StoreError.notFound("a")) { _ = try await store.identifier(named: "a") }
      try await store.insert([.new(20, name: "a", saying: "y")])
      try await store.restore(.new(10))
      #expect(try await store.load(.new(10)).name == nil)
      #expect(try await store.summaries().map(\.title) == ["a", "bridge"])
    }
  }

  @Test func `A deleted conversation is gone when the last program has closed`() async throws {
    try await withStoreFolder { folder in
      let first = try openStore(folder)
      try await first.insert([.new(10, saying: "one")])
      let second = try openStore(folder)
      try await first.delete(.new(10))
      try await first.close()
      try await second.restore(.new(10))
      try await second.delete(.new(10))
      try await second.close()
      let third = try openStore(folder)
      await #expect(throws: StoreError.notFound("10")) { try await third.restore(.new(10)) }
    }
  }

  @Test(arguments: [true, false])
  func `A reply that is coming brings back what another program deleted`(isEnd: Bool) async throws {
    try await withStoreFolder { folder in
      let asking = try openStore(folder)
      let conversation = Conversation.new(10, name: "a", saying: "one", "two")
      try await asking.insert([conversation])
      let reply = try #require(conversation.messages.all.last)
      let other = try openStore(folder)
      try await other.delete(.new(10))
      // What comes late of a program that deletes stays deleted.
      try await other.update(reply)
      #expect(try await other.summaries().isEmpty)
      if isEnd {
        try await asking.update(reply)
      } else {
        try await asking.extend(reply.id, by: [PartFragment(ordinal: 0, text: "more")])
      }
      try await other.close()
      try await asking.close()
      let third = try openStore(folder)
      #expect(try await third.summaries().map(\.title) == ["a"])
      try await third.close()
    }
  }

  @Test func `A lost leaf leaves the newest message in use`() async throws {
    try await withStore { store in
      let conversation = Conversation.new(10, saying: "one", "two")
      try await store.insert([conversation])
      var other = Conversation.new(10, saying: "one", "two", "three")
      other.messages.select(leaf: MessageID(rawValue: 13))
      try await store.save(other)
      #expect(try await store.load(.new(10)).messages.leaf == MessageID(rawValue: 12))
    }
  }
}
