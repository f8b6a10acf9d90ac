import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

/// A reply that ended before its end goes on with `/send`, in the same message.
@Suite struct ContinuationTests {
  /// A conversation whose reply broke off after “Both show”.
  private func brokenOff(_ status: Message.Status = .cutOff) -> Chat {
    Chat(
      .of("What is it?", "Both show").changing(1) {
        $0.status = status
        $0.parts.insert(.reasoning("Let me see."), at: 0)
        $0.reply = .sample
      })
  }

  @Test(arguments: [Message.Status.cutOff, .stopped])
  func `The request ends with a line that asks to go on`(status: Message.Status) throws {
    var chat = brokenOff(status)
    let request = try #require(chat.enter("/send").request)
    #expect(request.id == chat.conversation.messages.leaf)
    #expect(request.messages.dropLast() == chat.conversation.messages.path[...])
    let nudge = try #require(request.messages.last)
    #expect(nudge.role == .user)
    #expect(
      nudge.text == "Go on exactly where your last message ended. Do not repeat any of it.")
    #expect(chat.conversation.messages.count == 2)
  }

  @Test func `What comes is added to the reply that broke off`() throws {
    var chat = brokenOff()
    let id = try #require(chat.enter("/send").request?.id)
    let first = chat.reply(.text(" a"))
    var message = try #require(chat.conversation.messages[id])
    #expect(message.status == .streaming)
    var begun = message
    begun.parts = [.reasoning("Let me see."), .text("Both show")]
    #expect(first == [.store(.update(begun))])
    chat.pass(250)
    #expect(
      chat.reply(.text(" bridge.")) == [
        .store(.extend(id, by: [PartFragment(ordinal: 1, text: " a bridge.")]))
      ])
    chat.reply(.usage(TokenUsage(prompt: 20, completion: 3)))
    chat.pass(750)
    chat.reply(.finished(.stop))
    message = try #require(chat.conversation.messages[id])
    #expect(message.parts == [.reasoning("Let me see."), .text("Both show a bridge.")])
    #expect(message.status == .complete)
    #expect(message.reply?.usage == TokenUsage(prompt: 30, completion: 5))
    #expect(message.reply?.milliseconds == 1_500)
    #expect(message.reasoning == "Let me see.")
    #expect(message.reply?.finishReason == .stop)
    #expect(chat.conversation.messages.count == 2)
  }

  @Test func `A reply that goes on and fails at once is as it was`() throws {
    var chat = brokenOff()
    let before = chat.conversation
    chat.enter("/send")
    #expect(chat.replyFails(.offline).withoutWakes == [])
    #expect(chat.conversation == before)
    #expect(chat.state.notice == Notice(.error, ReplyFailure.offline.phrase, offers: [.send]))
  }

  @Test func `A reply that goes on and is cut off again keeps all that came`() throws {
    var chat = brokenOff()
    chat.enter("/send")
    chat.reply(.text(" a"))
    chat.replyFails(.offline)
    let message = try #require(chat.conversation.messages.path.last)
    #expect(message.text == "Both show a")
    #expect(message.status == .cutOff)
    // What the first request took was told; what this one took is estimated.
    let usage = try #require(message.reply?.usage)
    #expect(usage.isEstimated && usage.prompt > 10 && usage.completion > 2)
  }

  @Test func `A reply that reached its limit goes on as well`() throws {
    var chat = Chat(
      .of("One", "Two").changing(1) { message in
        message.reply = .sample
        message.reply?.finishReason = .length
      })
    #expect(chat.enter("/send").request?.messages.count == 3)
  }

  @Test func `A whole reply is answered as the history stands`() throws {
    var chat = Chat(.of("One", "Two"))
    let request = try #require(chat.enter("/send").request)
    #expect(request.messages.map(\.text) == ["One", "Two"])
    chat.answer("Three")
    #expect(chat.path == ["user: One", "assistant: Two", "assistant: Three"])
  }

  @Test func `A message after a reply that broke off is an ordinary one`() throws {
    var chat = brokenOff()
    #expect(
      try chat.ask("And now?").messages.map(\.text) == ["What is it?", "Both show", "And now?"])
  }

  @Test func `What /send would add is seen in /context`() throws {
    var chat = brokenOff()
    chat.enter("/context")
    guard case .page(let page) = chat.state.overlay else {
      Issue.record("no page")
      return
    }
    #expect(
      page.rows.contains(
        Page.Row("user", say("(by /send: a line that asks the model to go on)"))))
  }
}

extension ReplyDetails {
  /// What was told of a reply of 750 ms.
  fileprivate static let sample: Self = {
    var details = ReplyDetails(model: "gpt-4o", provider: "openai")
    details.usage = TokenUsage(prompt: 10, completion: 2)
    details.milliseconds = 500
    return details
  }()
}
