package import Conversation
import Language
package import ModelCatalog

/// The reducer of tools: which are offered to the model, and what becomes of the calls that it asks
/// for.
///
/// A reply that asks for calls begins a round. Each call is judged by the rules, or by the user; what is
/// going to happen is written to the store, with an empty message for the results; only when the store
/// has answered for it do the calls run, all side by side. So a program that is killed between a call
/// and its result knows at the next start that the call may have been made, and makes it again only when
/// it is told to.
package struct Calls: Equatable, Sendable {
  /// What holds for all conversations.
  package struct Options: Equatable, Sendable {
    /// The names of the tools that a new conversation offers; a server's name stands for all of its tools.
    package var enabled: [String] = []
    /// The names of the servers that tools come from.
    package var servers: [String] = []
    package var rules = ToolRules()
    /// How many times in a row calls may be answered and the model be asked again; 0 for no limit.
    package var roundLimit = 10
    /// What a question may cost with all its rounds; nil for no bound.
    package var budget: Money?
    /// Whether somebody can be asked.
    package var asks = true
    /// Whether somebody can answer what servers of tools ask.
    package var answersQuestions = true
    /// Whether no call is made: each gets the result that the same call has in the conversation.
    package var replays = false

    package init() {}
  }

  package let options: Options
  /// The tools that there are, as far as that was found out; nil before.
  package private(set) var tools: [Tool]?
  /// Whether every server was asked for its tools.
  package private(set) var knowsAllTools = false
  /// What the servers of tools ask the user, the oldest first.
  package private(set) var questions: [ToolQuestion] = []
  /// The names of the tools that this conversation offers, in the order in which they were named.
  package internal(set) var enabled: [String]
  package internal(set) var rules: ToolRules
  package internal(set) var roundLimit: Int
  package internal(set) var budget: Money?
  /// What the conversation had cost when the user asked last.
  private(set) var spentBefore = Money.zero
  /// Tools whose calls the user allowed in this conversation.
  var granted: Set<String> = []
  /// The calls that are under way; nil where none are.
  package internal(set) var round: CallRound?
  /// Whether the model is to be asked again, since all its calls are answered.
  private(set) var wantsReply = false

  package init(_ options: Options = Options()) {
    self.options = options
    enabled = options.enabled
    rules = options.rules
    roundLimit = options.roundLimit
    budget = options.budget
  }

  package var isIdle: Bool { round == nil }

  /// The names of the tools that the next request offers.
  package var offered: [String] { enabled.filter { !rules.denies($0) } }

  /// The tool of this name, or of this name on the wire.
  package func tool(named name: String) -> Tool? {
    tools?.first { $0.name == name } ?? tools?.first { $0.definition.wireName == name }
  }

  /// What the definitions that the next request offers cost in it, as far as they are known.
  package var definitionTokens: TokenEstimate {
    (tools ?? []).filter(offers).reduce(.exact(0)) { $0 + $1.definition.tokens }
  }

  /// Whether a tool may be asked for: it is on by its own name or by its server's.
  package func offers(_ tool: Tool) -> Bool {
    guard !rules.denies(tool.name) else { return false }
    if case .server(let server, _) = tool.source, enabled.contains(server) { return true }
    return enabled.contains(tool.name)
  }

  /// Whether a call of this name is of a tool that is on, as far as names tell.
  func offers(callOf name: String) -> Bool {
    offered.contains { on in
      on == name || ToolDefinition.wireName(of: on) == name
        || options.servers.contains(on) && name.hasPrefix(on + "__")
    }
  }

  /// Counts what a turn costs from now on: the user asks, after so much was spent.
  mutating func beginTurn(after spent: Money?) { spentBefore = spent ?? .zero }

  /// Takes back the wish for another reply; whether there was one.
  mutating func takeTurn() -> Bool {
    defer { wantsReply = false }
    return wantsReply
  }

  /// Another conversation is open: what was allowed in the last one holds no more.
  mutating func enter(_ context: EngineContext) -> [EngineStep] {
    granted = []
    wantsReply = false
    round = nil
    questions = []
    let conversation = context.conversation
    guard let reply = conversation.replyWithOpenCalls.flatMap({ conversation.messages[$0] }) else {
      return []
    }
    let call = reply.parts.toolCalls.first { $0.state != .finished }
    return [
      .report(.callsOpen(tool: call?.name ?? "", mayHaveRun: call?.state == .running))
    ]
  }

  /// Whether a reply asks for a call of a tool that is offered.
  func offersTool(ofReply id: MessageID, _ conversation: Conversation) -> Bool {
    let calls = conversation.messages[id]?.parts.toolCalls ?? []
    return calls.contains { offers(callOf: $0.name) }
  }

  mutating func endRound(wantsReply: Bool) {
    round = nil
    self.wantsReply = wantsReply
  }
}

