import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import ModelCatalog
import Testing

@Suite struct ContextTests {
  @Test func `What is left out stays in the history and out of requests`() throws {
    var chat = Chat(.of("One", "Two", "Three"))
    #expect(
      chat.enter("/forget 1-2").storeEffects
        == chat.conversation.messages.path.prefix(2).map { .update($0) })
    #expect(chat.says == "Messages 1-2 are left out of requests now. /keep 1-2 undoes it.")
    #expect(chat.conversation.messages.path.map(\.omission) == [.all, .all, .none])
    #expect(chat.enter("/send").request?.messages.map(\.text) == ["Three"])
    chat.press(.cancel)
    chat.enter("/keep 2")
    #expect(chat.says == "Message 2 is sent again.")
    #expect(chat.enter("/send").request?.messages.map(\.text) == ["Two", "Three"])
  }

  @Test func `Only the pictures of a message may be left out`() throws {
    var chat = Chat(.of("One", "Two", "Three").changing(0) { $0.parts.append(.picture(.photo())) })
    chat.enter("/forget 1 pictures")
    #expect(chat.says == "The pictures of message 1 are left out now. /keep 1 undoes it.")
    #expect(chat.enter("/send").request?.messages.map(\.parts).first == [.text("One")])
    chat.press(.cancel)
    chat.enter("/forget 2 pictures")
    #expect(chat.says == "Message 2 has no pictures. /images lists them all.")
    #expect(chat.line == "/forget 2 pictures")
  }

  @Test func `A message that is left out whole stays so when its pictures are named`() {
    var chat = Chat(.of("One").changing(0) { $0.parts.append(.picture(.photo())) })
    chat.enter("/forget 1")
    chat.enter("/forget 1 pictures")
    #expect(chat.conversation.messages.path.map(\.omission) == [.all])
  }

  @Test(arguments: ["0", "4", "2-9", "3-1", "x", "1-", "-", "1-2-3", "99999999999999999999"])
  func `A message that is not there is told`(word: String) {
    var chat = Chat(.of("One", "Two", "Three"))
    for command in ["/forget", "/keep"] {
      chat.enter("\(command) \(word)")
      #expect(chat.says == "There is no message \(word): there are 3.")
      #expect(chat.line == "\(command) \(word)")
    }
  }

  @Test func `What cannot be sent is shown as such`() {
    var chat = Chat(
      .of("One", "Two").changing(1) {
        $0.role = .tool
        $0.parts = [.toolResult(ToolResult(callID: "1", parts: [.text("42")]))]
      })
    chat.enter("/context")
    #expect(chat.page?.rows.first { $0.lead == "2 tool" }?.phrase.text() == "not sent  ← 42")
  }

  @Test func `The next request is shown message by message`() {
    var chat = Chat(
      .of("How high is it?", "Twelve metres.", "And\nlong?").changing(0) {
        $0.parts.append(.picture(.photo("a.jpg")))
      }.changing(1) {
        $0.reply = ReplyDetails(model: "gpt-4o", provider: "openai")
        $0.reply?.usage = TokenUsage(prompt: 800, completion: 9, reasoning: 3)
      }.changing(2) {
        $0.parts.append(.picture(.url()))
        $0.omission = .pictures
      })
    chat.enter("/system Be brief.")
    chat.enter("/forget 2")
    chat.enter("/context")
    #expect(chat.page?.title.text() == "What the next request carries")
    #expect(
      chat.page?.rows.map { [$0.lead, $0.phrase.text()] } == [
        ["system", "≈3 tok  Be brief."], ["1 user", "≈8 tok  15 B  How high is it?"],
        ["", "▦ a.jpg 765 tok, $0.0019"], ["2 assistant", "left out  Twelve metres."],
        ["3 user", "≈7 tok  9 B  And"], ["", "▦ https://example.com/walk.jpg left out"],
        // By the rules 783; of the last request they said 776, and the server counted 800.
        ["", "≈807 tok, 1% of the model's window"],
      ])
    #expect(
      chat.page?.rows.map(\.isDim) == [false, false, false, true, false, true, false])
  }

  @Test func `Where the window is unknown no share is shown, and the server's count is exact`() {
    var chat = Chat(
      .of("One", "Two").changing(1) {
        $0.reply = ReplyDetails(model: "m", provider: "p")
        $0.reply?.usage = TokenUsage(prompt: 800, completion: 1_234, reasoning: 34)
      })
    chat.conversation.model = "llava"
    chat.enter("/context")
    #expect(
      chat.page?.text == ["≈5 tok  3 B  One", "1.2k tok  3 B  Two", "≈1.2k tok"])
  }

  @Test func `A picture whose cost is unknown does not hide the rest`() {
    var chat = Chat(.of("One").changing(0) { $0.parts.append(.picture(.url())) })
    #expect(chat.state.requestTokens == .approximate(5))
    chat.enter("/context")
    #expect(chat.page?.text.contains("▦ https://example.com/walk.jpg tokens unknown") == true)
  }

  @Test(arguments: [
    (0, "0"), (999, "999"), (1_000, "1.0k"), (3_149, "3.1k"), (120_000, "120k"),
    (1_250_000, "1.2M"),
  ])
  func `Token counts are short`(tokens: Int, text: String) {
    #expect(TokenEstimate.short(tokens) == text)
  }

  @Test(arguments: [
    (TokenEstimate.exact(765), "765 tok"), (.approximate(90), "≈90 tok"),
    (.unknown, "tokens unknown"),
  ])
  func `How sure a count is can be seen`(estimate: TokenEstimate, text: String) {
    #expect(estimate.text == text)
  }

  @Test func `Usage is told by month and model, with money where it is known`() {
    var chat = Chat(.of("One", "Two"))
    #expect(
      chat.enter("/usage").withoutWakes
        == [.composer(.remember("/usage")), .store(.usage)])
    chat.store(.usage([]))
    #expect(chat.says == "No server has told what this conversation used yet.")
    var unknown = UsageLine.sample
    unknown.model = "llava"
    unknown.cost = nil
    chat.store(.usage([.sample, unknown]))
    #expect(chat.page?.title.text() == "Tokens and money")
    #expect(chat.page?.rows.map(\.lead) == ["", "2026-11", "2026-11"])
    #expect(
      chat.page?.text == [
        "All conversations",
        "gpt-4o: 2 replies, 1.5M in (500k cached), 20k out, $3.33",
        "llava: 2 replies, 1.5M in (500k cached), 20k out, price unknown",
      ])
  }

  @Test func `What a stopped reply took is estimated, and told to be`() throws {
    var chat = Chat()
    try chat.ask(String(repeating: "word ", count: 400))
    chat.commit(chat.reply(.text(String(repeating: "answer ", count: 100))))
    chat.press(.cancel)
    let usage = try #require(chat.conversation.messages.path.last?.reply?.usage)
    #expect(usage.isEstimated)
    #expect(400...600 ~= usage.prompt.value && 100...250 ~= usage.completion.value)
    chat.enter("/usage")
    chat.store(.usage([]))
    let row = try #require(chat.page?.text.dropFirst().first)
    #expect(row.hasPrefix("gpt-4o: ≈") && row.contains("in, ≈") && row.contains(", ≈$"))
    chat.press(.cancel)
    // What goes on from it adds to its figures, which stay estimates.
    #expect(!chat.enter("/send").isEmpty && !chat.state.reply.isIdle)
    chat.reply(.text("the end"))
    chat.reply(.usage(TokenUsage(prompt: 1_000, completion: 10)))
    chat.reply(.finished(.stop))
    let sum = try #require(chat.conversation.messages.path.last?.reply?.usage)
    #expect(sum.isEstimated && sum.prompt.value == usage.prompt.value + 1_000)
    #expect(sum.completion.value == usage.completion.value + 10)
  }

  @Test func `A reply that was stopped after its server told figures has these`() throws {
    var chat = Chat()
    try chat.ask("One")
    chat.commit(chat.reply(.text("Two")))
    chat.reply(.usage(TokenUsage(prompt: 7, completion: 1)))
    chat.press(.cancel)
    let usage = chat.conversation.messages.path.last?.reply?.usage
    #expect(usage == TokenUsage(prompt: 7, completion: 1))
  }

  @Test func `Usage is told by reply, and of the conversation with its variants`() throws {
    var chat = Chat(.of("One"))
    for text in ["Two", "Zwei"] {
      chat.commit(chat.enter("/retry"))
      chat.commit(chat.reply(.text(text)))
      chat.reply(.usage(TokenUsage(prompt: 1_000, completion: 100, cached: 500)))
      chat.reply(.finished(.stop))
    }
    chat.enter("/usage")
    chat.store(.usage([]))
    let model = try #require(chat.conversation.messages.path.last?.reply?.model)
    let money = try #require(
      ModelCatalog.builtIn.model(named: model)
        .cost(of: TokenUsage(prompt: 1_000, completion: 100, cached: 500)))
    #expect(chat.page?.rows.map(\.lead) == ["", "2", "="])
    #expect(
      chat.page?.text == [
        "This conversation", "\(model): 1.0k in (500 cached), 100 out, \(money)",
        "\(model): 2 replies, 2.0k in (1.0k cached), 200 out, \(money + money)",
      ])
  }
}
