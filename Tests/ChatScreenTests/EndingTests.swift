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
      notice: "The reply reached its limit of tokens. /send lets it go on."),
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

  @Test func `A reply without text whose figures came counts on the screen as well`() throws {
    var chat = Chat()
    try chat.ask("Why?")
    chat.reply(.usage(TokenUsage(prompt: 9, completion: 0)))
    let effects = chat.reply(.finished(.length)).storeEffects
    #expect(effects.contains { if case .count = $0 { true } else { false } })
  }
}
