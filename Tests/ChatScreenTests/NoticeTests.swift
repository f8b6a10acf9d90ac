import ChatEngine
import ChatScreen
import Conversation
import Language
import Testing

/// What is told below the transcript has an end, and is true while it stands there.
@Suite struct NoticeTests {
  @Test func `What only informs goes with the first letter that is typed`() {
    var chat = Chat()
    chat.enter("/temperature 0.5")
    #expect(chat.says == "temperature is 0.5.")
    chat.type("H")
    #expect(chat.says == nil)
  }

  @Test func `What wants an answer stays for the line, and goes with the next`() {
    var chat = Chat()
    chat.notice = Notice(.error, "It failed.", offers: [.models])
    chat.type("Hello")
    #expect(chat.says == "It failed.")
    chat.type("Hello\n")
    #expect(chat.says == nil)
  }

  @Test func `A line that is given back does not end the notice that says why`() {
    var chat = Chat()
    chat.enter("/frobnicate")
    #expect(chat.line == "/frobnicate")
    #expect(chat.says?.hasPrefix("There is no command /frobnicate.") == true)
  }

  @Test func `That Ctrl-C quits is not said any longer than it is true`() {
    var chat = Chat()
    chat.press(.interrupt)
    #expect(chat.says == "Ctrl-C again quits.")
    chat.press(.pageUp)
    #expect(chat.says == nil)
    #expect(chat.press(.interrupt) == [])
  }

  @Test func `What Tab found is taken away by Esc, before anything else is`() throws {
    var chat = Chat()
    try chat.ask("One")
    chat.on(.composer(.candidates(["a", "b"])))
    chat.press(.cancel)
    #expect(chat.state.composer.candidates.isEmpty)
    #expect(!chat.state.reply.isIdle)
    chat.press(.cancel)
    #expect(chat.state.reply.isIdle)
  }

  @Test func `Several things that a server does not take are told together`() throws {
    var chat = Chat()
    try chat.ask("One")
    chat.reply(.adapted("web is left out."))
    chat.reply(.adapted("python is left out."))
    chat.reply(.adapted("python is left out."))
    #expect(chat.says == "web is left out. python is left out.")
    chat.answer("1")
    try chat.ask("Two")
    chat.reply(.adapted("library is left out."))
    #expect(chat.says == "library is left out.")
  }

  @Test func `So are several tools that cannot be used`() {
    var chat = Chat()
    chat.enter("/tools")
    chat.on(.engine(.tool(.listed([], problems: ["One is damaged.", "Two has no description."]))))
    #expect(chat.says == "One is damaged. Two has no description.")
  }

  @Test func `A model that the server does not list is told, and its list is offered`() {
    var chat = Chat()
    chat.on(.server(.models(["gpt-4o", "gpt-4o-mini"])))
    chat.enter("/model gpt-4o-mimi")
    #expect(
      chat.says
        == "The model is gpt-4o-mimi now, which api.openai.com does not list. /models lists what it has."
    )
    #expect(chat.notice?.offers.first == .models)
    chat.enter("/model gpt-4o-mini")
    #expect(chat.notice?.kind == .information)
  }
}
