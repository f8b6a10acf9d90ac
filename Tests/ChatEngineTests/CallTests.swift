import ChatEngine
import ChatSamples
import Conversation
import Language
import Testing

/// Calls of tools, from the reply that asks for them to the reply that knows their results.
@Suite struct CallTests {
  private static let weather = Tool(
    ToolDefinition(name: "weather", summary: ""), source: .program(path: "/bin/weather"))
  private static let time = Tool(
    ToolDefinition(name: "time", summary: ""), source: .builtIn, asking: .never)
  private static let once = Tool(
    ToolDefinition(name: "once", summary: ""), source: .builtIn, asking: .once)

  private func asker(_ change: (inout Calls.Options) -> Void = { _ in }) -> Asker {
    var options = Calls.Options()
    options.enabled = ["weather", "time", "once"]
    change(&options)
    let engine = ChatEngine(
      .empty, settings: Servers.sample.settings(), tools: options, keepsConversation: true)
    return Asker(AskState(engine, AskInput(text: "What is it like?")))
  }

  /// Asks, and lets the store answer; the tools are known.
  private func begun(_ change: (inout Calls.Options) -> Void = { _ in }) -> Asker {
    var asker = asker(change)
    asker.commit(asker.on(.begin))
    asker.on(.tool(.listed([Self.weather, Self.time, Self.once], problems: [])))
    return asker
  }

  /// Lets the reply in flight end with calls, each a name and arguments.
  @discardableResult
  private func call(_ asker: inout Asker, _ calls: (String, String)...) -> [AskEffect] {
    for (index, call) in calls.enumerated() {
      let part = ReplyPart(index: index, kind: .toolCall(id: "c\(index)", name: call.0))
      asker.reply(.partStarted(part))
      asker.reply(.partDelta(part, call.1))
    }
    return asker.reply(.finished(.toolCalls))
  }

  private func result(_ key: CallKey, _ text: String) -> EngineEvent {
    .tool(.finished(key, ToolResult(callID: key.id, parts: [.text(text)])))
  }

  private func results(_ asker: Asker) -> [ToolResult] {
    asker.engine.conversation.messages.path.flatMap(\.parts.toolResults)
  }

  @Test func `A request offers the tools that are on, but none that is denied`() {
    var asker = asker { $0.rules = ToolRules(text: "deny weather") }
    let effects = asker.on(.begin)
    #expect(asker.commit(effects).request?.tools == ["time", "once"])
  }

