import ChatEngine
import ChatSamples
import Conversation
import Language
import ModelCatalog
import Testing

/// Calls that are made anew, results that are written anew, the budget of a turn, and tools of servers.
@Suite struct CallAgainTests {
  private static let time = Tool(
    ToolDefinition(name: "time", summary: ""), source: .builtIn, asking: .never)
  private static let remote = Tool(
    ToolDefinition(name: "files__read", summary: ""), source: .server("files", host: nil),
    asking: .never)

  /// A question that was begun with these tools on.
  private func begun(
    _ tools: [Tool] = [time], _ change: (inout Calls.Options) -> Void = { _ in }
  ) -> Asker {
    var options = Calls.Options()
    options.enabled = ["time"]
    change(&options)
    let engine = ChatEngine(
      .empty, settings: Servers.sample.settings(), tools: options, keepsConversation: true)
    var asker = Asker(AskState(engine, AskInput(text: "Well?")))
    asker.commit(asker.on(.begin))
    asker.on(.tool(.listed(tools, problems: [])))
    return asker
  }

  /// Lets the reply in flight end with calls, each of a name.
  private func call(_ asker: inout Asker, _ names: String...) -> [AskEffect] {
    for (index, name) in names.enumerated() {
      let part = ReplyPart(index: index, kind: .toolCall(id: "c\(index)", name: name))
      asker.reply(.partStarted(part))
      asker.reply(.partDelta(part, "{}"))
    }
    return asker.reply(.finished(.toolCalls))
  }

  private func finish(_ asker: inout Asker, _ run: ToolRun, _ text: String) -> [AskEffect] {
    asker.on(.tool(.finished(run.key, ToolResult(callID: run.key.id, parts: [.text(text)]))))
  }

  private func runs(_ effects: [AskEffect]) -> [ToolRun] {
    effects.compactMap { if case .engine(.tool(.run(let run))) = $0 { run } else { nil } }
  }

  /// A turn that is over: two calls, their results, and a reply.
  private func answered() throws -> Asker {
    var asker = begun()
    let written = call(&asker, "time", "time")
    let made = runs(asker.commit(written))
    _ = finish(&asker, made[0], "a")
    asker.commit(finish(&asker, made[1], "b"))
    asker.answer("It is a or b.")
    return asker
  }

  private func texts(_ message: Message?) -> [String] {
    (message?.parts.toolResults ?? []).map(\.parts.text)
  }

  // MARK: - Anew

  @Test func `A rerun makes the calls anew, as a variant beside the old results`() throws {
    var asker = try answered()
    let old = try #require(asker.engine.conversation.messages.path.first { $0.role == .tool })
    let written = asker.on(.calls(.rerun(old.id, tool: nil)))
    let made = runs(asker.commit(written))
    #expect(made.count == 2)
    _ = finish(&asker, made[0], "c")
    #expect(finish(&asker, made[1], "d").request != nil)
    let messages = asker.engine.conversation.messages
    #expect(texts(messages.path.last { $0.role == .tool }) == ["c", "d"])
    #expect(texts(messages[old.id]) == ["a", "b"])
    #expect(messages.children(of: old.parent).count == 2)
  }

  @Test func `A tool that is not on is not run anew`() throws {
    var asker = try answered()
    let old = try #require(asker.engine.conversation.messages.path.first { $0.role == .tool })
    asker.on(.calls(.setTool("time", isOn: false)))
    #expect(runs(asker.commit(asker.on(.calls(.rerun(old.id, tool: nil))))).isEmpty)
    #expect(asker.engine.conversation.messages.path.last?.text == "It is a or b.")
  }

  @Test func `Another result is a branch, from which the model goes on`() throws {
    var asker = try answered()
    let old = try #require(asker.engine.conversation.messages.path.first { $0.role == .tool })
    let written = asker.on(.calls(.rewrite(call: "c1", in: old.id, as: "z")))
    let request = try #require((written + asker.commit(written)).request)
    #expect(request.messages.last?.parts.toolResults.map(\.parts.text) == ["a", "z"])
    #expect(texts(asker.engine.conversation.messages[old.id]) == ["a", "b"])
  }

  // MARK: - Budget

  /// Ends the reply in flight with a call, having taken so many tokens.
  private func call(_ asker: inout Asker, tokens: Int) -> [ToolRun] {
    asker.reply(.usage(TokenUsage(prompt: TokenCount(tokens), completion: 0)))
    return runs(asker.commit(call(&asker, "time")))
  }

