import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Testing

/// `/load` of the conversation that is open: what another program did there meanwhile is seen.
@Suite struct ReopeningTests {
  @Test func `What others wrote below the last message is shown when it is opened again`() {
    var chat = Chat(.of("One"))
    chat.store(.loaded(.of("One", "Two"), at: nil))
    #expect(chat.says == "This conversation is open already.")
    #expect(chat.path == ["user: One", "assistant: Two"])
  }

  @Test func `What another program set is taken over when it is opened again`() throws {
    var chat = Chat(.of("One"))
    var stored = Conversation.of("One")
    stored.model = "theirs"
    stored.provider = "plain"
    stored.instructions = "Be brief."
    stored.parameters.seed = 7
    let effects = chat.store(.loaded(stored, at: nil))
    #expect(effects == [.listModels(provider: "plain")])
    let now = chat.conversation
    #expect(now.model == "theirs" && now.provider == "plain")
    #expect(now.instructions == "Be brief." && now.parameters.seed == 7)
  }

  @Test func `What another program left half written is there when it is opened again`() {
    var chat = Chat(.of("One"))
    var stored = Conversation.of("One")
    stored.draft.text = "Half a thought"
    stored.draft.pictures = [.photo("a.png")]
    chat.store(.loaded(stored, at: nil))
    #expect(chat.line == "Half a thought")
    #expect(chat.waiting == ["a.png"])
    // What is being written here stays; the other's is in the history.
    stored.draft.text = "Another"
    let effects = chat.store(.loaded(stored, at: nil))
    #expect(effects.contains(.composer(.remember("Another"))))
    #expect(chat.line == "Half a thought")
  }

  @Test func `A command that opened what is open does not come back from the store`() {
    var chat = Chat(.of("One"))
    chat.type("/load trip")
    chat.tick()
    let stored = chat.conversation
    #expect(stored.draft.text == "/load trip")
    chat.enter("/load trip")
    chat.tick()
    chat.store(.loaded(stored, at: nil))
    #expect(chat.line == "")
  }

  @Test func `Opening what is open goes on, with what others wrote meanwhile`() throws {
    var chat = Chat()
    let id = try chat.ask("One").id
    chat.reply(.text("Two"))
    var stored = chat.conversation
    stored.messages.update(id) { $0.parts = [.text("T")] }
    stored.messages.append(
      Message(
        id: MessageID(rawValue: 5), parent: nil, role: .user, parts: [.text("Theirs")],
        created: Timestamp(milliseconds: 0)))
    #expect(chat.store(.loaded(stored, at: nil)) == [])
    #expect(chat.says == "This conversation is open already.")
    #expect(chat.path == ["user: One", "assistant: Two"])
    #expect(chat.conversation.messages.count == 3)
    #expect(!chat.state.reply.isIdle)
    let first = chat.conversation.messages.pathIDs[0]
    chat.store(.loaded(stored, at: first))
    #expect(chat.state.transcript.place == .message(first, row: 0))
  }
}
