import Conversation
import ConversationStore
import Testing

@Suite struct UsageTests {
  /// A reply on the 15th of a month of 2023, so that no time zone moves it to another.
  private func reply(
    _ id: Int64, month: Int64, model: String = "m", _ usage: TokenUsage?
  ) -> Message {
    let january15 = Int64(1_673_784_000_000)
    let created = january15 + (month - 1) * 30 * 86_400_000
    var reply = ReplyDetails(model: model, provider: "p")
    reply.usage = usage
    return Message(
      id: MessageID(rawValue: id), parent: nil, role: .assistant, parts: [.text("x")],
      created: Timestamp(milliseconds: created), reply: reply)
  }

  @Test func `Money is summed reply by reply, and unknown where one price is`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10)
      let usage = TokenUsage(prompt: 10, completion: 1)
      conversation.messages.append(reply(11, month: 1, usage))
      conversation.messages.append(reply(12, month: 1, usage))
      conversation.messages.append(reply(13, month: 1, nil))
      conversation.messages.append(reply(14, month: 1, model: "n", usage))
      conversation.messages.append(reply(15, month: 1, model: "none", nil))
      try await store.insert([conversation])
      let sums = try await store.usage { model, usage in
        model == "n" ? nil : usage.prompt > 10 ? 1000 : 0.25
      }
      #expect(sums.map(\.model) == ["m", "n", "none"])
      #expect(sums.map(\.dollars) == [0.5, nil, nil])
    }
  }

  @Test func `What the server's own tools cost is added, reply by reply`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10)
      let usage = TokenUsage(prompt: 10, completion: 1)
      for (id, count, model) in [(11, 1, "m"), (12, 2, "m"), (13, 0, "m"), (14, 1, "n")] {
        var message = reply(Int64(id), month: 1, model: model, usage)
        for number in 0..<count {
          message.parts.append(
            .hostedCall(HostedToolCall(.webSearch, input: "bridges \(number)", opaque: "{}")))
        }
        conversation.messages.append(message)
      }
      try await store.insert([conversation])
      let sums = try await store.usage(
        dollars: { model, _ in model == "m" ? 1 : nil },
        // Dearer together than alone: all of a reply's are asked for at once.
        toolDollars: { Double($0.count * $0.count) / 4 })
      #expect(sums.map(\.model) == ["m", "n"])
      // A price that is not known stays so.
      #expect(sums.map(\.dollars) == [3 + 0.25 + 1, nil])
      let one = try await store.usage(
        of: conversation.id, dollars: { _, _ in 1 }, toolDollars: { Double($0.count) })
      #expect(one.map(\.dollars) == [6, 2])
    }
  }

  @Test func `An estimate is one when it is read again, and makes its sum one`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10)
      let exact = TokenUsage(prompt: 10, completion: 1)
      let estimate = TokenUsage(prompt: 20, completion: 2, isEstimated: true)
      conversation.messages.append(reply(11, month: 1, exact))
      conversation.messages.append(reply(12, month: 2, estimate))
      conversation.messages.append(reply(13, month: 2, exact))
      try await store.insert([conversation])
      let read = try await store.load(conversation.id).messages.all.map(\.reply?.usage)
      #expect(read == [exact, estimate, exact])
      #expect(try await store.usage().map(\.usage.isEstimated) == [true, false])
    }
  }

  @Test func `Tokens are summed by month, provider and model`() async throws {
    try await withStore { store in
      var first = Conversation.new(10)
      first.messages.append(
        reply(11, month: 1, TokenUsage(prompt: 10, completion: 5, cached: 2, reasoning: 1)))
      first.messages.append(reply(12, month: 1, nil))
      first.messages.append(reply(13, month: 2, TokenUsage(prompt: 1, completion: 1)))
      var second = Conversation.new(20)
      second.messages.append(reply(21, month: 1, TokenUsage(prompt: 30, completion: 3)))
      second.messages.append(
        reply(22, month: 1, model: "n", TokenUsage(prompt: 7, completion: 7)))
      try await store.insert([first, second])

      func sum(
        _ month: String, _ model: String, replies: Int, uncounted: Int = 0, _ usage: TokenUsage
      ) -> UsageSum {
        UsageSum(
          month: month, provider: "p", model: model, replies: replies, uncounted: uncounted,
          usage: usage)
      }
      let february = sum("2023-02", "m", replies: 1, TokenUsage(prompt: 1, completion: 1))
      #expect(
        try await store.usage() == [
          february,
          sum(
            "2023-01", "m", replies: 3, uncounted: 1,
            TokenUsage(prompt: 40, completion: 8, cached: 2, reasoning: 1)),
          sum("2023-01", "n", replies: 1, TokenUsage(prompt: 7, completion: 7)),
        ])
      #expect(
        try await store.usage(of: .new(10)) == [
          february,
          sum(
            "2023-01", "m", replies: 2, uncounted: 1,
            TokenUsage(prompt: 10, completion: 5, cached: 2, reasoning: 1)),
        ])
    }
  }

  @Test func `Pictures of replies are counted, and those of the user's are not`() async throws {
    try await withStore { store in
      var conversation = Conversation.new(10)
      var first = reply(11, month: 1, nil)
      first.parts = [.picture(.stored("aa1")), .picture(.stored("bb2"))]
      var second = reply(12, month: 1, nil)
      second.parts = [.text("Here."), .picture(.stored("cc3"))]
      var asked = Message(
        id: MessageID(rawValue: 13), parent: nil, role: .user, parts: [.picture(.stored("dd4"))],
        created: Timestamp(milliseconds: 1_673_784_000_000))
      asked.parts.append(.text("Look"))
      for message in [first, second, asked] { conversation.messages.append(message) }
      try await store.insert([conversation])
      #expect(try await store.usage().map(\.pictures) == [3])
      #expect(try await store.usage(of: conversation.id).map(\.pictures) == [3])
    }
  }

  @Test func `Messages that are no replies cost nothing`() async throws {
    try await withStore { store in
      try await store.insert([.new(10, saying: "one", "two")])
      #expect(try await store.usage().isEmpty)
    }
  }
}
