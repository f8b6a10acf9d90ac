import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Language
import SampleValues
import Testing

/// `/web`, `/python`, and the files that came of it.
@Suite struct ServerToolCommandTests {
  @Test(arguments: [
    ("/web on", "The model may search the web on its server, some $0.01 a search."),
    (
      "/web cached",
      "The model may search what its server holds of the web already, some $0.01 a search."
    ),
    ("/web off", "The model searches nothing."),
    (
      "/python on",
      "The model may run Python on its server, some $0.03 for 20 minutes; files are kept here."
    ),
    ("/python off", "The model runs no Python on its server."),
    ("/library off", "The model searches no library."),
    (
      "/pictures on",
      "The model may make pictures in its replies, each by gpt-image-2.6-flare low: ≈$0.021."
    ),
    ("/pictures off", "The model makes no pictures in its replies."),
  ]) func `What is offered, and its price, is said`(line: String, words: String) {
    var chat = Chat()
    chat.enter(line)
    #expect(chat.says == words)
  }

  @Test func `Nothing is offered before it was named`() {
    var chat = Chat()
    #expect(chat.state.engine.requestParameters.serverToolNames == [])
    chat.enter("/web cached")
    chat.enter("/python on")
    #expect(chat.state.engine.requestParameters.web == .cached)
    #expect(chat.state.engine.requestParameters.serverToolNames == ["web", "python"])
    chat.enter("/web off")
    #expect(chat.state.engine.requestParameters.serverToolNames == ["python"])
    chat.enter("/library manuals")
    // The server has not said yet that it has such a one.
    #expect(chat.state.engine.requestParameters.serverToolNames == ["python"])
    chat.find(["manuals"])
    #expect(chat.state.engine.requestParameters.serverToolNames == ["python", "library"])
    #expect(chat.state.engine.requestParameters.libraries == ["manuals"])
    chat.enter("/library off")
    #expect(chat.state.engine.requestParameters.serverToolNames == ["python"])
    chat.enter("/python maybe")
    #expect(chat.says?.contains("/python [on|off]") == true)
    #expect(chat.state.engine.requestParameters.python == true)
  }

  @Test func `Where chat was chosen, that it has no such tool is said with it`() {
    var chat = Chat()
    chat.enter("/api chat")
    chat.enter("/web on")
    #expect(chat.says?.contains("/chat/completions has no such tool: /api auto") == true)
  }

  @Test func `Where chat was chosen, what makes pictures there is said`() {
    var chat = Chat()
    chat.enter("/api chat")
    chat.enter("/pictures on")
    #expect(chat.says?.contains("/api auto asks where there is one, and /draw makes") == true)
  }

  @Test func `Libraries are named once the server says that it has them`() {
    var chat = Chat()
    let effects = chat.enter("/library a b")
    #expect(effects.contains(.serverFiles(.findLibraries(["a", "b"], provider: "openai"))))
    chat.find(["a", "b"])
    #expect(chat.says == "The model may search a, b on its server, some $0.0025 a search.")
    #expect(chat.state.engine.requestParameters.libraries == ["a", "b"])
  }

