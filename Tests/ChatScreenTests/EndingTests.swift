import ChatEngine
import ChatScreen
import Conversation
import Language
import Testing

/// What the screen tells of the end of a reply; the facts themselves are the engine's.
@Suite struct EndingTests {
  struct Reason: CustomTestStringConvertible, Sendable {
    let reason: FinishReason?
    let text: String
    let notice: String?
    var testDescription: String { "\(reason?.rawValue ?? "nil") “\(text)”" }
  }

  @Test(arguments: [
    Reason(reason: .stop, text: "a", notice: nil),
    Reason(
      reason: .length, text: "a",
      notice:
        "The server ended the reply at a limit of its own. /set max_tokens N asks for more, /send lets it go on."
    ),
    Reason(
      reason: .contentFilter, text: "a", notice: "The server's content filter ended the reply."),
    Reason(
      reason: .other("eos_token"), text: "a",
      notice: nil),
    Reason(
      reason: nil, text: "", notice: "The server's reply was empty. /send asks again."),
    Reason(
      reason: .toolCalls, text: "",
      notice: "The model asked for a tool, and none is on. /send asks again."),
    Reason(
      reason: .length, text: "",
      notice: "The reply reached its limit of tokens before its text began. /send asks again."),
    Reason(
      reason: .contentFilter, text: "",
      notice: "The server's content filter left nothing of the reply. /send asks again."),
    Reason(
      reason: .other("abort"), text: "",
      notice: "The server's reply was empty, for the reason “abort”. /send asks again."),
  ])
  func `Why a reply ended is told on the screen and without one`(row: Reason) throws {
    var chat = Chat()
    try chat.ask("Why?")
    if !row.text.isEmpty { chat.commit(chat.reply(.text(row.text))) }
    chat.reply(.finished(row.reason))
    #expect(chat.says == row.notice)
  }

  @Test(arguments: [
    (nil as Int?, "/send asks again.", [Offer.send]),
    (
      9, "/unset max_tokens takes the limit away, /send asks again.",
      [.unset("max_tokens"), .send]
    ),
  ])
  func `A call that the limit cut is told with what leads on`(
    limit: Int?, way: String, offers: [Offer]
  ) throws {
    var chat = Chat()
    if let limit { chat.enter("/set max_tokens \(limit)") }
    try chat.ask("Why?")
    let part = ReplyPart(index: 0, kind: .toolCall(id: "a", name: "time"))
    chat.reply(.partStarted(part))
    chat.reply(.partDelta(part, #"{"zo"#))
    chat.reply(.finished(.length))
    #expect(
      chat.says
        == "The reply reached its limit of tokens in its call of time: it is not made. \(way)")
    #expect(chat.state.notice?.offers == offers)
  }

  @Test func `What cut a reply is told: the limit that was set, the context, or the server`() throws
  {
    func says(_ limit: Int?, total: Int) throws -> (String?, [Offer]?) {
      var chat = Chat()
      chat.conversation.model = "gpt-4"
      if let limit { chat.enter("/set max_tokens \(limit)") }
      try chat.ask("Why?")
      chat.commit(chat.reply(.text("a")))
      chat.reply(.usage(TokenUsage(prompt: TokenCount(total - 5), completion: 5)))
      chat.reply(.finished(.length))
      return (chat.says, chat.state.notice?.offers)
    }
    let asked = try says(5, total: 100)
    #expect(asked.0 == "The reply reached its limit of tokens. /send lets it go on.")
    for limit in [nil, 5000] {
      let full = try says(limit, total: 8192)
      #expect(
        full.0
          == "The reply filled the model's context of 8192 tokens. /context shows what is in it.")
      #expect(full.1 == [.context])
    }
    let own = try says(nil, total: 4096)
    #expect(own.0?.hasPrefix("The server ended the reply at a limit of its own.") == true)
    #expect(own.1 == [.send])
  }

  @Test func `A reply without text whose figures came counts on the screen as well`() throws {
    var chat = Chat()
    try chat.ask("Why?")
    chat.reply(.usage(TokenUsage(prompt: 9, completion: 0)))
    let effects = chat.reply(.finished(.length)).storeEffects
    #expect(effects.contains { if case .count = $0 { true } else { false } })
  }
}
