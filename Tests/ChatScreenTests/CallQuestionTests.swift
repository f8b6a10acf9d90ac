import ChatEngine
import ChatSamples
import ChatScreen
import Conversation
import Testing

/// The question about calls of tools, answered by keys.
@Suite struct CallQuestionTests {
  private static let weather = Tool(
    ToolDefinition(name: "weather", summary: ""), source: .program(path: "/bin/weather"))

  /// A chat whose last reply asked for so many calls, a second ago.
  private func asked(calls count: Int = 1) throws -> Chat {
    var options = Calls.Options()
    options.enabled = ["weather"]
    let engine = ChatEngine(.empty, settings: Servers.sample.settings(), tools: options)
    var chat = Chat(engine: engine)
    try chat.ask("Well?")
    for index in 0..<count {
      let part = ReplyPart(index: index, kind: .toolCall(id: "c\(index)", name: "weather"))
      chat.reply(.partStarted(part))
      chat.reply(.partDelta(part, #"{"n":\#(index)}"#))
    }
    chat.commit(chat.reply(.finished(.toolCalls)))
    chat.on(.engine(.tool(.listed([Self.weather], problems: []))))
    return chat
  }

  private func question(_ chat: Chat) -> CallQuestion? {
    if case .calls(let question)? = chat.state.overlay { question } else { nil }
  }

  private func runs(_ effects: [ChatEffect]) -> [ToolRun] {
    effects.compactMap { if case .engine(.tool(.run(let run))) = $0 { run } else { nil } }
  }

  private func answers(_ chat: Chat) -> [String] {
    chat.conversation.messages.path.flatMap(\.parts.toolResults).map { $0.parts.text }
  }

  @Test func `A letter answers, and the call runs once it is on disk`() throws {
    var chat = try asked()
    #expect(question(chat) != nil)
    chat.pass(1_000)
    let decided = chat.type("y")
    #expect(question(chat) == nil)
    #expect(runs(chat.commit(decided)).map(\.arguments) == [#"{"n":0}"#])
  }

  @Test func `Who is typing when the question appears does not answer it`() throws {
    var chat = try asked()
    for letter in "yes, and" {
      chat.pass(100)
      chat.type(String(letter))
    }
    #expect(question(chat)?.decisions.isEmpty == true)
    #expect(chat.state.composer.draft == "yes, and")
    chat.pass(100)
    chat.press(.accept)
    #expect(question(chat) != nil)
    chat.pass(1_000)
    chat.type("n")
    #expect(question(chat) == nil)
    #expect(chat.line == "yes, and")
  }

  @Test func `Enter means no`() throws {
    var chat = try asked()
    chat.pass(1_000)
    chat.press(.accept)
    #expect(answers(chat) == ["The user declined this call."])
  }

  @Test func `Several calls have a mark each, and go when all are decided`() throws {
    var chat = try asked(calls: 3)
    chat.pass(1_000)
    chat.press(.down)
    chat.type("n")
    #expect(question(chat)?.decisions.count == 1)
    chat.type("y")
    let decided = chat.type("y")
    #expect(runs(chat.commit(decided)).map(\.key.id) == ["c0", "c2"])
  }

  @Test(arguments: ["c", "a"])
  func `What is allowed for more than one call allows the others of the tool`(letter: String) throws
  {
    var chat = try asked(calls: 3)
    chat.pass(1_000)
    chat.type("n")
    var decided = chat.type(letter)
    if letter == "a" {
      #expect(question(chat)?.entry == .rule)
      chat.pass(1_000)
      decided = chat.type(letter)
    }
    #expect(question(chat) == nil)
    #expect(runs(chat.commit(decided)).map(\.arguments) == [#"{"n":1}"#, #"{"n":2}"#])
  }

  @Test(arguments: ["okay", "stay", "just go on"])
  func `A word that is typed decides nothing, and comes back to the message`(word: String) throws {
    var chat = try asked()
    chat.pass(1_000)
    for letter in word {
      chat.type(String(letter))
      chat.pass(200)
    }
    #expect(question(chat)?.decisions.isEmpty == true)
    chat.pass(1_000)
    chat.type("n")
    #expect(question(chat) == nil)
    #expect(chat.line == word)
  }

  @Test func `“Always” is written only when its rule is agreed to`() throws {
    var chat = try asked()
    chat.pass(1_000)
    chat.type("a")
    chat.pass(1_000)
    chat.type("x")
    #expect(question(chat)?.entry == .letters)
    chat.type("a")
    #expect(question(chat)?.decisions.isEmpty == true)
    chat.type("a")
    #expect(question(chat)?.entry == .rule)
  }

  @Test func `A reason goes to the model`() throws {
    var chat = try asked()
    chat.pass(1_000)
    chat.type("r")
    #expect(question(chat)?.entry == .reason)
    chat.type("too dear")
    chat.press(.accept)
    #expect(answers(chat) == ["The user declined this call: too dear"])
  }

  @Test func `Arguments are edited, and only a JSON object is taken`() throws {
    var chat = try asked()
    chat.pass(1_000)
    chat.type("e")
    #expect(chat.line == #"{"n":0}"#)
    chat.type(#"{"n":"#)
    chat.press(.accept)
    #expect(chat.says?.contains("no JSON object") == true)
    chat.type(#"{"n":7}"#)
    let decided = chat.press(.accept)
    #expect(runs(chat.commit(decided)).map(\.arguments) == [#"{"n":7}"#])
  }

  @Test func `Esc leaves an entry, then stops all, and every call has an answer`() throws {
    var chat = try asked(calls: 2)
    chat.pass(1_000)
    chat.type("r")
    chat.press(.cancel)
    #expect(question(chat)?.entry == .letters)
    chat.press(.cancel)
    #expect(question(chat) == nil && !chat.state.engine.isBusy)
    #expect(answers(chat).count == 2)
  }

  @Test func `A paste answers nothing`() throws {
    var chat = try asked()
    chat.pass(1_000)
    chat.paste("yyy")
    #expect(question(chat)?.decisions.isEmpty == true)
    #expect(chat.state.composer.draft == "yyy")
  }

  @Test func `Nothing is sent while calls run`() throws {
    var chat = try asked()
    chat.pass(1_000)
    chat.commit(chat.type("y"))
    #expect(chat.enter("more").request == nil)
    #expect(chat.says?.contains("still coming") == true)
  }

  @Test func `The list of tools switches them, and rules are written down`() throws {
    var chat = try asked()
    chat.pass(1_000)
    chat.press(.cancel)
    chat.enter("/tools weather off")
    #expect(chat.state.engine.tools.enabled.isEmpty)
    chat.enter("/tools")
    chat.press(.accept)
    #expect(chat.state.engine.tools.enabled == ["weather"])
    chat.press(.cancel)
    let effects = chat.enter(#"/allow weather {"n":*}"#)
    let rule = ToolRules.Rule(isAllowed: true, tool: "weather", pattern: #"{"n":*}"#)
    #expect(effects.contains(.engine(.tool(.keep(rule)))))
    chat.enter("/tools nothing")
    #expect(chat.says == "There is no tool nothing. /tools lists those there are.")
    chat.enter("/rounds x")
    #expect(chat.says?.contains("It is written /rounds") == true)
    chat.enter("/deny rm")
    #expect(
      chat.says
        == "This rule is written down: deny rm. There is no tool rm yet: /tools lists those there are."
    )
  }

  @Test func `A tool that is not there is told before it is offered, and can be taken out`() {
    var chat = Chat()
    let effects = chat.enter("/tools wether on")
    #expect(effects.contains(.engine(.tool(.list(.named(["wether"]))))))
    chat.on(.engine(.tool(.listed([Self.weather], problems: [], isWhole: false))))
    #expect(
      chat.says
        == "There is no tool wether: it is not offered. /tools wether off takes it out.")
    chat.enter("/tools wether off")
    #expect(chat.state.engine.tools.enabled == [])
    chat.enter("/tools wether off")
    #expect(chat.says == "There is no tool wether. /tools lists those there are.")
  }
}
