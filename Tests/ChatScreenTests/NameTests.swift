import ChatSamples
import ChatScreen
import Conversation
import Testing

/// Names that conversations are given.
@Suite struct NameTests {
  @Test func `A name that is too wide for a list is refused, and its line comes back`() {
    var chat = Chat(.of("One"))
    let line = "/rename " + String(repeating: "字", count: 70)
    let effects = chat.enter(line)
    #expect(effects.storeEffects.isEmpty)
    #expect(chat.conversation.name == nil)
    #expect(chat.says == "A name takes at most 120 columns, this one 140. Give it a shorter one.")
    chat.enter("/rename \"  \"")
    #expect(chat.says == "A name needs letters. Give it one, as in /rename walk.")
  }
}
