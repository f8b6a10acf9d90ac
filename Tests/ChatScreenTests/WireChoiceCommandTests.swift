import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// `/api`, and what of a conversation stays behind on the other call.
@Suite struct WireChoiceCommandTests {
  @Test(arguments: [
    (WireChoice.chat, "is asked at /chat/completions. api: in config.yaml keeps that."),
    (.responses, "is asked at /responses. api: in config.yaml keeps that."),
    (.auto, "is asked with the call that it wants, as far as is known."),
  ]) func `The call of the server in use is chosen, and told`(
    choice: WireChoice, words: String
  ) {
    var chat = Chat()
    let server = chat.state.currentProvider
    let effects = chat.enter("/api \(choice.rawValue)")
    #expect(effects.contains(.engine(.chooseCall(choice, provider: server.name))))
    #expect(chat.state.currentProvider.api == choice)
    #expect(chat.says == "\(server.host) \(words)")
  }

  @Test func `Without a word it says what holds, and another word changes nothing`() {
    var chat = Chat()
    chat.enter("/api")
    #expect(chat.says?.contains("the call that it wants") == true)
    chat.enter("/api grpc")
    #expect(chat.says?.contains("/api") == true)
    #expect(chat.state.currentProvider.api == .auto)
  }

  private func conversation(of provider: String) -> Conversation {
    var conversation = Conversation.empty
    let question = Message(
      id: MessageID(rawValue: 1), parent: nil, role: .user, parts: [.text("a")],
      created: Timestamp(milliseconds: 1))
    let reply = Message(
      id: MessageID(rawValue: 2), parent: question.id, role: .assistant,
      parts: [.reasoning(Reasoning(text: "hm", opaque: "{}")), .text("b"), .unknown(json: "{}")],
      created: Timestamp(milliseconds: 2), reply: ReplyDetails(model: "m", provider: provider))
    conversation.messages.append(question)
    conversation.messages.append(reply)
    conversation.messages.select(leaf: reply.id)
    return conversation
  }

  private func context(_ chat: inout Chat) -> [String] {
    chat.enter("/context")
    guard case .page(let page)? = chat.state.overlay else { return [] }
    return page.rows.map { $0.phrase.text() }
  }

  @Test func `/context tells what only another server could read`() {
    let words = "stays here: sealed reasoning of 1 reply, for its server alone"
    let server = Chat().state.currentProvider.name
    var own = Chat(conversation(of: server))
    #expect(!context(&own).contains(words))
    var chosen = Chat(conversation(of: server))
    chosen.enter("/api chat")
    #expect(context(&chosen).contains(words))
    var other = Chat(conversation(of: "elsewhere"))
    let rows = context(&other)
    #expect(rows.contains(words))
    #expect(rows.contains("stays here: 1 part that Iris cannot send"))
  }
}
