import ChatEngine
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct ReplyTests {
  @Test func `A reply grows with its deltas and is stored when it ends`() throws {
    var chat = Chat()
    let request = try chat.ask("Hello")
    let details = ReplyDetails(model: "gpt-4o", provider: "openai")
    let born = Message(
      id: request.id, parent: chat.conversation.messages.leaf, role: .assistant, parts: [],
      created: chat.moment.timestamp, status: .streaming, reply: details)
    #expect(chat.reply(.text("Good ")) == [.store(.append(born, chat.conversation.id))])
    #expect(chat.reply(.text("day.")) == [])
    chat.reply(.usage(TokenUsage(prompt: 9, completion: 2)))
    chat.pass(30)
    var whole = born
    whole.parts = [.text("Good day.")]
    whole.status = .complete
    whole.reply?.finishReason = .stop
    whole.reply?.usage = TokenUsage(prompt: 9, completion: 2)
    whole.reply?.milliseconds = 30
    #expect(chat.reply(.finished(.stop)) == [.store(.update(whole))])
    #expect(chat.conversation.messages.path.last == whole)
    #expect(chat.state.reply.isIdle)
    #expect(chat.says == nil)
  }

  @Test func `The reply's text goes to the store every quarter of a second, no more often`() throws
  {
    var chat = Chat()
    let id = try chat.ask("Hello").id
    chat.tick()
    chat.commit(chat.reply(.text("a")))
    chat.pass(249)
    #expect(chat.reply(.text("b")) == [])
    chat.pass(1)
    #expect(
      chat.reply(.text("c")) == [.store(.extend(id, by: [PartFragment(ordinal: 0, text: "abc")]))])
    chat.pass(100)
    #expect(chat.reply(.reasoning("hm")) == [])
    #expect(
      chat.tick(after: 150)
        == [
          .store(.extend(id, by: [PartFragment(ordinal: 1, kind: .reasoning, text: "hm")])),
          .wake(after: 250),
        ])
    #expect(chat.tick() == [.wake(after: 250)])
  }

  @Test func `Ten thousand deltas in a second make five writes`() throws {
    var chat = Chat()
    let effects = try chat.ask("Hello").id
    var writes = 0
    for index in 0..<10_000 {
      if index.isMultiple(of: 10) { chat.pass(1) }
      writes += chat.reply(.text("x")).storeEffects.count
    }
    #expect(effects == chat.state.reply.id)
    #expect(writes == 4)
    #expect(chat.reply(.finished(nil)).storeEffects.count == 1)
    #expect(chat.conversation.messages.path.last?.text.count == 10_000)
  }

  @Test func `What comes late of a stopped reply is not taken for the next one's`() throws {
    var chat = Chat()
    let stopped = try chat.ask("One").id
    chat.press(.cancel)
    try chat.ask("Two")
    #expect(chat.on(.reply(stopped, .text("too late"))) == [])
    #expect(chat.on(.replyFailed(stopped, .offline)) == [])
    chat.answer("In time")
    #expect(chat.path.last == "assistant: In time")
  }

  @Test func `What is going on is known at every moment`() throws {
    var chat = Chat()
    chat.enter("Hello")
    guard case .committing = chat.state.reply.phase else {
      Issue.record("not committing: \(chat.state.reply.phase)")
      return
    }
    chat.written(.committed(try #require(chat.conversation.messages.leaf)))
    #expect(chat.state.reply.phase == .connecting)
    chat.reply(.waiting)
    #expect(chat.state.reply.phase == .waiting)
    chat.reply(.retrying(attempt: 1, after: .seconds(2), because: "Too many requests."))
    #expect(
      chat.state.reply.phase == .retrying(deadline: chat.now + 2_000, because: "Too many requests.")
    )
    chat.reply(.connecting)
    #expect(chat.state.reply.phase == .connecting)
    chat.reply(.text("Hi"))
    #expect(chat.state.reply.phase == .streaming)
    chat.pass(1_000)
    chat.reply(.text(" there"))
    #expect(chat.state.reply.elapsed == 1_000)
    #expect(chat.state.reply.tokensPerSecond == 2)
    chat.pass(1_000)
    chat.reply(.text(", how are you?", pieces: 8))
    #expect(chat.state.reply.tokensPerSecond == 5)
  }

  @Test(arguments: [KeyAction.cancel, .interrupt])
  func `A key stops the reply, and what came stays`(key: KeyAction) throws {
    var chat = Chat()
    let id = try chat.ask("Hello").id
    chat.reply(.text("Good"))
    let effects = chat.press(key)
    let message = try #require(chat.conversation.messages[id])
    #expect(message.status == .stopped)
    #expect(message.text == "Good")
    #expect(effects == [.reply(.cancel(id)), .store(.update(message))])
    #expect(chat.says == "Stopped. /send lets it go on, /retry asks again.")
    #expect(chat.on(.reply(id, .text(" day"))) == [])
    #expect(chat.conversation.messages[id]?.text == "Good")
  }

  @Test func `A reply that is stopped before its first text leaves the question unsent`() throws {
    var chat = Chat()
    let id = try chat.ask("Hello").id
    let effects = chat.press(.cancel)
    let message = try #require(chat.conversation.messages.path.first)
    #expect(message.status == .unsent)
    #expect(effects == [.reply(.cancel(id)), .store(.update(message))])
    #expect(chat.says == "Stopped before any text came. /send asks again.")
    let request = try #require(chat.enter("/send").request)
    #expect(request.messages.map(\.text) == ["Hello"])
    #expect(chat.conversation.messages.path.map(\.status) == [.complete])
  }

  @Test func `A reply that breaks off keeps its text and offers to go on`() throws {
    var chat = Chat()
    let id = try chat.ask("Hello").id
    chat.reply(.text("Good"))
    let effects = chat.replyFails(ReplyFailure(kind: .cutOff, phrase: "It broke off."))
    let message = try #require(chat.conversation.messages[id])
    #expect(message.status == .cutOff)
    #expect(message.text == "Good")
    #expect(effects == [.store(.update(message))])
    #expect(
      chat.state.notice == Notice(.error, "It broke off.", offers: [.send, .retry]))
  }

  @Test func `What turns out to be reasoning leaves the answer, in the store too`() throws {
    var chat = Chat()
    let id = try chat.ask("Hello").id
    chat.reply(.text("Hm, so"))
    let effects = chat.reply(.reclassified(isReasoning: true))
    #expect(effects == [.store(.update(try #require(chat.conversation.messages[id])))])
    chat.reply(.text("Good"))
    let message = try #require(chat.conversation.messages[id])
    #expect(message.text == "Good")
    #expect(message.reasoning == "Hm, so")
  }

  @Test func `What was taken for reasoning and is the answer becomes its text`() throws {
    var chat = Chat()
    let id = try chat.ask("Hello").id
    chat.reply(.reasoning("Good"))
    chat.reply(.reclassified(isReasoning: false))
    let message = try #require(chat.conversation.messages[id])
    #expect(message.text == "Good")
    #expect(message.reasoning == "")
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let kind: ReplyFailure.Kind
    let offers: [Offer]
    var testDescription: String { "\(kind): \(offers)" }
  }

  @Test(arguments: [
    Case(kind: .keyRefused, offers: [.key, .provider(nil)]),
    Case(kind: .modelUnknown, offers: [.models]),
    Case(kind: .unreachable, offers: [.send]), Case(kind: .cutOff, offers: [.send]),
    Case(kind: .other, offers: [.send]), Case(kind: .contextTooLong, offers: [.context]),
    Case(kind: .pictureRefused(index: nil), offers: [.models]),
    Case(kind: .replyLimitTooHigh, offers: [.unset("max_tokens")]),
    Case(kind: .turnsRefused, offers: [.send, .undo]),
  ])
  func `A request that fails leaves the question unsent and says what helps`(_ row: Case) throws {
    var chat = Chat()
    try chat.ask("Hello")
    chat.replyFails(ReplyFailure(kind: row.kind, phrase: "It failed."))
    #expect(chat.state.notice == Notice(.error, "It failed.", offers: row.offers))
    #expect(chat.conversation.messages.path.map(\.status) == [.unsent])
    #expect(chat.state.reply.isIdle)
  }

  @Test func `A reply of thoughts alone is told as what it is, and stays`() throws {
    var chat = Chat()
    try chat.ask("Hello")
    chat.reply(.partDelta(ReplyPart(index: 0, kind: .reasoning), "Hello there."))
    chat.reply(.finished(.stop))
    #expect(
      chat.says == "The model wrote its thoughts alone, and no answer. /retry asks again.")
    #expect(chat.conversation.messages.path.last?.reasoning == "Hello there.")
  }

  @Test func `An empty reply is told, and the question is unsent`() throws {
    var chat = Chat()
    try chat.ask("Hello")
    chat.reply(.finished(.stop))
    #expect(chat.says == "The server's reply was empty. /send asks again.")
    #expect(chat.state.notice?.offers == [.send])
    #expect(chat.conversation.messages.path.map(\.status) == [.unsent])
  }

  struct Ending: CustomTestStringConvertible, Sendable {
    let reason: FinishReason?
    let says: String?
    var offers: [Offer] = []
    var testDescription: String { reason?.rawValue ?? "none" }
  }

  @Test(arguments: [
    Ending(reason: .stop, says: nil), Ending(reason: nil, says: nil),
    Ending(reason: .other("eos"), says: nil),
    Ending(
      reason: .length,
      says:
        "The server ended the reply at a limit of its own. /set max_tokens N asks for more, /send lets it go on.",
      offers: [.send]),
    Ending(reason: .contentFilter, says: "The server's content filter ended the reply."),
    Ending(
      reason: .toolCalls, says: "The model asked for a tool, and none is on. /retry asks again."),
  ])
  func `Why a reply ended is kept, and told where it matters`(_ row: Ending) throws {
    var chat = Chat()
    try chat.ask("Hello")
    chat.reply(.text("Good"))
    chat.reply(.finished(row.reason))
    #expect(chat.says == row.says)
    #expect(chat.state.notice?.offers ?? [] == row.offers)
    #expect(chat.conversation.messages.path.last?.reply?.finishReason == row.reason)
    #expect(chat.conversation.messages.path.last?.status == .complete)
  }

  @Test func `A refusal is text that is marked as one`() throws {
    var chat = Chat()
    try chat.ask("Hello")
    chat.reply(.refusal("I cannot"))
    chat.reply(.refusal(" say."))
    chat.reply(.finished(.stop))
    let reply = try #require(chat.conversation.messages.path.last)
    #expect(reply.text == "I cannot say.")
    #expect(reply.reply?.isRefusal == true)
  }

  @Test func `Reasoning is kept apart from the answer`() throws {
    var chat = Chat()
    try chat.ask("Hello")
    chat.reply(.reasoning("Let me "))
    chat.reply(.reasoning("see."))
    chat.reply(.text("Hi."))
    chat.reply(.finished(.stop))
    let reply = try #require(chat.conversation.messages.path.last)
    #expect(reply.parts == [.reasoning("Let me see."), .text("Hi.")])
    #expect(reply.text == "Hi.")
  }

  @Test func `A parameter that is left out is told`() throws {
    var chat = Chat()
    try chat.ask("Hello")
    chat.reply(.adapted("gpt-5 takes no temperature: it is left out."))
    #expect(chat.says == "gpt-5 takes no temperature: it is left out.")
  }

  @Test func `A server that changed under a fixed seed is told`() throws {
    var chat = Chat()
    chat.enter("/set seed 7")
    try chat.ask("One")
    chat.reply(.fingerprint("fp_1"))
    chat.answer("Two")
    chat.notice = nil
    try chat.ask("Three")
    chat.reply(.fingerprint("fp_2"))
    #expect(
      chat.says == "The server changed (fp_1 to fp_2): the same seed may answer otherwise.")
    chat.reply(.text("Four"))
    chat.reply(.finished(.stop))
    #expect(chat.conversation.messages.path.last?.reply?.systemFingerprint == "fp_2")
  }

  @Test func `Without a seed a changed server is no news`() throws {
    var chat = Chat()
    try chat.ask("One")
    chat.reply(.fingerprint("fp_1"))
    chat.answer("Two")
    try chat.ask("Three")
    chat.reply(.fingerprint("fp_2"))
    #expect(chat.says == nil)
  }

  @Test func `A reply that was given up is not listened to`() throws {
    var chat = Chat()
    let id = try chat.ask("Hello").id
    chat.press(.cancel)
    let before = chat.state.conversation
    for event in [ReplyEvent.text("late"), .finished(.stop), .usage(.none)] {
      #expect(chat.on(.reply(id, event)) == [])
    }
    #expect(chat.on(.replyFailed(id, .offline)) == [])
    #expect(chat.state.conversation == before)
  }

  @Test func `One wake-up is under way at most, whatever starts and ends`() throws {
    var chat = Chat()
    var under = 0
    func count(_ effects: [ChatEffect]) {
      under += effects.count { if case .engine(.wake) = $0 { true } else { false } }
      #expect(under <= 1)
    }
    for _ in 0..<3 {
      count(chat.type("H"))
      count(chat.enter("Hello"))
      let last = try #require(chat.conversation.messages.path.last)
      count(chat.written(.committed(last.id)))
      count(chat.replyFails(.offline))
      under -= 1
      count(chat.tick())
    }
  }
}

extension TokenUsage {
  fileprivate static let none = TokenUsage(prompt: 0, completion: 0)
}
