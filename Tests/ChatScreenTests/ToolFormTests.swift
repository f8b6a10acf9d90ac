import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Testing

/// The questions of tools' servers, answered by keys.
@Suite struct ToolFormTests {
  private static let tool = Tool(
    ToolDefinition(name: "files__ask", summary: ""), source: .server("files", host: "x.example"),
    asking: .never)

  private static let form = Elicitation.Kind.form([
    ElicitationField(
      name: "name", title: "Name", isRequired: true, shape: .text(length: 1...9, format: nil)),
    ElicitationField(
      name: "age", title: "Age", isRequired: false, shape: .number(isWhole: true, 1...9),
      initial: "3"),
  ])

  /// A chat in which a running call asks, a second ago.
  private func asked(_ kind: Elicitation.Kind) throws -> Chat {
    var options = Calls.Options()
    options.enabled = ["files__ask"]
    let engine = ChatEngine(.empty, settings: Servers.sample.settings(), tools: options)
    var chat = Chat(engine: engine)
    try chat.ask("Well?")
    chat.on(.engine(.tool(.listed([Self.tool], problems: []))))
    let part = ReplyPart(index: 0, kind: .toolCall(id: "c0", name: "files__ask"))
    chat.reply(.partStarted(part))
    let running = chat.commit(chat.reply(.finished(.toolCalls)))
    let runs = (running).compactMap { effect in
      if case .engine(.tool(.run(let run))) = effect { run } else { nil }
    }
    let key = try #require(runs.first?.key)
    let elicitation = Elicitation(server: "files", message: "Who?", kind: kind)
    chat.on(.engine(.tool(.asked(ToolQuestion(id: 1, call: key, elicitation)))))
    chat.pass(1_000)
    return chat
  }

  private func answer(_ effects: [ChatEffect]) -> ElicitationAnswer? {
    effects.lazy.compactMap { effect in
      if case .engine(.tool(.answer(1, let answer))) = effect { answer } else { nil }
    }.first
  }

  private func opened(_ effects: [ChatEffect]) -> [String] {
    effects.compactMap { effect in
      if case .externalProgram(.open(let address)) = effect { address } else { nil }
    }
  }

  private func shown(_ chat: Chat) -> ToolForm? {
    if case .form(let form)? = chat.state.overlay { form } else { nil }
  }

  @Test func `A form is filled in, looked at, and sent`() throws {
    var chat = try asked(Self.form)
    chat.type("y")
    #expect(shown(chat)?.entry == .field(0))
    chat.on(.composer(.accepted("Mo")))
    #expect(shown(chat)?.entry == .field(1) && chat.line == "3")
    chat.on(.composer(.accepted("x")))
    #expect(shown(chat)?.entry == .field(1))
    chat.on(.composer(.accepted("4")))
    #expect(shown(chat)?.entry == .letters)
    let effects = chat.type("y")
    #expect(answer(effects) == .accept(content: #"{"name":"Mo","age":4}"#))
    #expect(shown(chat) == nil)
  }

  @Test func `n declines, and Esc closes without a word`() throws {
    var chat = try asked(Self.form)
    #expect(answer(chat.type("n")) == .decline)
    chat = try asked(Self.form)
    #expect(answer(chat.press(.cancel)) == .cancel)
  }

  @Test func `Ctrl-C stops the call that asks, however often it would`() throws {
    var chat = try asked(Self.form)
    let effects = chat.press(.interrupt)
    #expect(answer(effects) == .cancel)
    #expect(shown(chat) == nil)
    #expect(chat.state.engine.calls.questions.isEmpty)
    #expect(
      effects.contains { effect in
        if case .engine(.tool(.cancel)) = effect { true } else { false }
      })
  }

  @Test func `Who is typing when the question appears does not answer it`() throws {
    var chat = try asked(Self.form)
    chat = try asked(Self.form)
    chat.pass(-900)
    #expect(answer(chat.type("n")) == nil)
    #expect(shown(chat) != nil && chat.state.composer.draft == "n")
  }

  @Test func `An address is opened by its key alone`() throws {
    var chat = try asked(.url("https://x.example/login"))
    let agreed = chat.type("y")
    #expect(answer(agreed) == .accept(content: "{}") && opened(agreed).isEmpty)
    chat = try asked(.url("https://x.example/login"))
    let visited = chat.type("o")
    #expect(answer(visited) == .accept(content: "{}"))
    #expect(opened(visited) == ["https://x.example/login"])
  }

  @Test(arguments: ["file:///etc/passwd", "javascript:alert(1)", "vscode://x"])
  func `What is no address of the web is never opened`(url: String) throws {
    var chat = try asked(.url(url))
    let effects = chat.type("o")
    #expect(opened(effects).isEmpty && answer(effects) == nil)
    #expect(shown(chat) != nil)
  }

  @Test func `The question goes with its call`() throws {
    var chat = try asked(Self.form)
    let key = try #require(shown(chat)?.question.call)
    chat.on(
      .engine(.tool(.finished(key, ToolResult(callID: key.id, parts: [.text("too late")])))))
    #expect(shown(chat) == nil)
  }
}
