import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// `/search ~TEXT`: what is asked for, what it costs, and what becomes of the answer.
@Suite struct MeaningTests {
  private static let hit = SearchHit(
    conversation: ConversationSummary(
      id: ConversationID(rawValue: 7), name: nil, title: "Rivers",
      updated: Timestamp(milliseconds: 0), messageCount: 2, pictureCount: 0, model: nil),
    message: MessageID(rawValue: 9), role: .user, line: "How do I get over the Rhine?")

  @Test func `What is meant is searched for, and the nearest message is opened`() {
    var chat = Chat()
    #expect(
      chat.enter("/search ~ a way across").contains(
        .meaning(.search("a way across", isAllowed: false))))
    chat.on(.meaning(.found(query: "a way across", [Self.hit])))
    #expect(chat.picker?.items.map(\.title) == ["How do I get over the Rhine?"])
    let effects = chat.press(.accept)
    #expect(
      effects.storeEffects == [
        .load(.id(ConversationID(rawValue: 7)), at: MessageID(rawValue: 9))
      ])
  }

  @Test func `A price is asked about once, and nothing is made without a yes`() {
    var chat = Chat()
    chat.enter("/search ~x")
    chat.on(.meaning(.asked(query: "x", "≈1000000 tokens, ≈$0.02.")))
    #expect(chat.question == "≈1000000 tokens, ≈$0.02. Make them?")
    let refused = chat.type("n")
    #expect(!refused.contains(.meaning(.search("x", isAllowed: true))))
    chat.enter("/search ~x")
    chat.on(.meaning(.asked(query: "x", "≈1000000 tokens, ≈$0.02.")))
    #expect(chat.type("y").contains(.meaning(.search("x", isAllowed: true))))
  }

  @Test func `Esc stops it, and what comes late changes nothing`() {
    var chat = Chat()
    chat.enter("/search ~x")
    chat.on(.meaning(.progress(query: "x", done: 500, of: 2000)))
    #expect(chat.says == "Vectors: 500 of 2000. Esc stops.")
    #expect(chat.press(.cancel).contains(.meaning(.stop)))
    chat.on(.meaning(.found(query: "x", [Self.hit])))
    #expect(chat.picker == nil)
  }

  @Test func `A newer search goes before an older one's answer`() {
    var chat = Chat()
    chat.enter("/search ~x")
    chat.enter("/search ~y")
    chat.on(.meaning(.failed(query: "x", "no server")))
    chat.on(.meaning(.found(query: "x", [Self.hit])))
    #expect(chat.picker == nil)
    #expect(chat.state.notice == nil)
    chat.on(.meaning(.failed(query: "y", "no server")))
    #expect(chat.says == "no server")
  }

  @Test func `Without a text it is told how it is called`() {
    var chat = Chat()
    chat.enter("/search ~ ")
    #expect(chat.says?.contains("/search [~]TEXT") == true)
  }
}