  @Test func `A call runs when it is on disk, and its result goes to the model`() throws {
    var asker = begun()
    let written = call(&asker, ("time", ""))
    #expect(written.runs.isEmpty)
    let running = asker.commit(written)
    let run = try #require(running.runs.first)
    #expect(run.tool == "time" && run.arguments == "{}")
    let call = asker.engine.conversation.messages.path.flatMap(\.parts.toolCalls).first
    #expect(call?.state == .running)
    let request = try #require(asker.on(result(run.key, "noon")).request)
    #expect(request.messages.map(\.role) == [.user, .assistant, .tool])
    #expect(request.messages.last?.parts.toolResults.first?.parts == [.text("noon")])
    asker.answer("It is noon.")
    #expect(
      asker.path == ["user: What is it like?", "assistant: ", "tool: ", "assistant: It is noon."])
  }

  @Test(arguments: [(FinishReason.length, ""), (.length, #"{"zone":"U"#), (.contentFilter, "")])
  func `A call that the limit cut is not made, and is told`(
    reason: FinishReason, arguments: String
  ) {
    var asker = begun()
    let whole = ReplyPart(index: 0, kind: .toolCall(id: "a", name: "once"))
    let cut = ReplyPart(index: 1, kind: .toolCall(id: "b", name: "time"))
    for (part, text) in [(whole, "{}"), (cut, arguments)] {
      asker.reply(.partStarted(part))
      asker.reply(.partDelta(part, text))
    }
    let effects = asker.reply(.finished(reason))
    #expect(asker.commit(effects).runs.isEmpty)
    #expect(asker.engine.calls.isIdle)
    #expect(asker.path == ["user: What is it like?"])
    #expect(
      asker.engine.run.outcome == .callCut(tool: "time", by: reason, hasText: false))
  }

  @Test func `What was said before a call that was cut stays, without the call`() {
    var asker = begun()
    asker.commit(asker.reply(.text("Let me look.")))
    let cut = ReplyPart(index: 1, kind: .toolCall(id: "b", name: "time"))
    asker.reply(.partStarted(cut))
    asker.reply(.partDelta(cut, #"{"zone"#))
    #expect(asker.commit(asker.reply(.finished(.length))).runs.isEmpty)
    #expect(asker.path == ["user: What is it like?", "assistant: Let me look."])
    #expect(asker.engine.conversation.messages.path.flatMap(\.parts.toolCalls).isEmpty)
  }

  @Test func `A call that is whole at the limit is made`() {
    var asker = begun()
    let part = ReplyPart(index: 0, kind: .toolCall(id: "a", name: "time"))
    asker.reply(.partStarted(part))
    asker.reply(.partDelta(part, #"{"zone":"UTC"}"#))
    #expect(asker.commit(asker.reply(.finished(.length))).runs.map(\.tool) == ["time"])
  }

  @Test func `Calls of one reply run side by side, and the model waits for all`() throws {
    var asker = begun()
    let written = call(&asker, ("time", "{}"), ("time", #"{"zone":"UTC"}"#))
    let runs = asker.commit(written).runs
    #expect(runs.map(\.key.id) == ["c0", "c1"])
    #expect(asker.on(result(runs[1].key, "b")).request == nil)
    #expect(asker.on(result(runs[0].key, "a")).request != nil)
  }

  @Test func `A result that comes twice, or of no call, changes nothing`() throws {
    var asker = begun()
    let written = call(&asker, ("time", ""), ("time", "{}"))
    let run = try #require(asker.commit(written).runs.first)
    asker.on(result(run.key, "a"))
    asker.on(result(run.key, "b"))
    asker.on(result(CallKey(message: run.key.message, id: "none"), "c"))
    #expect(results(asker).map(\.parts) == [[.text("a")]])
  }

  @Test func `Where nobody can be asked, a call that would ask is not made`() {
    var asker = begun { $0.asks = false }
    let effects = call(&asker, ("weather", "{}"))
    #expect(asker.commit(effects).runs.isEmpty)
    #expect(asker.reports.contains(.callNotAllowed("weather")))
    #expect(results(asker).first?.isError == true)
  }

  struct Verdict: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var name = "time"
    var arguments = "{}"
    var rules = ""
    /// What the model is told; nil where the call runs.
    var words: String?
  }

  static let verdicts = [
    Verdict(testDescription: "a tool that never asks"),
    Verdict(testDescription: "an allowed tool", name: "weather", rules: "allow weather"),
    Verdict(
      testDescription: "an allowed pattern", name: "weather", arguments: #"{ "city": "Paris" }"#,
      rules: #"allow weather {"city":"P*"}"#),
    Verdict(
      testDescription: "denied before allowed", rules: "allow time\ndeny time",
      words: "does not allow calls of time"),
    Verdict(
      testDescription: "no such tool", name: "rm", words: "There is no tool rm. The tools are: "),
    Verdict(
      testDescription: "broken arguments", arguments: #"{"a":"#,
      words: "The arguments are no JSON object: {\"a\":"),
  ]

  @Test(arguments: verdicts) func `A call is judged by its rules, and every call has an answer`(
    _ row: Verdict
  ) {
    var asker = begun {
      $0.asks = false
      $0.rules = ToolRules(text: row.rules)
    }
    let effects = call(&asker, (row.name, row.arguments))
    let runs = asker.commit(effects).runs
    #expect(runs.isEmpty == (row.words != nil))
    guard let words = row.words else { return }
    guard case .text(let told)? = results(asker).first?.parts.first else {
      Issue.record("no answer")
      return
    }
    #expect(told.contains(words))
  }

  @Test func `The user is asked, and what is refused is answered with the reason`() throws {
    var asker = begun()
    asker.commit(call(&asker, ("weather", "{}"), ("weather", #"{"a":1}"#)))
    #expect(asker.reports.last == .callsAsked)
    let round = try #require(asker.engine.calls.round)
    #expect(round.undecided.count == 2)
    let keys = round.entries.map { round.key(of: $0) }
    let effects = asker.on(
      .calls(.decide([keys[0]: .allow(.once), keys[1]: .refuse(reason: "too dear")])))
    #expect(asker.commit(effects).runs.map(\.key) == [keys[0]])
    #expect(results(asker).first?.parts == [.text("The user declined this call: too dear")])
  }

  @Test func `Edited arguments are those that run`() throws {
    var asker = begun()
    asker.commit(call(&asker, ("weather", "{}")))
    let round = try #require(asker.engine.calls.round)
    let key = round.key(of: round.entries[0])
    let effects = asker.on(
      .calls(.decide([key: .allow(.once, arguments: #"{"city":"Rome"}"#)])))
    #expect(asker.commit(effects).runs.first?.arguments == #"{"city":"Rome"}"#)
  }

  @Test(arguments: [
    CallDecision.Scope.conversation, .always,
  ]) func `A leave that reaches further is not asked for again`(scope: CallDecision.Scope) throws {
    var asker = begun()
    asker.commit(call(&asker, ("weather", "{}")))
    let round = try #require(asker.engine.calls.round)
    let key = round.key(of: round.entries[0])
    let decided = asker.on(.calls(.decide([key: .allow(scope)])))
    let rule = ToolRules.Rule(isAllowed: true, tool: "weather")
    #expect(decided.contains(.engine(.tool(.keep(rule)))) == (scope == .always))
    asker.commit(decided)
    asker.commit(asker.on(result(key, "21 °C")))
    let again = call(&asker, ("weather", "{}"))
    #expect(asker.commit(again).runs.count == 1)
  }

  @Test func `Esc ends what runs, every call has an answer, and the model is not asked`() throws {
    var asker = begun()
    let written = call(&asker, ("time", ""), ("time", "{}"))
    let runs = asker.commit(written).runs
    let effects = asker.on(.run(.stop))
    #expect(runs.allSatisfy { effects.contains(.engine(.tool(.cancel($0.key)))) })
    #expect(effects.request == nil)
    #expect(results(asker).count == 2 && results(asker).allSatisfy(\.isError))
    #expect(!asker.engine.isBusy)
    asker.on(result(runs[0].key, "late"))
    #expect(results(asker).count == 2)
  }

  @Test func `After so many rounds the model is not asked by itself`() throws {
    var asker = begun { $0.roundLimit = 2 }
    for round in 1...2 {
      let run = try #require(asker.commit(call(&asker, ("time", ""))).runs.first)
      let effects = asker.on(result(run.key, "\(round)"))
      #expect((effects.request != nil) == (round == 1))
    }
    #expect(asker.reports.contains(.roundsUsedUp(2)))
  }

  @Test func `With replay no call is made, and the recorded result stands in its place`() throws {
    var asker = begun()
    let run = try #require(asker.commit(call(&asker, ("time", #"{"z":1}"#))).runs.first)
    asker.commit(asker.on(result(run.key, "noon")))
    asker.answer("Noon.")
    var options = Calls.Options()
    options.enabled = ["time"]
    options.replays = true
    let engine = ChatEngine(
      asker.engine.conversation, settings: Servers.sample.settings(), tools: options)
    var replay = Asker(AskState(engine, AskInput(text: "Again?")))
    replay.commit(replay.on(.begin))
    replay.on(.tool(.listed([Self.time], problems: [])))
    let effects = call(&replay, ("time", #"{ "z": 1 }"#), ("time", "{}"))
    #expect(replay.commit(effects).runs.isEmpty)
    let last = replay.engine.conversation.messages.path.last?.parts.toolResults ?? []
    #expect(
      last.map(\.parts.first) == [
        .text("noon"), .text("Nothing is run: there is no recorded result of this call."),
      ])
  }

  @Test(arguments: [ToolCall.State.requested, .running])
  func `Calls of a program that was killed wait, and run only when the user says so`(
    state: ToolCall.State
  ) throws {
    var conversation = Conversation.of("What time is it?")
    let reply = Message(
      id: MessageID(rawValue: 200), parent: conversation.messages.leaf, role: .assistant,
      parts: [.toolCall(ToolCall(id: "c0", name: "time", arguments: "{}", state: state))],
      created: Timestamp(milliseconds: 1))
    conversation.messages.append(reply)
    if state == .running {
      conversation.messages.append(
        Message(
          id: MessageID(rawValue: 201), parent: reply.id, role: .tool, parts: [],
          created: Timestamp(milliseconds: 2), status: .cutOff))
    }
    var options = Calls.Options()
    options.enabled = ["time"]
    let engine = ChatEngine(
      .empty, settings: Servers.sample.settings(), tools: options, isStored: true)
    var input = AskInput(text: nil)
    input.conversation = .last
    var asker = Asker(AskState(engine, input))
    asker.on(.begin)
    let opened = asker.on(.conversation(.enter(conversation, isStored: true)))
    #expect(opened.runs.isEmpty)
    #expect(asker.reports.contains(.callsOpen(tool: "time", mayHaveRun: state == .running)))
    // Though the tool never asks, this call does.
    let asked = asker.on(.run(.request(isConfirmed: true)))
    let listed = asker.on(.tool(.listed([Self.time], problems: [])))
    #expect((asked + listed).runs.isEmpty)
    #expect(asker.reports.last == .callsAsked)
    let round = try #require(asker.engine.calls.round)
    let key = round.key(of: try #require(round.undecided.first))
    let decided = asker.on(.calls(.decide([key: .allow(.once)])))
    #expect((decided + asker.commit(decided)).runs.map(\.key) == [key])
    asker.on(result(key, "noon"))
    #expect(asker.engine.conversation.messages.path.count == 3)
  }

  @Test func `A call that nothing answers is not sent, nor a result of no call`() {
    var conversation = Conversation.of("a")
    for (index, parts) in [
      [ContentPart.text("b"), .toolCall(ToolCall(id: "1", name: "t", arguments: "{}"))],
      [.toolResult(ToolResult(callID: "2", parts: [.text("x")]))],
    ].enumerated() {
      conversation.messages.append(
        Message(
          id: MessageID(rawValue: 200 + Int64(index)), parent: conversation.messages.leaf,
          role: index == 0 ? .assistant : .tool, parts: parts,
          created: Timestamp(milliseconds: 1)))
    }
    #expect(conversation.messagesForRequest.map(\.parts) == [[.text("a")], [.text("b")]])
  }

  @Test(arguments: [
    ("allow a", "a", "{}", true), ("allow a", "b", "{}", false),
    (#"allow a {"x":"*"}"#, "a", #"{"x":"y"}"#, true),
    (#"allow a {"x":"*"}"#, "a", #"{"z":"y"}"#, false), ("# allow a", "a", "{}", false),
    ("allow a *1*2*", "a", "{\"1\":2}", true), ("allow a *1*2*", "a", "{\"2\":1}", false),
  ])
  func `A rule allows what its pattern fits`(
    text: String, tool: String, arguments: String, isAllowed: Bool
  ) {
    #expect(ToolRules(text: text).allows(tool, arguments: arguments) == isAllowed)
  }

  @Test func `Rules are read as they are written`() {
    var rules = ToolRules(text: "allow a {\"b\": *}\n\nallow\nnonsense\ndeny c\n")
    #expect(rules.unreadableLines == [3, 4])
    rules.add(ToolRules.Rule(isAllowed: true, tool: "c"))
    let again = ToolRules(text: rules.text)
    #expect(again.rules == rules.rules && again.allows("c", arguments: "{}"))
  }

  @Test func `A rule that is added leaves what else was written`() {
    var rules = ToolRules(text: "# mine\nallow a\n\nnonsense here\ndeny c\n")
    rules.add(ToolRules.Rule(isAllowed: true, tool: "c"))
    #expect(rules.text == "# mine\nallow a\n\nnonsense here\nallow c\n")
    #expect(rules.unreadableLines == [4])
  }
}

extension [AskEffect] {
  /// The calls that are to be made.
  fileprivate var runs: [ToolRun] {
    compactMap { if case .engine(.tool(.run(let run))) = $0 { run } else { nil } }
  }
}