  @Test
  func `The model waits before the request that would pass the budget, and goes on when told`()
    throws
  {
    // gpt-4o takes $2.50 for a million tokens of a prompt.
    var asker = begun { $0.budget = Money(dollars: 0.01) }
    let first = try #require(call(&asker, tokens: 2_000).first)
    #expect(finish(&asker, first, "x").request != nil)
    let second = try #require(call(&asker, tokens: 2_000).first)
    #expect(finish(&asker, second, "x").request == nil)
    guard case .budgetReached(Money(dollars: 0.01), let cost)? = asker.reports.last else {
      Issue.record("it was not told")
      return
    }
    #expect(cost > Money(dollars: 0.01) && cost < Money(dollars: 0.011))
    #expect(asker.on(.run(.request(isConfirmed: true))).request != nil)
  }

  @Test func `Without a budget nothing is counted`() throws {
    var asker = begun()
    let run = try #require(call(&asker, tokens: 1_000_000).first)
    #expect(finish(&asker, run, "x").request != nil)
  }

  // MARK: - Servers

  @Test func `A server's name stands for all of its tools`() throws {
    var asker = begun([Self.time]) {
      $0.enabled = ["files"]
      $0.servers = ["files"]
    }
    // The server is asked when the model calls a tool that is not known yet.
    let called = call(&asker, "files__read")
    #expect(called.contains(.engine(.tool(.list(.named(["files"]))))))
    asker.commit(called)
    let listed = asker.on(.tool(.listed([Self.remote], problems: [], isWhole: false)))
    #expect(runs(asker.commit(listed)).map(\.tool) == ["files__read"])
  }

  @Test func `What is denied by a pattern is not called`() throws {
    var asker = begun([Self.time, Self.remote]) {
      $0.enabled = ["files"]
      $0.servers = ["files"]
      $0.rules = ToolRules(text: "deny files__*")
    }
    #expect(runs(asker.commit(call(&asker, "files__read"))).isEmpty)
  }

  @Test func `One tool of a server that is on as a whole can be taken out`() throws {
    let other = Tool(
      ToolDefinition(name: "files__write", summary: ""), source: .server("files", host: nil))
    var asker = begun([Self.remote, other]) {
      $0.enabled = ["files"]
      $0.servers = ["files"]
    }
    asker.on(.calls(.setTool("files__write", isOn: false)))
    #expect(asker.engine.tools.enabled == ["files__read"])
    asker.on(.calls(.setTool("files", isOn: true)))
    #expect(asker.engine.tools.enabled == ["files"])
  }

  @Test func `What is known of servers that were not asked stays`() {
    var asker = begun([Self.time]) { $0.servers = ["files", "web"] }
    asker.on(.tool(.listed([Self.time, Self.remote], problems: [], isWhole: false)))
    let web = Tool(ToolDefinition(name: "web__get", summary: ""), source: .server("web", host: "x"))
    asker.on(.tool(.listed([Self.time, web], problems: [], isWhole: false)))
    #expect(asker.engine.calls.tools?.map(\.name) == ["time", "web__get", "files__read"])
  }

  // MARK: - Questions

  /// A call that runs, and asks.
  private func asked(_ change: (inout Calls.Options) -> Void = { _ in }) throws -> (
    Asker, [AskEffect]
  ) {
    var asker = begun([Self.time], change)
    let run = try #require(runs(asker.commit(call(&asker, "time"))).first)
    let elicitation = Elicitation(server: "files", message: "Which?", kind: .form([]))
    let effects = asker.on(
      .tool(.asked(ToolQuestion(id: 7, call: run.key, elicitation))))
    return (asker, effects)
  }

  @Test func `A server's question waits for the user, and the answer goes back once`() throws {
    var (asker, effects) = try asked()
    #expect(effects.isEmpty && asker.engine.calls.questions.map(\.id) == [7])
    let answered = asker.on(.calls(.answer(7, .accept(content: "{}"))))
    #expect(answered == [.engine(.tool(.answer(7, .accept(content: "{}"))))])
    #expect(asker.on(.calls(.answer(7, .decline))).isEmpty)
  }

  @Test func `Where nobody can answer, the answer is no, and that is told`() throws {
    let (asker, effects) = try asked { $0.answersQuestions = false }
    #expect(effects == [.engine(.tool(.answer(7, .decline)))])
    #expect(asker.reports.last?.phrase?.text().contains("files asks: “Which?”") == true)
  }

  @Test func `A question goes with its call`() throws {
    var (asker, _) = try asked()
    asker.on(.run(.stop))
    #expect(asker.engine.calls.questions.isEmpty)
  }

  @Test func `A question of a call that is over gets no answer`() throws {
    var asker = begun()
    let elicitation = Elicitation(server: "files", message: "Which?", kind: .form([]))
    let key = CallKey(message: MessageID(rawValue: 1), id: "c0")
    let effects = asker.on(.tool(.asked(ToolQuestion(id: 7, call: key, elicitation))))
    #expect(effects == [.engine(.tool(.answer(7, .cancel)))])
  }
}
