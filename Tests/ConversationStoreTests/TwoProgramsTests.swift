import Conversation
import ConversationStore
import GRDB
import Testing

@Suite struct TwoProgramsTests {
  /// Two programs, and a conversation of one message that both can open.
  private func openTwo(
    _ folder: String
  ) async throws -> (first: ConversationStore, second: ConversationStore) {
    let first = try openStore(folder)
    try await first.insert([.new(10, saying: "one")])
    return (first, try openStore(folder))
  }

  @Test func `The second to write after a message makes a branch, and both are told`() async throws
  {
    try await withStoreFolder { folder in
      let first = try openStore(folder)
      try await first.insert([.new(10, saying: "one", "two")])
      let second = try openStore(folder)
      _ = try await second.load(.new(10))

      let theirs = Message.new(30, after: 12, "theirs")
      let ours = Message.new(31, after: 12, "ours")
      #expect(try await second.append(theirs, to: .new(10)) == .inLine)
      #expect(try await first.append(ours, to: .new(10)) == .branched([theirs]))
      let next = Message.new(32, after: 30, .assistant, "answer")
      #expect(try await second.append(next, to: .new(10)) == .branched([ours]))

      let tree = try await first.load(.new(10)).messages
      #expect(tree.variants(of: ours.id) == [theirs.id, ours.id])
      #expect(tree.leaf == next.id)
    }
  }

  @Test func `What has been told is not told again`() async throws {
    try await withStoreFolder { folder in
      let (first, second) = try await openTwo(folder)
      _ = try await second.load(.new(10))
      _ = try await second.append(.new(30, after: 11, "theirs"), to: .new(10))
      _ = try await first.append(.new(31, after: 11, "ours"), to: .new(10))
      #expect(try await first.append(.new(32, after: 31, "more"), to: .new(10)) == .inLine)
    }
  }

