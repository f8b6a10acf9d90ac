import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Testing

/// `/add`: examples for the model, without asking for a reply.
@Suite struct AddTests {
  @Test func `Messages of any role are added, stored, and not sent`() throws {
    var chat = Chat()
    let effects =
      chat.enter("/add user What is this?") + chat.enter("/add assistant A walkway.\nOf wood.")
      + chat.enter("/add SYSTEM Be short.")
    #expect(effects.request == nil)
    #expect(
      chat.path == [
        "user: What is this?", "assistant: A walkway.\nOf wood.", "system: Be short.",
      ])
    let stored = effects.storeEffects.filter { if case .append = $0 { true } else { false } }
    #expect(stored.count == 3)
    #expect(chat.says == "Added, and not sent. /send asks for a reply.")
    #expect(chat.line.isEmpty)
  }

  @Test func `A user's message takes the pictures that wait`() {
    var chat = Chat()
    chat.attach(.photo("a"))
    chat.enter("/add user What is this?")
    #expect(
      chat.conversation.messages.path.last?.parts == [
        .picture(.photo("a")), .text("What is this?"),
      ])
    #expect(chat.waiting.isEmpty)
  }

  @Test(arguments: [
    (
      "/add",
      "It is written /add user|system|assistant TEXT, for example /add assistant A wooden walkway."
    ),
    (
      "/add user",
      "It is written /add user|system|assistant TEXT, for example /add assistant A wooden walkway."
    ),
    ("/add robot Hello", "There is no role robot: it is user, system or assistant."),
  ])
  func `A wrong line is given back`(line: String, sentence: String) {
    var chat = Chat()
    chat.enter(line)
    #expect(chat.says == sentence)
    #expect(chat.line == line)
    #expect(chat.path.isEmpty)
  }

  @Test func `While a reply comes nothing is added below it`() throws {
    var chat = Chat()
    try chat.ask("One")
    chat.enter("/add user Two")
    #expect(chat.says == "A reply is still coming: Esc stops it.")
    #expect(chat.line == "/add user Two")
  }
}
