import ChatEngine
import Conversation
import Language
import Testing

/// What there is to say of the end of a reply, whatever the face.
@Suite struct ReplyOutcomeTests {
  struct Row: CustomTestStringConvertible, Sendable {
    let reason: FinishReason?
    let hasText: Bool
    let fact: String?
    var testDescription: String { "\(reason?.rawValue ?? "nil"), text: \(hasText)" }
  }

  @Test(arguments: [
    Row(reason: .stop, hasText: true, fact: nil),
    Row(reason: nil, hasText: true, fact: nil),
    Row(reason: .length, hasText: true, fact: "The reply reached its limit of tokens."),
    Row(
      reason: .contentFilter, hasText: true, fact: "The server's content filter ended the reply."),
    Row(
      reason: .other("eos_token"), hasText: true,
      fact: "The server ended the reply for the reason “eos_token”."),
    Row(reason: nil, hasText: false, fact: "The server's reply was empty."),
    Row(reason: .toolCalls, hasText: false, fact: "The model asked for a tool, and none is on."),
    Row(
      reason: .length, hasText: false,
      fact: "The reply reached its limit of tokens before its text began."),
    Row(
      reason: .contentFilter, hasText: false,
      fact: "The server's content filter left nothing of the reply."),
    Row(
      reason: .other("abort"), hasText: false,
      fact: "The server's reply was empty, for the reason “abort”."),
  ])
  func `An ending says why it came, where a whole reply does not speak for itself`(row: Row) {
    #expect(ReplyOutcome.finished(row.reason, hasText: row.hasText).fact?.text() == row.fact)
  }

  @Test func `A user who stopped a reply is not told that he did`() {
    #expect(ReplyOutcome.stopped.fact == nil)
  }
}