  @Test func `A variant of one's own is no branch of another`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one", "two")])
      let retried = Message.new(30, after: 11, .assistant, "again")
      #expect(try await store.append(retried, to: .new(10)) == .inLine)
    }
  }

  @Test func `Who writes in a conversation that another program deleted brings it back`()
    async throws
  {
    try await withStoreFolder { folder in
      let first = try openStore(folder)
      try await first.insert([.new(10, name: "trip", saying: "one")])
      let second = try openStore(folder)
      _ = try await second.load(.new(10))
      try await first.delete(.new(10))
      try await first.insert([.new(20, name: "trip", saying: "other")])
      #expect(try await second.append(.new(30, after: 11, "more"), to: .new(10)) == .inLine)
      try await first.close()
      try await second.close()
      let again = try openStore(folder)
      #expect(try await again.load(.new(10)).messages.count == 2)
      #expect(try await again.load(.new(10)).name == nil)
    }
  }

  @Test func `A name that one program gives is not taken back by the other`() async throws {
    try await withStoreFolder { folder in
      let first = try openStore(folder)
      let unnamed = Conversation.new(10, saying: "one")
      try await first.insert([unnamed])
      let second = try openStore(folder)
      try await second.rename(.new(10), to: "trip")
      try await first.save(unnamed)
      let name = try await first.load(.new(10)).name
      #expect(name == "trip")
    }
  }

  @Test func `A program that changed nothing takes back nothing of another's`() async throws {
    try await withStoreFolder { folder in
      let (first, second) = try await openTwo(folder)
      var theirs = try await first.load(.new(10))
      let mine = try await second.load(.new(10))
      _ = try await first.append(.new(30, after: 11, "more"), to: .new(10))
      theirs = try await first.load(.new(10))
      theirs.model = "m"
      theirs.instructions = "Be brief."
      theirs.parameters.seed = 1
      theirs.draft.text = "half a"
      try await first.save(theirs)
      try await second.save(mine)
      #expect(try await first.load(.new(10)) == theirs)
    }
  }

  @Test func `Each program's own changes are written, whatever another wrote beside them`()
    async throws
  {
    try await withStoreFolder { folder in
      let (first, second) = try await openTwo(folder)
      var theirs = try await first.load(.new(10))
      var mine = try await second.load(.new(10))
      theirs.model = "theirs"
      theirs.draft.text = "theirs"
      try await first.save(theirs)
      mine.provider = "mine"
      mine.draft.text = "mine"
      try await second.save(mine)
      let loaded = try await first.load(.new(10))
      #expect(loaded.model == "theirs")
      #expect(loaded.provider == "mine")
      #expect(loaded.draft.text == "mine")
    }
  }

  @Test func `A draft comes back once what another program typed over it is gone`() async throws {
    try await withStoreFolder { folder in
      let (first, second) = try await openTwo(folder)
      var theirs = try await first.load(.new(10))
      var mine = try await second.load(.new(10))
      func draft() async throws -> String {
        try await openStore(folder).load(.new(10)).draft.text
      }
      theirs.draft.text = "half a thought"
      try await first.save(theirs)
      for text in ["/q", "/quit"] {
        mine.draft.text = text
        try await second.save(mine)
        #expect(try await draft() == text)
      }
      mine.draft = Draft()
      try await second.save(mine)
      #expect(try await draft() == "half a thought")
      try await second.save(mine)
      #expect(try await draft() == "half a thought")
      theirs.draft = Draft()
      try await first.save(theirs)
      #expect(try await draft() == "")
    }
  }

  @Test func `A draft comes back also where the conversation was read in the meantime`()
    async throws
  {
    try await withStoreFolder { folder in
      let (first, second) = try await openTwo(folder)
      var theirs = try await first.load(.new(10))
      var mine = try await second.load(.new(10))
      theirs.draft.text = "half a thought"
      try await first.save(theirs)
      mine.draft.text = "/load it"
      try await second.save(mine)
      #expect(try await second.load(.new(10)).draft.text == "/load it")
      mine.draft = Draft()
      try await second.save(mine)
      #expect(try await first.load(.new(10)).draft.text == "half a thought")
      // Read with its draft, which is sent: nothing older comes back.
      mine = try await second.load(.new(10))
      mine.draft = Draft()
      try await second.save(mine)
      #expect(try await first.load(.new(10)).draft.text == "")
    }
  }

  @Test func `The leaf is that of the program that wrote its row last, or what follows it`()
    async throws
  {
    try await withStoreFolder { folder in
      let first = try openStore(folder)
      try await first.insert([.new(10, saying: "one", "two")])
      let second = try openStore(folder)
      var mine = try await second.load(.new(10))
      let theirs = try await first.load(.new(10))
      func leaf() async throws -> Int64? {
        try await openStore(folder).load(.new(10)).messages.leaf?.rawValue
      }
      // A branch: whose row is written last is opened again.
      let own = Message.new(30, after: 12, "mine")
      mine.messages.append(own)
      _ = try await second.append(own, to: .new(10))
      var branch = theirs
      let other = Message.new(31, after: 12, "theirs")
      branch.messages.append(other)
      _ = try await first.append(other, to: .new(10))
      #expect(try await leaf() == 31)
      try await second.save(mine)
      #expect(try await leaf() == 30)
      try await first.save(branch)
      #expect(try await leaf() == 31)
      // What another wrote below the same leaf stays in sight.
      _ = try await second.append(.new(32, after: 31, "more"), to: .new(10))
      try await first.save(branch)
      #expect(try await leaf() == 32)
      // A choice of one's own is written.
      branch.messages.select(leaf: MessageID(rawValue: 12))
      try await first.save(branch)
      #expect(try await leaf() == 12)
    }
  }

  @Test func `The first message of another program stays in sight`() async throws {
    try await withStoreFolder { folder in
      let first = try openStore(folder)
      var mine = Conversation.new(10)
      mine.draft.text = "half a thought"
      try await first.save(mine)
      let second = try openStore(folder)
      _ = try await second.load(.new(10))
      _ = try await second.append(.new(30, after: nil, "theirs"), to: .new(10))
      mine.draft = Draft()
      try await first.save(mine)
      #expect(try await second.load(.new(10)).messages.leaf?.rawValue == 30)
    }
  }

  @Test func `Two programs write at once and lose nothing`() async throws {
    try await withStoreFolder { folder in
      let stores = [try openStore(folder), try openStore(folder)]
      try await stores[0].insert([.new(1_000_000, saying: "start")])
      try await withThrowingTaskGroup(of: Void.self) { group in
        for (number, store) in stores.enumerated() {
          group.addTask {
            for index in 0..<50 {
              let id = Int64(10 + index * 2 + number)
              _ = try await store.append(
                .new(id, after: 1_000_001, "message \(id)"), to: .new(1_000_000))
            }
          }
        }
        try await group.waitForAll()
      }
      #expect(try await stores[1].load(.new(1_000_000)).messages.count == 101)
      #expect(try await stores[1].summaries().first?.messageCount == 101)
    }
  }

  @Test func `A locked database is told, and works again when it is free`() async throws {
    try await withStoreFolder { folder in
      let store = try openStore(folder, patience: .milliseconds(20))
      try await store.insert([.new(10, saying: "one")])
      var configuration = Configuration()
      configuration.allowsUnsafeTransactions = true
      let other = try DatabaseQueue(path: databasePath(folder), configuration: configuration)
      try other.inDatabase { try $0.execute(sql: "BEGIN IMMEDIATE") }
      let error = await #expect(throws: StoreError.self) {
        _ = try await store.append(.new(20, after: 11, "two"), to: .new(10))
      }
      guard case .locked = error else { throw error ?? .empty }
      #expect(try await store.load(.new(10)).messages.count == 1)
      try other.inDatabase { try $0.execute(sql: "COMMIT") }
      #expect(try await store.append(.new(20, after: 11, "two"), to: .new(10)) == .inLine)
    }
  }
}