extension Calls {
  mutating func reduce(_ event: CallEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .list: return knowsAllTools ? [] : [.effect(.tool(.list(.all)))]
    case .answer(let id, let answer):
      guard questions.contains(where: { $0.id == id }) else { return [] }
      questions.removeAll { $0.id == id }
      return [.effect(.tool(.answer(id, answer)))]
    case .decide(let decisions): return decide(decisions, context)
    case .setTool(let name, let isOn):
      set(name, isOn: isOn)
      // What is missing is told.
      return isOn ? [.effect(.tool(.list(.named([name]))))] : []
    case .add(let rule):
      rules.add(rule)
      return [.effect(.tool(.keep(rule)))]
    case .limitRounds(let limit):
      roundLimit = max(0, limit)
      return []
    case .limitCost(let budget):
      self.budget = budget
      return []
    case .rerun(let id, let name): return rerun(id, tool: name, context)
    case .rewrite(let call, let id, let text): return rewrite(call, in: id, as: text, context)
    }
  }

  mutating func reduce(_ event: ToolEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .listed(let tools, let problems, let isWhole):
      take(tools, isWhole: isWhole)
      let words = missing.map { say("There is no tool \($0). iris tools lists those there are.") }
      return [.report(.toolsListed(problems: problems + words))] + judge(context)
    case .asked(let question): return ask(question)
    case .progress(let key, let words):
      guard let place = place(of: key) else { return [] }
      round?.entries[place].progress = words
      return []
    case .finished(let key, let result): return finish(key, result, context)
    case .rulesFailed(let phrase): return [.report(.rulesNotKept(phrase))]
    }
  }

  /// Switches a tool, or all tools of a server; one of a server that is on as a whole is taken out of it.
  private mutating func set(_ name: String, isOn: Bool) {
    let server = tool(named: name)?.server
    if !isOn, let server, enabled.contains(server) {
      let others = (tools ?? []).filter { $0.server == server && $0.name != name }.map(\.name)
      enabled = enabled.filter { $0 != server } + others
    }
    enabled.removeAll { $0 == name }
    if options.servers.contains(name) { enabled.removeAll { $0.hasPrefix(name + "__") } }
    if isOn { enabled.append(name) }
  }

  /// Takes in what was listed; of servers that were not asked, what is known stays.
  private mutating func take(_ listed: [Tool], isWhole: Bool) {
    let asked = Set(listed.compactMap(\.server))
    let kept = (isWhole ? [] : tools ?? []).filter { tool in
      tool.server.map { !asked.contains($0) } ?? false
    }
    tools = listed + kept
    knowsAllTools = knowsAllTools || isWhole
  }

  /// The names that are on and of no tool; those of servers that list nothing are told with the server.
  private var missing: [String] {
    let tools = tools ?? []
    return enabled.filter { name in
      guard !options.servers.contains(name), !tools.contains(where: { $0.name == name }) else {
        return false
      }
      let server = options.servers.first { name.hasPrefix($0 + "__") }
      return server.map { server in tools.contains { $0.server == server } } ?? true
    }
  }

  /// Shows a question; where nobody can be asked, or nobody waits any more, it is answered so.
  private mutating func ask(_ question: ToolQuestion) -> [EngineStep] {
    guard place(of: question.call) != nil, round?.phase == .running else {
      return [.effect(.tool(.answer(question.id, .cancel)))]
    }
    guard options.asks, options.answersQuestions else {
      return [
        .report(.questionDeclined(question.elicitation)),
        .effect(.tool(.answer(question.id, .decline))),
      ]
    }
    questions.append(question)
    return [.report(.questionAsked(question))]
  }

  /// Forgets the questions of a call that is over.
  mutating func forgetQuestions(of key: CallKey) { questions.removeAll { $0.call == key } }

  func place(of key: CallKey) -> Int? {
    guard let round, round.message == key.message else { return nil }
    return round.entries.firstIndex { $0.call.id == key.id }
  }
}
