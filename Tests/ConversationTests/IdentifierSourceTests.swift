import Conversation
import Testing

@Suite struct IdentifierSourceTests {
  @Test func `Identifiers rise, also when the time goes backwards`() {
    var source = IdentifierSource(entropy: 1)
    let ids: [MessageID] = [500, 500, 400, 600].map {
      source.next(at: Timestamp(milliseconds: $0))
    }
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == 4)
    #expect(ids[0].rawValue >> 22 == 500)
    #expect(ids[3].rawValue >> 22 == 600)
  }

  @Test func `Two sources make different identifiers in one millisecond`() {
    var first = IdentifierSource(entropy: 1)
    var second = IdentifierSource(entropy: 2)
    let time = Timestamp(milliseconds: 5)
    let ids: [MessageID] = (0..<100).flatMap { _ in [first.next(at: time), second.next(at: time)] }
    #expect(Set(ids).count == 200)
  }

  @Test func `A renumbered conversation is the same but for its numbers`() {
    var conversation = Conversation(
      id: ConversationID(rawValue: 1), created: Timestamp(milliseconds: 7))
    conversation.name = "n"
    conversation.draft.text = "d"
    conversation.parameters.topP = 0.5
    for (id, parent, text) in [(2, nil, "a"), (3, 2, "b"), (4, 2, "c")] as [(Int64, Int64?, String)]
    {
      var message = Message(
        id: MessageID(rawValue: id), parent: parent.map(MessageID.init(rawValue:)), role: .user,
        parts: [.text(text)], created: Timestamp(milliseconds: 8))
      message.omission = .all
      conversation.messages.append(message)
    }
    conversation.messages.select(leaf: MessageID(rawValue: 4))

    var source = IdentifierSource(entropy: 3)
    let copy = conversation.renumbered(from: &source)
    #expect(copy.id != conversation.id)
    #expect(copy.messages.all.map(\.text) == ["a", "b", "c"])
    #expect(copy.messages.path.map(\.text) == ["a", "c"])
    #expect(copy.messages.variants(of: copy.messages.pathIDs[1]).count == 2)
    #expect(Set(copy.messages.all.map(\.id)).isDisjoint(with: conversation.messages.all.map(\.id)))
    var back = Conversation(id: conversation.id, created: copy.created)
    back.name = copy.name
    back.draft = copy.draft
    back.parameters = copy.parameters
    back.messages = conversation.messages
    #expect(back == conversation)
    #expect(copy.messages.all.allSatisfy { $0.omission == .all })
  }
}

/// Identifiers of what comes from elsewhere.
@Suite struct ForeignIdentifierTests {
  private let time = Timestamp(milliseconds: 1_700_000_000_000)

  /// The identifiers of a conversation and of messages in a row, whose clocks are as given.
  private func identifiers(_ source: String, of name: String, clocks: [Int64]) -> [Int64] {
    var ids = ForeignIdentifiers(source: source)
    var all = [ids.conversation(name, at: time).rawValue]
    var parent: MessageID?
    for (index, clock) in clocks.enumerated() {
      parent = ids.message("\(index)", at: Timestamp(milliseconds: clock), after: parent)
      all.append(parent?.rawValue ?? 0)
    }
    return all
  }

  @Test func `The same names at the same times make the same identifiers`() {
    let clocks: [Int64] = [5, 5, 4, 1_700_000_000_000]
    let first = identifiers("a", of: "x", clocks: clocks)
    #expect(first == identifiers("a", of: "x", clocks: clocks))
    #expect(first != identifiers("b", of: "x", clocks: clocks))
    #expect(first[0] != identifiers("a", of: "y", clocks: clocks)[0])
  }

  @Test func `A message stands behind its parent, whatever the clocks said`() {
    for clocks in [[5, 5, 5], [9, 3, 1], [Int64.max, 0, -5]] {
      let ids = identifiers("a", of: "x", clocks: clocks).dropFirst()
      #expect(zip(ids, ids.dropFirst()).allSatisfy { $0 < $1 }, "\(clocks)")
    }
  }

  @Test func `A hundred thousand messages of one moment have each their own`() {
    var ids = ForeignIdentifiers(source: "a")
    _ = ids.conversation("x", at: time)
    let all = Set((0..<100_000).map { ids.message("\($0)", at: time, after: nil) })
    #expect(all.count == 100_000)
  }
}