  @Test func `One that is not there changes nothing, and those that are there are named`() {
    var chat = Chat()
    chat.enter("/library manuals")
    chat.find(["manuals"])
    chat.enter("/library novels")
    chat.find(["novels"], missing: "novels", of: ["manuals", "laws"])
    #expect(chat.state.engine.requestParameters.libraries == ["manuals"])
    #expect(
      chat.says
        == """
        There is no library novels on api.openai.com. It has: manuals, laws. In a shell, iris library add \
        novels FILE makes one.
        """)
    #expect(chat.line == "/library novels")
  }

  @Test func `Without a name it tells what is searched and what there is`() {
    var chat = Chat()
    chat.enter("/library")
    chat.find([], of: ["laws"])
    #expect(
      chat.says
        == """
        The model searches no library. It has: laws. In a shell, iris library add NAME FILE makes one.
        """)
  }

  @Test func `An answer that comes too late sets nothing`() {
    var chat = Chat()
    chat.enter("/library manuals")
    chat.enter("/library off")
    chat.find(["manuals"])
    chat.enter("/library manuals")
    chat.enter("/new")
    chat.find(["manuals"])
    #expect(chat.state.engine.requestParameters.libraries ?? [] == [])
  }

  @Test func `A server that cannot be asked is told, and the line comes back`() {
    var chat = Chat()
    chat.enter("/library manuals")
    chat.on(.program(.librariesUnknown("The server is away.")))
    #expect(chat.says == "The server is away.")
    #expect(chat.line == "/library manuals")
  }

  @Test func `A library that is gone is taken out by the key that is offered`() throws {
    var chat = Chat()
    chat.enter("/library manuals")
    chat.find(["manuals"])
    try chat.ask("How?")
    chat.replyFails(ReplyFailure(kind: .libraryMissing, phrase: "There is no library manuals."))
    #expect(chat.says == "There is no library manuals. /library off asks without.")
    #expect(chat.notice?.offers.first?.text == "/library off")
    chat.press(.offer1)
    #expect(chat.state.engine.requestParameters.libraries == [])
    #expect(chat.notice?.offers == [.send])
  }

  @Test func `The demo charges nothing, and no price is shown there`() {
    var chat = Chat(.empty, .demo)
    for line in ["/web on", "/web cached", "/python on"] {
      chat.enter(line)
      #expect(chat.says?.contains("$") == false, "\(line)")
    }
    chat.enter("/library manuals")
    chat.find(["manuals"], missing: "manuals", of: [])
    #expect(chat.says?.contains("iris demo in another terminal") == true)
    chat.enter("/files")
    chat.on(.program(.filesListed([], of: "demo")))
    #expect(chat.says?.contains("forgets files when it ends") == true)
  }

  @Test func `What a server is asked is told at once, and Esc ends it`() {
    for (line, told) in [
      ("/files", "is asked for its files… Esc stops."),
      ("/files rm a.pdf", "is asked to remove a.pdf… Esc stops."),
      ("/files prune", "is asked to remove what nothing names… Esc stops."),
      ("/library", "is asked for its libraries… Esc stops."),
      ("/library manuals", "is asked for its libraries… Esc stops."),
    ] {
      for key in [KeyAction.cancel, .interrupt] {
        var chat = Chat()
        chat.enter(line)
        #expect(chat.says == "api.openai.com \(told)")
        #expect(chat.press(key).contains(.serverFiles(.stop)), "\(line)")
        #expect(chat.says == "Stopped: api.openai.com is asked no more.")
        // What was on its way comes to nobody.
        chat.on(.program(.filesListed([KeptFile(name: "a.pdf")], of: "openai")))
        chat.on(
          .program(.serverAnswered(.remove("a.pdf", provider: "openai"), "Gone.", .information)))
        #expect(chat.says == "Stopped: api.openai.com is asked no more.")
        #expect(chat.page == nil)
      }
    }
  }

  @Test func `The page of files does not open over what is being typed`() throws {
    var chat = Chat()
    chat.enter("/files")
    chat.type("half a word")
    chat.on(.program(.filesListed([KeptFile(name: "a.pdf")], of: "openai")))
    #expect(chat.page == nil)
    #expect(chat.says == "api.openai.com has told its files: 1. /files shows them.")
    chat.press(.offer1)
    #expect(chat.page?.rows.map(\.lead) == ["a.pdf"])
  }

  @Test func `An answer takes the place of what was asked`() {
    var chat = Chat()
    chat.enter("/files rm a.pdf")
    chat.on(
      .program(.serverAnswered(.remove("a.pdf", provider: "openai"), "Gone.", .information)))
    #expect(chat.says == "Gone.")
    chat.press(.cancel)
    #expect(chat.says == nil)
  }

  private var conversation: Conversation {
    var conversation = Conversation.empty
    let question = Message(
      id: MessageID(rawValue: 1), parent: nil, role: .user, parts: [.text("a")],
      created: Timestamp(milliseconds: 1))
    let reply = Message(
      id: MessageID(rawValue: 2), parent: question.id, role: .assistant,
      parts: [.text("b"), .media(Self.file)], created: Timestamp(milliseconds: 2))
    conversation.messages.append(question)
    conversation.messages.append(reply)
    conversation.messages.select(leaf: reply.id)
    return conversation
  }

  private static let file = MediaReference(
    source: .stored(Digest.sample("sales")), byteCount: 32, name: "sales.csv", facts: .file)

  @Test func `A file that the model made is written where it is wanted`() {
    var chat = Chat(conversation)
    #expect(chat.enter("/save-file").contains(.saveFile(Self.file, to: "")))
    #expect(chat.enter("/save-file 1 ~/a.csv").contains(.saveFile(Self.file, to: "~/a.csv")))
    #expect(chat.enter("/save-file out.csv").contains(.saveFile(Self.file, to: "out.csv")))
    chat.enter("/save-file 2")
    #expect(chat.says == "There is no file 2: there is 1.")
    var empty = Chat()
    empty.enter("/save-file")
    #expect(empty.says == "The model has made no files here. /python on lets it.")
  }
}

extension Chat {
  /// The server answers the question for libraries.
  fileprivate mutating func find(
    _ asked: [String], missing: String? = nil, of names: [String]? = nil
  ) {
    let list = LibraryList(asked: asked, missing: missing, names: names ?? asked)
    on(.program(.librariesListed(list)))
  }
}
