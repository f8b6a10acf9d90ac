import Conversation
import ConversationStore
import GRDB
import SampleValues
import SeededNumbers
import Testing

/// What holds of a store whatever the parts of its messages are.
@Suite struct LawTests {
  /// A message of any role and parts that follows `parent`.
  private func message(
    _ id: Int64, after parent: Int64?, _ numbers: inout SeededGenerator
  ) -> Message {
    let roles: [Role] = [.system, .user, .assistant, .tool, .unknown("narrator")]
    return Message(
      id: MessageID(rawValue: id), parent: parent.map(MessageID.init(rawValue:)),
      role: roles.randomElement(using: &numbers) ?? .user, parts: .random(using: &numbers),
      created: Timestamp(milliseconds: id))
  }

  /// The words by which the store finds a message.
  private func words(of parts: [ContentPart]) -> [String] {
    parts.flatMap { part -> [String] in
      switch part {
      case .text(let text): [text]
      case .toolCall(let call): [call.name, call.arguments]
      case .toolResult(let result): words(of: result.parts)
      case .reasoning, .media, .hostedCall, .citations, .drawing, .unknown: []
      }
    }
  }

  @Test(arguments: 0..<UInt64(20))
  func `Messages of all kinds of parts come back as they were stored`(seed: UInt64) async throws {
    var numbers = SeededGenerator(seed: seed)
    try await withStoreFolder { folder in
      let store = try openStore(folder)
      var conversation = Conversation.new(10)
      for id in Int64(11)...30 {
        conversation.messages.append(message(id, after: id > 11 ? id - 1 : nil, &numbers))
      }
      try await store.insert([conversation])
      #expect(try await store.load(.new(10)) == conversation)

      for id in Int64(11)...40 {
        let place = MessageID(rawValue: id)
        if id > 30 {
          let new = message(id, after: id - 1, &numbers)
          conversation.messages.append(new)
          _ = try await store.append(new, to: .new(10))
        }
        guard Bool.random(using: &numbers) else { continue }
        let parts = [ContentPart].random(using: &numbers)
        conversation.messages.update(place) {
          if Bool.random(using: &numbers) { $0.parts += parts } else { $0.parts = parts }
        }
        try await store.update(try #require(conversation.messages[place]))
      }
      #expect(try await store.load(.new(10)).messages.all == conversation.messages.all)
      for word in ["bridge", "桥", "Köln"] {
        let holding = conversation.messages.all.filter { message in
          words(of: message.parts).contains { $0.contains(word) }
        }
        let found = try await store.search(word).map(\.message)
        #expect(found == holding.map(\.id).reversed(), "\(word)")
      }
      #expect(try await store.check { _ in Digest.sample("") }.textIndexFits)
      try await store.close()
      #expect(try await openStore(folder).load(.new(10)).messages.all == conversation.messages.all)
    }
  }

  @Test func `Words that stand in different parts are found together`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10)
      conversation.messages.append(
        Message(
          id: MessageID(rawValue: 11), parent: nil, role: .assistant,
          parts: [
            .text("The bridge"), .reasoning("river"),
            .toolCall(ToolCall(id: "1", name: "look_up", arguments: #"{"q":"ocean"}"#)),
            .toolResult(ToolResult(callID: "1", parts: [.text("a 海洋 of water")])),
          ], created: Timestamp(milliseconds: 11)))
      try await store.insert([conversation])
      for query in ["bridge", "bridge ocean", "bridge 海洋", "海洋", "look_up water bridge"] {
        #expect(try await store.search(query).map(\.message.rawValue) == [11], "\(query)")
      }
      #expect(try await store.search("river").isEmpty)
    }
  }
}
