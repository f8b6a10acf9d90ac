import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct ConversationTests {
  // MARK: - New and loaded

  @Test func `A new conversation keeps the model, and begins with the start's settings`() throws {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/model gpt-4o-mini")
    chat.enter("/system Be brief.")
    chat.enter("/temperature 0")
    let old = chat.conversation
    #expect(
      chat.enter("/new").withoutWakes
        == [.composer(.remember("/new")), .store(.saveConversation(old))])
    #expect(chat.conversation.messages.isEmpty)
    #expect(chat.conversation.id != old.id)
    #expect(chat.conversation.model == "gpt-4o-mini")
    #expect(chat.conversation.instructions == nil)
    #expect(chat.conversation.parameters == Parameters())
    #expect(
      chat.says
        == "A new conversation. /list opens the old ones. Parameters and system message are those of the start."
    )
    chat.enter("/new")
    #expect(chat.says == "A new conversation. /list opens the old ones.")
  }

  @Test func `An empty conversation that is left is not stored`() {
    var chat = Chat()
    #expect(chat.enter("/clear").storeEffects == [])
  }

  @Test func `A new conversation stops the reply that comes, and keeps what came`() throws {
    var chat = Chat()
    let id = try chat.ask("One").id
    chat.reply(.text("Tw"))
    let effects = chat.enter("/new")
    #expect(effects.contains(.reply(.cancel(id))))
    #expect(
      chat.says == "The reply was stopped. A new conversation. /list opens the old ones.")
    let kept = effects.storeEffects.compactMap {
      if case .update(let message) = $0 { message } else { nil }
    }
    #expect(kept.map(\.text) == ["Tw"])
    #expect(kept.map(\.status) == [.stopped])
    #expect(chat.on(.reply(id, .text("o"))) == [])
    #expect(chat.conversation.messages.isEmpty)
  }

  @Test func `Pictures that wait go along to a new conversation`() throws {
    var chat = Chat(.of("One"))
    chat.attach(.photo())
    chat.enter("/new")
    #expect(
      chat.says
        == "A new conversation. /list opens the old ones. What waits to be sent comes along.")
    #expect(chat.waiting == ["bridge.jpg"])
    #expect(try chat.ask("What is it?").messages.map(\.pictures) == [[.photo()]])
  }

  @Test func `A command that is being typed is no draft of the conversation that it leaves`() throws
  {
    var chat = Chat(.of("One"))
    chat.type("/ne")
    chat.tick()
    let effects = chat.enter("/new").storeEffects
    guard case .saveConversation(let old)? = effects.first else {
      Issue.record("not saved: \(effects)")
      return
    }
    #expect(old.draft == Draft())
  }

  @Test func `A conversation is opened by its name, a file by its slash or its ending`() {
    var chat = Chat()
    for (typed, effect) in [
      ("trip photos", StoreEffect.load(.name("trip photos"), at: nil)),
      ("\"trip photos\"", .load(.name("trip photos"), at: nil)),
      ("trip.zip", .importFile(path: "trip.zip")), ("./trip", .importFile(path: "./trip")),
      ("../trip", .importFile(path: "../trip")), ("~/t", .importFile(path: "~/t")),
      ("/tmp/my\\ trip", .importFile(path: "/tmp/my trip")),
      ("logs.DB", .importFile(path: "logs.DB")), ("export/", .importFile(path: "export/")),
    ] {
      #expect(chat.enter("/load \(typed)").storeEffects == [effect])
      chat.store(.failed("It is not there.", of: effect))
    }
    chat.store(.notFound("There is no conversation trip.", of: .load(.name("trip"), at: nil)))
    #expect(chat.state.notice == Notice(.error, "There is no conversation trip."))
  }

  @Test func `A conversation that is opened brings its draft and its pictures`() throws {
    var chat = Chat(.of("One"))
    var loaded = Conversation.of("Uno", "Dos", id: 2)
    loaded.draft.text = "Tres?"
    loaded.draft.pictures = [.photo("draft.jpg")]
    chat.attach(.photo("mine.jpg"))
    chat.enter("/load uno")
    chat.type("Typed meanwhile")
    let effects = chat.store(.loaded(loaded, at: nil)).withoutWakes
    #expect(chat.conversation.messages == loaded.messages)
    #expect(chat.line == "Tres?")
    #expect(chat.waiting == ["draft.jpg"])
    var old = Conversation.of("One")
    old.draft.text = "Typed meanwhile"
    old.draft.pictures = [.photo("mine.jpg")]
    #expect(
      effects == [
        .store(.saveConversation(old)), .composer(.remember("Typed meanwhile")),
        .composer(.setText("Tres?")),
      ])
  }

  @Test func `What was typed goes along to a conversation without a draft`() throws {
    var chat = Chat()
    chat.type("Typed while it loaded")
    #expect(chat.store(.loaded(.of("Uno", "Dos", id: 2), at: nil)).storeEffects == [])
    #expect(chat.line == "Typed while it loaded")
    #expect(
      try chat.ask("Typed while it loaded").messages.map(\.text)
        == ["Uno", "Dos", "Typed while it loaded"])
  }

  @Test func `A conversation is opened at the message that a search found`() {
    let loaded = Conversation.of("Uno", "Dos", "Tres", id: 2)
    var chat = Chat()
    let id = loaded.messages.pathIDs[1]
    chat.store(.loaded(loaded, at: id))
    #expect(chat.state.transcript.place == .message(id, row: 0))
  }

  @Test func `A message on another branch is opened on its branch`() {
    var loaded = Conversation.of("Uno", "Dos", id: 2)
    let id = loaded.messages.pathIDs[1]
    loaded.messages.select(leaf: loaded.messages.pathIDs[0])
    var chat = Chat()
    chat.store(.loaded(loaded, at: id))
    #expect(chat.path == ["user: Uno", "assistant: Dos"])
  }

  @Test func `Another server's models are asked for`() {
    var chat = Chat()
    var loaded = Conversation.of("Uno", id: 2)
    loaded.provider = "plain"
    #expect(chat.store(.loaded(loaded, at: nil)).contains(.listModels(provider: "plain")))
  }

  // MARK: - Names

  @Test func `A name is given, and kept by every row that is written from then on`() {
    var chat = Chat(.of("One"))
    let before = chat.conversation
    let effects = chat.enter("/save trip photos").withoutWakes
    #expect(
      effects == [
        .composer(.remember("/save trip photos")), .store(.saveConversation(before)),
        .store(.rename(before.id, "trip photos")),
      ])
    #expect(chat.press(.endOfInput).storeEffects == [.saveConversation(chat.conversation)])
    #expect(chat.conversation.name == "trip photos")
    #expect(chat.store(.named(before.id, "trip photos")) == [.store(.list)])
    #expect(chat.says == "The conversation is called trip photos now.")
    chat.enter("/rename \"walk\"")
    #expect(chat.conversation.name == "walk")
  }

  @Test func `Another conversation's new name is not this one's`() {
    var chat = Chat(.of("One"))
    #expect(chat.store(.named(ConversationID(rawValue: 9), "walk")) == [])
    #expect(chat.conversation.name == nil)
  }

  @Test func `A name that another conversation has is not taken without asking`() {
    var chat = Chat(.of("One"))
    chat.store(.listed([.named("walk", id: 7), .named("walk 2", id: 8)]))
    chat.enter("/save old")
    chat.store(.named(chat.conversation.id, "old"))
    chat.enter("/rename walk")
    #expect(chat.store(.nameTaken("walk")).storeEffects == [.list])
    #expect(chat.conversation.name == "old")
    #expect(chat.question == "Another conversation is called walk. Take the name from it?")
    chat.type("n")
    #expect(chat.says == "Nothing was changed.")
    chat.enter("/rename walk")
    chat.store(.nameTaken("walk"))
    let other = ConversationID(rawValue: 7)
    #expect(
      chat.type("y").storeEffects.filter { if case .rename = $0 { true } else { false } }
        == [.rename(other, "walk 3"), .rename(chat.conversation.id, "walk")])
  }

  @Test func `Without a name /save says that all is stored`() {
    var chat = Chat(.of("One"))
    chat.enter("/save")
    #expect(chat.says == "Everything is stored already. /save NAME gives it a name.")
    chat.enter("/save trip")
    chat.enter("/save")
    #expect(chat.says == "Everything is stored already, as trip.")
  }

  @Test func `A conversation is written to a file`() {
    var chat = Chat(.of("One"))
    for line in ["/export my trip.md", "/save \"my trip.md\"", "/export my\\ trip.md"] {
      #expect(
        chat.enter(line).storeEffects == [
          .export(chat.conversation, path: "my trip.md", isReplacing: false)
        ])
    }
    var empty = Chat()
    empty.enter("/export trip.md")
    #expect(empty.says == "There is nothing to write yet.")
  }

  @Test func `A file that is there is replaced after a question alone`() {
    var chat = Chat(.of("One"))
    chat.enter("/export trip.md")
    let conversation = chat.conversation
    chat.store(.exists(path: "/home/trip.md", conversation))
    #expect(chat.question == "/home/trip.md is there, and not from this conversation. Replace it?")
    #expect(chat.type("n").storeEffects == [])
    chat.store(.exists(path: "/home/trip.md", conversation))
    #expect(
      chat.type("y").storeEffects == [
        .export(conversation, path: "/home/trip.md", isReplacing: true)
      ])
  }

  // MARK: - Reading files

  @Test func `A file is read beside all else, and Esc stops it`() {
    var chat = Chat(.of("One"))
    chat.enter("/load big.json")
    #expect(chat.enter("/load other.json").storeEffects == [])
    #expect(chat.says == "big.json is still being read. Esc stops it.")
    chat.store(.importing(count: 200))
    #expect(chat.state.library.reading?.count == 200)
    #expect(chat.press(.cancel).storeEffects == [.cancelImport])
    let effect = StoreEffect.importFile(path: "big.json")
    chat.store(.failed("The import was stopped. Conversations kept: 200.", of: effect))
    #expect(chat.says == "The import was stopped. Conversations kept: 200.")
    #expect(chat.enter("/load other.json").storeEffects == [.importFile(path: "other.json")])
  }

  @Test func `What was read is opened where nobody has gone on meanwhile`() throws {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/load big.json")
    chat.store(.imported(.of("Uno", "Dos", id: 9), "2 conversations were read."))
    #expect(chat.path == ["user: Uno", "assistant: Dos"])
    #expect(chat.says == "2 conversations were read.")

    chat = Chat(.of("One", "Two"))
    chat.enter("/load big.json")
    try chat.exchange("Three", "Four")
    chat.store(.imported(.of("Uno", "Dos", id: 9), "2 conversations were read."))
    #expect(chat.path.last == "assistant: Four")
    #expect(chat.says == "2 conversations were read. /list opens them.")
    #expect(chat.state.library.reading == nil)
  }

  // MARK: - Deleting

  @Test func `A conversation is deleted after a question, and can come back`() {
    var chat = Chat(.of("One"))
    chat.enter("/delete walk")
    #expect(chat.question == "Delete the conversation “walk”?")
    #expect(chat.type("y").storeEffects == [.delete(.name("walk"))])
    chat.store(.deleted(.named("walk", id: 7)))
    #expect(chat.says == "“walk” is deleted. /undelete brings it back until you quit.")
    #expect(chat.path == ["user: One"])
    #expect(chat.enter("/undelete").storeEffects == [.restore(ConversationID(rawValue: 7))])
    #expect(chat.store(.restored(.named("walk", id: 7))) == [.store(.list)])
    #expect(chat.says == "“walk” is back. /list shows it.")
    chat.enter("/undelete")
    #expect(chat.says == "No conversation was deleted since the start.")
  }

  @Test func `Without a name the open conversation is deleted, and a new one begins`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/delete")
    #expect(chat.question == "Delete the conversation “One”?")
    #expect(chat.type("y").storeEffects == [.delete(.id(chat.conversation.id))])
    chat.store(.deleted(.of(chat.conversation)))
    #expect(chat.conversation.messages.isEmpty)
    #expect(chat.says == "“One” is deleted. /undelete brings it back until you quit.")
  }

  @Test func `What is not stored cannot be deleted, what has no words can`() {
    var chat = Chat()
    chat.enter("/delete")
    #expect(chat.says == "This conversation is not stored yet: there is nothing to delete.")
    chat.enter("/system Be brief.")
    chat.enter("/delete")
    #expect(chat.question == "Delete this conversation?")
  }
}
