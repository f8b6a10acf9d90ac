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
}
