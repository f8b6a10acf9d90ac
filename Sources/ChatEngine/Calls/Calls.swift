package import Conversation
import Language
package import ModelCatalog

/// The reducer of tools: which there are, and what becomes of the calls that the model asks for.
///
/// A reply that asks for calls begins a round. Each call is judged by the rules, or by the user; what is
/// going to happen is written to the store, with an empty message for the results; only when the store
/// has answered for it do the calls run, all side by side. So a program that is killed between a call
/// and its result knows at the next start that the call may have been made, and makes it again only when
/// it is told to. This file holds all that changes the reducer's state; `Calls+round.swift` says what is
/// decided by it.
package struct Calls: Equatable, Sendable {
  /// What holds for all conversations.
  package struct Options: Equatable, Sendable {
    /// The names of the tools that a conversation offers until it has a list of its own; a server's name
    /// stands for all of its tools.
    package var enabled: [String] = []
    /// The names of tools that the command line offers in the conversation that is opened, and in new ones.
    package var given: [String] = []
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
  /// The servers whose tools were listed anew because they said that these are others, since the model was
  /// asked last: one that says so after every list is not listed without end.
  private var relisted: Set<String> = []
  /// Those that said so once more since; they are listed when somebody wants to know.
  private var changedAgain: Set<String> = []
  /// What the servers of tools ask the user, the oldest first.
  package private(set) var questions: [ToolQuestion] = []
  package private(set) var rules: ToolRules
  package private(set) var roundLimit: Int
  package private(set) var budget: Money?
  /// What the conversation had cost when the user asked last.
  private(set) var spentBefore = Money.zero
  /// Tools whose calls the user allowed in this conversation.
  private(set) var granted: Set<String> = []
  /// The calls that are under way; nil where none are.
  package private(set) var round: CallRound?
  /// Whether the model is to be asked again, since all its calls are answered.
  private var wantsReply = false

  package init(_ options: Options = Options()) {
    self.options = options
    rules = options.rules
    roundLimit = options.roundLimit
    budget = options.budget
  }

  package var isIdle: Bool { round == nil }

  /// The list that a conversation begins or goes on with where the command line names tools: they are
  /// added to its own list, or to the configured one.
  package func toolsGiven(beside own: [String]?) -> [String]? {
    guard !options.given.isEmpty else { return own }
    let before = own ?? options.enabled
    return before + options.given.filter { !before.contains($0) }
  }

  /// Counts what a turn costs from now on: the user asks, after so much was spent.
  mutating func beginTurn(after spent: Money?) { spentBefore = spent ?? .zero }

  /// The model is asked: servers may say anew that their tools are others.
  mutating func beginRequest() { relisted = [] }

  /// Takes back the wish for another reply; whether there was one.
  mutating func takeTurn() -> Bool {
    defer { wantsReply = false }
    return wantsReply
  }

  /// Another conversation is open: what was allowed in the last one holds no more.
  mutating func enter(_ context: EngineContext) -> [EngineStep] {
    granted = []
    questions = []
    end(wantsReply: false)
    return openCalls(context)
  }

  private mutating func end(wantsReply: Bool) {
    round = nil
    self.wantsReply = wantsReply
  }
}

// MARK: - Events

extension Calls {
  mutating func reduce(_ event: CallEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .list: return listWanted()
    case .answer(let id, let answer):
      guard questions.contains(where: { $0.id == id }) else { return [] }
      questions.removeAll { $0.id == id }
      return [.effect(.tool(.answer(id, answer)))]
    case .decide(let decisions): return decide(decisions, context)
    case .setTool(let name, let isOn): return switchTool(name, on: isOn, context)
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
      list(tools, isWhole: isWhole)
      return [.report(.toolsListed(problems: problems + missingTools(context)))] + judge(context)
    case .changed(let server): return relist(server)
    case .asked(let question): return ask(question)
    case .progress(let key, let words):
      guard let place = round?.place(of: key) else { return [] }
      round?.showProgress(words, at: place)
      return []
    case .finished(let key, let result): return finish(key, result, context)
    case .rulesFailed(let phrase): return [.report(.rulesNotKept(phrase))]
    }
  }

  /// Lists what somebody wants to see, as far as it is not known.
  private mutating func listWanted() -> [EngineStep] {
    let servers = changedAgain.sorted()
    changedAgain = []
    guard knowsAllTools else { return [.effect(.tool(.list(.all)))] }
    return servers.isEmpty ? [] : [.effect(.tool(.list(.named(servers))))]
  }

  /// Lists the tools of a server that says that they are others, once for each request to the model.
  private mutating func relist(_ server: String) -> [EngineStep] {
    // A round that waits for its own list must not be judged by this one.
    guard tools != nil, round?.phase != .listing else { return [] }
    guard relisted.insert(server).inserted else {
      changedAgain.insert(server)
      return []
    }
    return [.effect(.tool(.list(.named([server]))))]
  }

  /// Takes in what was listed; of servers that were not asked, what is known stays.
  private mutating func list(_ listed: [Tool], isWhole: Bool) {
    let asked = Set(listed.compactMap(\.server))
    let kept = (isWhole ? [] : tools ?? []).filter { tool in
      tool.server.map { !asked.contains($0) } ?? false
    }
    tools = listed + kept
    knowsAllTools = knowsAllTools || isWhole
  }

  /// Shows a question; where nobody can be asked, or nobody waits any more, it is answered so.
  private mutating func ask(_ question: ToolQuestion) -> [EngineStep] {
    guard let round, round.place(of: question.call) != nil, round.phase == .running else {
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
}

// MARK: - A round, from the reply that asks for calls to the message of their results

extension Calls {
  /// Begins with the calls of a reply that have no result yet; nothing where there are none.
  ///
  /// `isResumed` says that the calls are from an earlier run of the program, or from elsewhere.
  mutating func begin(
    _ id: MessageID, isResumed: Bool = false, _ context: EngineContext
  ) -> [EngineStep] {
    guard round == nil, let message = context.conversation.messages[id] else { return [] }
    let answer = context.conversation.messages.answer(to: id)
    let answered = Set(answer?.parts.toolResults.map(\.callID) ?? [])
    let calls = message.parts.toolCalls.filter { !answered.contains($0.id) }
    guard !calls.isEmpty else { return [] }
    let offer = offer(context)
    round = CallRound(message: id, answer: answer?.id, calls: calls, isResumed: isResumed)
    let isUnknown = calls.contains { offer.tool(named: $0.name) == nil }
    guard tools != nil, !isUnknown || options.servers.isEmpty else {
      return [.effect(.tool(.list(.named(offer.names))))]
    }
    return judge(context)
  }

  /// Makes calls of an earlier round once more, those of the tool of that name, or all; the other results
  /// stay as they were.
  ///
  /// The rules hold, and a tool must still be on.
  private mutating func rerun(
    _ id: MessageID, tool name: String?, _ context: EngineContext
  ) -> [EngineStep] {
    guard round == nil, let answer = context.conversation.messages[id], answer.role == .tool,
      let reply = answer.parent.flatMap({ context.conversation.messages[$0] })
    else { return [] }
    let chosen = reply.parts.toolCalls.filter { name == nil || $0.name == name }
    if let obstacle = obstacle(toRunning: chosen, of: name, context) {
      return [.report(.remark(obstacle))]
    }
    round = .again(chosen, of: reply.id, besides: answer.parts.toolResults)
    let offer = offer(context)
    guard tools != nil, chosen.allSatisfy({ offer.tool(named: $0.name) != nil }) else {
      return [.effect(.tool(.list(.named(offer.names))))]
    }
    return judge(context)
  }

  /// Judges the calls by the rules, and asks for what is left.
  private mutating func judge(_ context: EngineContext) -> [EngineStep] {
    guard var round, round.phase == .listing else { return [] }
    let offer = offer(context)
    let isResumed = round.isResumed
    round.judge(
      { offer.tool(named: $0.name) }, { verdict(on: $0, isResumed: isResumed, context) })
    self.round = round
    guard round.undecided.isEmpty else { return [.report(.callsAsked)] }
    return commit(context)
  }

  /// Takes what the user decided; the calls go when all are decided.
  private mutating func decide(
    _ decisions: [CallKey: CallDecision], _ context: EngineContext
  ) -> [EngineStep] {
    guard round?.phase == .deciding else { return [] }
    var steps: [EngineStep] = []
    for (key, decision) in decisions {
      guard let round, let place = round.place(of: key), round.entries[place].verdict == nil else {
        continue
      }
      switch decision {
      case .refuse(let reason): self.round?.refuse(.declined(reason), at: place)
      case .allow(let scope, let arguments):
        self.round?.allow(with: arguments, at: place)
        steps += grant(scope, to: round.entries[place].tool)
      }
    }
    guard round?.undecided.isEmpty == true else { return steps }
    return steps + commit(context)
  }

  private mutating func grant(_ scope: CallDecision.Scope, to tool: Tool?) -> [EngineStep] {
    guard let tool else { return [] }
    switch scope {
    case .once where tool.asking == .once, .conversation: granted.insert(tool.name)
    case .once: break
    case .always:
      let rule = ToolRules.Rule(allowing: tool.name)
      rules.add(rule)
      return [.effect(.tool(.keep(rule)))]
    }
    return []
  }

  /// Writes down what is going to happen: the calls' states, and the message of their results, with
  /// those that there are already.
  private mutating func commit(_ context: EngineContext) -> [EngineStep] {
    guard var round else { return [] }
    round.settle { replayed($0, context) }
    let answer = answer(of: round, context)
    round.write(to: answer.id)
    self.round = round
    return written(round, to: answer, context) + endIfAnswered()
  }

  /// Makes the calls as soon as the store has answered for what was written down.
  mutating func runWhenSettled(_ context: EngineContext) -> [EngineStep] {
    guard var round, round.phase == .committing, context.isSettled else { return [] }
    let started = round.start(at: context.uptime)
    self.round = round
    let pictures = context.conversation.messages.path.flatMap(\.parts.media).compactMap(\.picture)
    return started.flatMap { entry -> [EngineStep] in
      guard let tool = entry.tool, let arguments = entry.arguments else { return [] }
      let run = ToolRun(
        round.key(of: entry), tool: tool.name, arguments: arguments,
        pictures: tool.source == .builtIn ? pictures : [])
      return [.report(.callStarted(entry.call)), .effect(.tool(.run(run)))]
    }
  }

  /// Takes in a result; with the last one the round is over.
  private mutating func finish(
    _ key: CallKey, _ result: ToolResult, _ context: EngineContext
  ) -> [EngineStep] {
    guard let place = round?.place(of: key), round?.phase == .running,
      round?.entries[place].result == nil
    else { return [] }
    questions.removeAll { $0.call == key }
    var result = result
    result.callID = key.id
    round?.finish(with: result, at: place)
    return added([result], context) + endIfAnswered()
  }

  private mutating func endIfAnswered() -> [EngineStep] {
    if round?.isAnswered == true { end(wantsReply: true) }
    return []
  }

  /// Ends what runs; every call gets an answer, so that the history stays one that servers take.
  mutating func stop(_ context: EngineContext) -> [EngineStep] {
    guard var round else { return [] }
    defer { end(wantsReply: false) }
    guard round.phase != .listing else { return [] }
    let running = round.phase == .running ? round.unanswered.map(round.key) : []
    let results = round.stop()
    questions.removeAll { $0.call.message == round.message }
    self.round = round
    return running.map { .effect(.tool(.cancel($0))) }
      + (round.answer == nil ? commit(context) : added(results, context))
  }

  /// Puts a text in the place of a call's result, as a variant of the message of the results, and has the
  /// model go on from there.
  private mutating func rewrite(
    _ callID: String, in id: MessageID, as text: String, _ context: EngineContext
  ) -> [EngineStep] {
    guard round == nil, let message = rewritten(callID, in: id, as: text, context) else {
      return []
    }
    end(wantsReply: true)
    return [.change(.append(message)), .change(.select(leaf: message.id))]
  }
}
