import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct ComposerTests {
  // MARK: - Drafts

  @Test func `What is typed is stored as a draft, at most every quarter of a second`() {
    var chat = Chat(.of("One"))
    chat.pass(1_000)
    #expect(chat.type("H") == [.wake(after: 250)])
    #expect(chat.type("He") == [])
    let saved = chat.tick()
    #expect(chat.conversation.draft.text == "He")
    #expect(saved == [.store(.saveConversation(chat.conversation))])
    #expect(chat.tick() == [])
    chat.type("Hel")
    chat.pass(-200)
    #expect(chat.on(.clock).storeEffects == [])
    #expect(chat.tick(after: 200).storeEffects == [.saveConversation(chat.conversation)])
    #expect(chat.conversation.draft.text == "Hel")
  }

  @Test func `A new conversation is stored with its first words, not before`() {
    var chat = Chat()
    #expect(chat.tick() == [])
    chat.type("H")
    #expect(chat.tick().storeEffects == [.saveConversation(chat.conversation)])
    chat.type("")
    #expect(chat.tick().storeEffects == [.saveConversation(chat.conversation)])
    #expect(chat.conversation.draft == Draft())
  }

  @Test func `Pictures that wait are in the draft, also while they are fitted again`() throws {
    var chat = Chat(.of("One"))
    chat.attach(.photo("a"))
    chat.enter("/detail low 1")
    chat.tick()
    #expect(chat.conversation.draft.pictures == [.photo("a", .low)])
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.on(.picture(.prepared(id, .fitted(.photo("a", .low)))))
    chat.enter("/detach")
    chat.tick()
    #expect(chat.conversation.draft.pictures == [])
  }

  @Test func `A message that is sent leaves no draft`() throws {
    var chat = Chat()
    chat.type("Hello")
    chat.tick()
    try chat.ask("Hello")
    #expect(chat.conversation.draft == Draft())
  }

  @Test func `A cursor that moves is no change of the draft`() {
    var chat = Chat(.of("One"))
    chat.type("Hello")
    chat.tick()
    #expect(chat.on(.composer(.changed(ComposerSnapshot(text: "Hello", cursor: 1)))) == [])
    #expect(chat.state.composer.line.cursor == 1)
    #expect(!chat.state.engine.persistence.draftIsDirty)
  }

  // MARK: - The line

  @Test func `Candidates are shown until the text changes`() {
    var chat = Chat()
    chat.type("/mo")
    chat.on(.composer(.candidates(["/model", "/models"])))
    #expect(chat.state.composer.candidates == ["/model", "/models"])
    chat.type("/mod")
    #expect(chat.state.composer.candidates == [])
  }

  @Test func `The editor's text comes back without its last line break`() {
    var chat = Chat()
    chat.on(.composer(.edited("One\nTwo\n")))
    #expect(chat.line == "One\nTwo")
    chat.on(.composer(.editorFailed(saved: nil)))
    #expect(chat.line == "One\nTwo")
    #expect(chat.says == "The editor ended with an error; the text is as it was. Check $EDITOR.")
  }

  @Test func `What an editor had saved before it failed is in the history`() {
    var chat = Chat()
    chat.type("One")
    chat.press(.editor)
    #expect(
      chat.on(.composer(.editorFailed(saved: "One, and a long day's work\n")))
        == [.composer(.remember("One, and a long day's work"))])
    #expect(chat.line == "One")
    #expect(
      chat.says == "The editor failed; the text is as it was. Up brings back what it had saved.")
  }

  @Test(arguments: [nil, "", "One", "One\n", " \n"])
  func `Where nothing was saved nothing is kept`(saved: String?) {
    var chat = Chat()
    chat.type("One")
    chat.press(.editor)
    #expect(chat.on(.composer(.editorFailed(saved: saved))) == [])
    #expect(chat.line == "One")
    #expect(chat.says == "The editor ended with an error; the text is as it was. Check $EDITOR.")
  }

  @Test func `A message that waits does not go while it is in the editor`() throws {
    var chat = Chat()
    chat.enter("/attach a.png")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["a.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.enter("What is this?")
    #expect(chat.press(.editor).contains(.terminal(.edit("What is this?"))))
    chat.on(.picture(.prepared(id, .untouched(.photo("a.png")))))
    #expect(chat.path == [])
    chat.on(.composer(.edited("What is that?\n")))
    #expect(chat.line == "What is that?")
  }

  @Test func `A question that comes up is not answered by the editor's text`() {
    var chat = Chat()
    chat.type("yes")
    chat.press(.editor)
    chat.store(.nameTaken("walk"))
    chat.on(.composer(.edited("yes, and no\n")))
    #expect(chat.question == "Another conversation is called walk. Take the name from it?")
    chat.press(.cancel)
    #expect(chat.line == "yes, and no")
  }

  @Test func `What came into the composer beside the editor is in the history`() {
    var chat = Chat()
    chat.type("One")
    chat.press(.editor)
    var loaded = Conversation.of("Uno", id: 2)
    loaded.draft.text = "Half a thought"
    chat.store(.loaded(loaded, at: nil))
    let effects = chat.on(.composer(.edited("One and two\n")))
    #expect(effects.contains(.composer(.remember("Half a thought"))))
    #expect(chat.line == "One and two")
  }

  @Test func `Ctrl-C clears the line into the history, and twice on an empty line quits`() {
    var chat = Chat()
    chat.type("Hello")
    #expect(
      chat.press(.interrupt).withoutWakes
        == [.composer(.remember("Hello")), .composer(.setText(""))])
    #expect(chat.press(.interrupt) == [])
    #expect(chat.says == "Ctrl-C again quits.")
    #expect(chat.press(.interrupt).last == .quit(.asked))
  }

  @Test(arguments: [KeyAction.cancel, .lineUp, .redraw])
  func `Another key between makes the first Ctrl-C forgotten`(key: KeyAction) {
    var chat = Chat()
    chat.press(.interrupt)
    chat.press(key)
    #expect(chat.press(.interrupt) == [])
    chat.type("x")
    chat.type("")
    #expect(chat.press(.interrupt) == [])
  }

  @Test func `Ctrl-C holds a message back that waits, then stops its pictures`() {
    var chat = Chat()
    chat.enter("/attach a")
    chat.enter("What is it?")
    chat.press(.interrupt)
    #expect(chat.says == "Not sent yet. Enter sends the message.")
    chat.press(.interrupt)
    #expect(chat.says == "Stopped. Pictures that were not ready are not attached.")
    #expect(chat.line == "What is it?")
  }

  // MARK: - Leaving

  struct Way: CustomTestStringConvertible, Sendable {
    let name: String
    let event: ChatEvent
    let reason: QuitReason
    var testDescription: String { name }
  }

  @Test(arguments: [
    Way(name: "Ctrl-D", event: .key(.endOfInput), reason: .asked),
    Way(name: "/quit", event: .composer(.accepted("/quit")), reason: .asked),
    Way(name: "/exit", event: .composer(.accepted("/exit")), reason: .asked),
    Way(name: "/q", event: .composer(.accepted("/q")), reason: .asked),
    Way(name: "hangup", event: .terminal(.hungUp), reason: .hungUp),
    Way(name: "SIGTERM", event: .terminal(.terminated), reason: .terminated),
  ])
  func `Leaving stores what came and what waits`(_ way: Way) throws {
    var chat = Chat()
    chat.attach(.photo("a"))
    chat.enter("/attach b")
    chat.enter("/detach")
    chat.press(.cancel)
    let id = try chat.ask("One").id
    chat.reply(.text("Tw"))
    chat.attach(.photo("next"))
    let effects = chat.on(way.event)
    #expect(effects.last == .quit(way.reason))
    #expect(effects.contains(.reply(.cancel(id))))
    #expect(chat.conversation.draft.pictures == [.photo("next")])
    let message = try #require(chat.conversation.messages[id])
    #expect(message.text == "Tw")
    #expect(effects.storeEffects == [.update(message), .saveConversation(chat.conversation)])
  }

  @Test func `A signal keeps the text that was being typed, also behind a list`() {
    var chat = Chat()
    chat.type("Draft")
    chat.store(.usage([.sample]))
    let effects = chat.on(.terminal(.terminated))
    #expect(chat.conversation.draft.text == "Draft")
    #expect(effects == [.store(.saveConversation(chat.conversation)), .quit(.terminated)])
  }

  @Test func `An empty conversation is left without a trace`() {
    var chat = Chat()
    #expect(chat.press(.endOfInput) == [.quit(.asked)])
  }
}
