import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import Testing

@Suite struct SendingTests {
  @Test func `A message is on disk before its request leaves`() throws {
    var chat = Chat()
    let effects = chat.enter("Hello")
    let message = try #require(chat.conversation.messages.path.first)
    #expect(message.parts == [.text("Hello")])
    #expect(
      effects == [
        .composer(.remember("Hello")), .store(.saveConversation(chat.conversation)),
        .store(.append(message, chat.conversation.id)),
      ])
    let request = try #require(chat.written(.committed(message.id)).request)
    #expect(
      request
        == ReplyRequest(
          id: request.id, provider: "openai", model: "gpt-4o", instructions: nil,
          messages: [message], parameters: Parameters()))
    #expect(chat.state.reply.phase == .connecting)
  }

  @Test func `The whole history goes with every request, and what was never set does not`() throws {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/system Be brief.")
    chat.enter("/temperature 0.5")
    let request = try chat.ask("Three")
    #expect(request.messages.map(\.text) == ["One", "Two", "Three"])
    #expect(request.instructions == "Be brief.")
    var parameters = Parameters()
    parameters.temperature = 0.5
    #expect(request.parameters == parameters)
  }

  @Test func `A line with two slashes is a message with one`() throws {
    var chat = Chat()
    #expect(try chat.ask("//etc/hosts is what?").messages.map(\.text) == ["/etc/hosts is what?"])
  }

  @Test func `An empty line sends nothing`() {
    var chat = Chat()
    #expect(chat.enter("   ").withoutWakes == [])
    #expect(chat.conversation.messages.isEmpty)
  }

  @Test func `Pictures may be sent without a word`() throws {
    var chat = Chat()
    chat.attach(.photo())
    #expect(try chat.ask(" ").messages.map(\.parts) == [[.picture(.photo())]])
    #expect(chat.waiting == [])
  }

  @Test func `Nothing is sent while a reply comes, and the text stays`() throws {
    var chat = Chat()
    try chat.ask("One")
    let effects = chat.enter("Two")
    #expect(effects == [.composer(.remember("Two")), .composer(.setText("Two"))])
    #expect(chat.line == "Two")
    #expect(chat.says == "A reply is still coming: Esc stops it, then Enter sends this.")
  }

  @Test func `Nothing is added in another role either while a reply comes`() throws {
    var chat = Chat()
    try chat.ask("One")
    chat.enter("/role assistant")
    chat.enter("Two")
    #expect(chat.line == "Two")
    #expect(chat.path == ["user: One"])
  }

  @Test func `Other roles add to the history and ask for nothing`() throws {
    var chat = Chat()
    chat.enter("/role system")
    #expect(chat.commit(chat.enter("Use metres.")).request == nil)
    chat.enter("/role assistant")
    #expect(chat.commit(chat.enter("I will.")).request == nil)
    chat.enter("/role user")
    #expect(
      try chat.ask("How high?").messages.map(\.role) == [.system, .assistant, .user])
    #expect(chat.path == ["system: Use metres.", "assistant: I will.", "user: How high?"])
  }

  @Test func `Other roles carry no pictures, which wait on`() {
    var chat = Chat()
    chat.attach(.photo())
    chat.enter("/role system")
    chat.enter("  ")
    #expect(chat.says == "The message is empty. Type its text, then press Enter.")
    chat.enter("Use metres.")
    #expect(chat.path == ["system: Use metres."])
    #expect(chat.waiting == ["bridge.jpg"])
    #expect(chat.conversation.draft.pictures == [.photo()])
  }

  @Test func `A user's message waits for the pictures that are still prepared`() throws {
    var chat = Chat()
    chat.enter("/attach a.png")
    // The search alone is waited for as well: nobody types slower than a disk reads.
    chat.enter("What is this?")
    #expect(
      chat.says == "The message goes as soon as its pictures are ready. Esc holds it back.")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["/home/a.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    #expect(chat.line == "What is this?")
    let sent = chat.on(.picture(.prepared(id, .untouched(.photo("a.png")))))
    #expect(chat.line == "")
    #expect(
      chat.commit(sent).request?.messages.map(\.parts)
        == [[.picture(.photo("a.png")), .text("What is this?")]])
  }

  @Test(arguments: ["", "an old draft"])
  func `A message typed while its conversation is being opened goes into that one`(
    draft: String
  ) {
    var chat = Chat()
    chat.on(.engine(.settings(.openingBegan)))
    #expect(chat.commit(chat.enter("Tres")).request == nil)
    #expect(
      chat.says == "The message goes as soon as the conversation is open. Esc holds it back.")
    #expect(chat.line == "Tres")
    var loaded = Conversation.of("Uno", "Dos", id: 2)
    loaded.draft.text = draft
    let request = chat.commit(chat.store(.loaded(loaded, at: nil))).request
    #expect(request?.messages.count == 3)
    #expect(chat.conversation.id == loaded.id)
    #expect(chat.path.prefix(3) == ["user: Uno", "assistant: Dos", "user: Tres"])
    #expect(chat.line == draft)
  }

  @Test func `A message whose conversation cannot be opened stays in the composer`() {
    var chat = Chat()
    chat.on(.engine(.settings(.openingBegan)))
    chat.enter("Tres")
    chat.store(.notFound(say("There is no conversation trip."), of: .load(.name("trip"), at: nil)))
    #expect(chat.line == "Tres")
    #expect(chat.path == [])
    #expect(chat.commit(chat.enter("Tres")).request != nil)
  }

  @Test(arguments: [":q", ":wq", ":x", ":qa!"])
  func `What leaves vim leaves Iris, and is no message`(line: String) {
    var chat = Chat()
    #expect(chat.enter(line).contains(.quit(.asked)))
    #expect(chat.path == [])
    var other = Chat()
    #expect(other.commit(other.enter(" " + line)).request != nil)
  }

  @Test(arguments: ["exit", "Quit", "exit()", "\\q"])
  func `A word that leaves other chats is held back once`(line: String) {
    var chat = Chat()
    #expect(chat.commit(chat.enter(line)).request == nil)
    #expect(chat.says == "Not sent: /quit leaves Iris. Enter again sends “\(line)”.")
    #expect(chat.line == line && chat.notice?.offers == [.quit])
    #expect(chat.commit(chat.enter(line)).request != nil)
    var leaving = Chat()
    leaving.enter(line)
    #expect(leaving.press(.offer1).contains(.quit(.asked)))
  }

  /// A command whose answer changes what the next request carries, or where it goes.
  struct Wait: CustomTestStringConvertible, Sendable {
    let command: String
    let thing: String
    let refusal: String
    let answer: ChatEvent
    let failure: ChatEvent
    var testDescription: String { command }
  }

  static let waits = [
    Wait(
      command: "/library manuals", thing: "the server has told its libraries",
      refusal: "The server is still asked for its libraries: press Enter again in a moment.",
      answer: .program(
        .librariesListed(LibraryList(asked: ["manuals"], missing: nil, names: ["manuals"]))),
      failure: .program(
        .librariesListed(LibraryList(asked: ["manuals"], missing: "manuals", names: ["laws"])))),
    Wait(
      command: "/set response_format list.json", thing: "the schema is read",
      refusal: "The schema is still being read: press Enter again in a moment.",
      answer: .program(.schema(.jsonSchema(name: "list", schema: "{}"))),
      failure: .program(.schemaFailed("There is no file list.json."))),
    Wait(
      command: "/load trip", thing: "the conversation is open",
      refusal: "The conversation is still being opened: press Enter again in a moment.",
      answer: .store(.loaded(.of("Uno", "Dos", id: 2), at: nil)),
      failure: .store(.notFound("There is no trip.", of: .load(.name("trip"), at: nil)))),
  ]

  @Test(arguments: waits)
  func `A message waits for what was asked for before it`(_ row: Wait) throws {
    var chat = Chat()
    chat.enter(row.command)
    #expect(chat.commit(chat.enter("Tres")).request == nil)
    #expect(chat.says == "The message goes as soon as \(row.thing). Esc holds it back.")
    #expect(chat.line == "Tres")
    let request = try #require(chat.commit(chat.on(row.answer)).request)
    #expect(chat.line == "")
    let parameters = chat.state.engine.requestParameters
    let isOther =
      parameters.libraries == ["manuals"] || parameters.responseFormat != nil
      || request.messages.count == 3
    #expect(isOther && chat.path.last == "user: Tres")
  }

  @Test(arguments: waits)
  func `A message whose wait fails stays in the composer, and is not sent`(_ row: Wait) {
    var chat = Chat()
    chat.enter(row.command)
    chat.enter("Tres")
    #expect(chat.commit(chat.on(row.failure)).request == nil)
    #expect(chat.notice?.kind == .error)
    #expect(chat.line == "Tres" && chat.path == [])
    #expect(chat.commit(chat.enter("Tres")).request != nil)
  }

  @Test(arguments: waits)
  func `Esc holds back a message that waits`(_ row: Wait) {
    var chat = Chat()
    chat.enter(row.command)
    chat.enter("Tres")
    chat.press(.cancel)
    #expect(chat.says == "Not sent yet. Enter sends the message.")
    #expect(chat.commit(chat.on(row.answer)).request == nil)
    #expect(chat.line == "Tres")
  }

  @Test(arguments: waits, ["/send", "/retry"])
  func `A reply is not asked for either before that, and the line waits for Enter`(
    _ row: Wait, line: String
  ) {
    var chat = Chat(.of("One", "Two", "Three"))
    chat.enter(row.command)
    #expect(chat.commit(chat.enter(line)).request == nil)
    #expect(chat.says == row.refusal)
    #expect(chat.line == line)
    chat.on(row.failure)
    #expect(chat.enter(line).request != nil)
  }

  @Test func `What is told of a library, its price among it, stays while the message goes`() {
    var chat = Chat()
    chat.enter("/library manuals")
    chat.enter("Tres")
    chat.on(Self.waits[0].answer)
    #expect(chat.says == "The model may search manuals on its server, some $0.0025 a search.")
  }

  @Test func `Esc holds back a message that waits for its pictures`() throws {
    var chat = Chat()
    chat.enter("/attach a.png")
    chat.enter("What is this?")
    chat.press(.cancel)
    #expect(chat.says == "Not sent yet. Enter sends the message.")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["a.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.on(.picture(.prepared(id, .untouched(.photo("a.png")))))
    #expect(chat.conversation.messages.isEmpty)
    #expect(chat.line == "What is this?")
  }

  @Test func `A message that waits for its pictures is sent from behind a page`() throws {
    var chat = Chat()
    chat.enter("/attach a.png")
    chat.on(.picture(.found(request: chat.lastSearch, sources: ["a.png"])))
    let id = try #require(chat.state.pictures.waiting.first?.id)
    chat.enter("What is this?")
    chat.store(.usage([UsageLine.sample]))
    #expect(chat.line == "")
    let sent = chat.on(.picture(.prepared(id, .untouched(.photo("a.png")))))
    #expect(chat.path == ["user: What is this?"])
    #expect(chat.commit(sent).request != nil)
    chat.press(.cancel)
    #expect(chat.line == "")
  }

  @Test func `Without a model the message is kept as unsent`() {
    var chat = Chat()
    chat.enter("/provider plain")
    #expect(chat.commit(chat.enter("Hello")).request == nil)
    #expect(chat.says == "No model is chosen. Choose one with /model NAME or /models, then /send.")
    #expect(chat.state.notice?.offers == [.models])
    #expect(chat.conversation.messages.path.map(\.status) == [.unsent])
    chat.enter("/model llava")
    #expect(chat.state.notice?.offers == [.send])
    #expect(chat.enter("/send").request?.model == "llava")
  }

  @Test func `There is nothing to send in an empty conversation`() {
    var chat = Chat()
    chat.enter("/send")
    #expect(chat.says == "There is nothing to send yet. Type a message and press Enter.")
    chat.enter("/system Tell a story.")
    #expect(chat.enter("/send").request?.instructions == "Tell a story.")
  }

  @Test func `There is nothing to send when all is left out`() {
    var chat = Chat(.of("One", "Two"))
    chat.enter("/forget 1-2")
    #expect(chat.enter("/send").request == nil)
    #expect(
      chat.says == "Every message is left out of requests. /keep N puts one back, then /send.")
  }

  @Test func `Messages that no server answered count as sent with the next one that is`() throws {
    var chat = Chat(.of("One").changing(0) { $0.status = .unsent })
    let request = try chat.ask("Two")
    #expect(request.messages.map(\.status) == [.unsent, .complete])
    #expect(chat.conversation.messages.path.map(\.status) == [.complete, .complete])
    chat.replyFails(ReplyFailure(kind: .unreachable, phrase: "No network."))
    #expect(chat.conversation.messages.path.map(\.status) == [.unsent, .unsent])
  }

  @Test func `A clock that was set back makes no message older than the one it follows`() throws {
    var chat = Chat(.of("One", "Two", id: 1 << 50))
    try chat.exchange("Three", "Four")
    let ids = chat.conversation.messages.pathIDs
    #expect(ids == ids.sorted())
    #expect(Set(ids).count == 4)
  }
}
