import Conversation
import ConversationStore
import Testing

@Suite struct SearchTests {
  /// A query and the messages that it finds, newest first.
  struct Case: CustomTestStringConvertible, Sendable {
    var query: String
    var found: [Int64]
    var testDescription: String { query }
  }

  static let texts = [
    "The Walkway at dawn", "这座桥很长，桥下有水。", "walkway and bridge", "100%_sure \"quoted words\"",
    "Ünïcode ÄPFEL", "a龍b", "go on",
  ]

  @Test(arguments: [
    Case(query: "walkway", found: [13, 11]),
    Case(query: "WALKWAY  dawn", found: [11]),
    Case(query: "bridge walkway", found: [13]),
    Case(query: "桥", found: [12]),
    Case(query: "桥很", found: [12]),
    Case(query: "桥很长", found: [12]),
    Case(query: "很长 水", found: [12]),
    Case(query: "龍", found: [16]),
    Case(query: "äpfel", found: [15]),
    Case(query: "%_", found: [14]),
    Case(query: "Go", found: [17]),
    Case(query: "GO walkway", found: []),
    Case(query: "\"quoted words\"", found: [14]),
    Case(query: "\"words quoted\"", found: []),
    Case(query: "words quoted", found: [14]),
    Case(query: "AND OR NOT *", found: []),
    Case(query: "  ", found: []),
  ])
  func `A search finds every message with all its words`(_ row: Case) async throws {
    try await withStore { store in
      var conversation = Conversation.new(10)
      for (index, text) in Self.texts.enumerated() {
        conversation.messages.append(.new(11 + Int64(index), text))
      }
      try await store.insert([conversation])
      #expect(try await store.search(row.query).map(\.message.rawValue) == row.found)
    }
  }

  @Test func `A hit tells its conversation, its role and the matching line`() async throws {
    try await withStore { store in
      try await store.insert([
        .new(10, name: "trip", saying: "What?", "First line.\nA Bridge over water.\nLast line.")
      ])
      let hit = try #require(try await store.search("bridge").first)
      #expect(hit.conversation.name == "trip")
      #expect(hit.role == .assistant)
      #expect(hit.line == "A Bridge over water.")
    }
  }

  @Test func `A long line is cut around the match`() async throws {
    try await withStore { store in
      let text = String(repeating: "前", count: 100) + "Brücke" + String(repeating: "后", count: 200)
      try await store.insert([.new(10, saying: text)])
      let line = try #require(try await store.search("BRÜCKE").first?.line)
      let before = String(repeating: "前", count: 40)
      let after = String(repeating: "后", count: 114)
      #expect(line == "…\(before)Brücke\(after)…")
    }
  }

  @Test func `What a message no longer says is no longer found`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "old words", "reply")])
      try await store.update(.new(11, "new words"))
      #expect(try await store.search("old").isEmpty)
      #expect(try await store.search("new").count == 1)
      try await store.delete(.new(10))
      #expect(try await store.search("new").isEmpty)
    }
  }

  @Test func `The newest are found where there are more than wanted`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "word", "word", "word")])
      #expect(try await store.search("word", limit: 2).map(\.message.rawValue) == [13, 12])
      #expect(try await store.search("wo", limit: 2).map(\.message.rawValue) == [13, 12])
    }
  }
}
