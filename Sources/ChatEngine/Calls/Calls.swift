package import Conversation
import Language

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
    /// The names of the tools that a new conversation offers.
    package var enabled: [String] = []
    package var rules = ToolRules()
    /// How many times in a row calls may be answered and the model be asked again; 0 for no limit.
    package var roundLimit = 10
    /// Whether somebody can be asked.
    package var asks = true
    /// Whether no call is made: each gets the result that the same call has in the conversation.
    package var replays = false

    package init() {}
  }

  let options: Options
  /// The tools that there are, once that was found out.
  package private(set) var tools: [Tool]?
  /// The names of the tools that this conversation offers, in the order in which they were named.
  package internal(set) var enabled: [String]
  package internal(set) var rules: ToolRules
  package internal(set) var roundLimit: Int
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
  }

  package var isIdle: Bool { round == nil }

  /// The names of the tools that the next request offers.
  package var offered: [String] { enabled.filter { !rules.denies($0) } }

  /// The tool of this name, or of this name on the wire.
  package func tool(named name: String) -> Tool? {
    tools?.first { $0.name == name } ?? tools?.first { $0.definition.wireName == name }
  }

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
    return calls.contains { call in
      offered.contains { $0 == call.name || ToolDefinition.wireName(of: $0) == call.name }
    }
  }

  mutating func endRound(wantsReply: Bool) {
    round = nil
    self.wantsReply = wantsReply
  }
}

extension Calls {
  mutating func reduce(_ event: CallEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .list: return tools == nil ? [.effect(.tool(.list))] : []
    case .decide(let decisions): return decide(decisions, context)
    case .setTool(let name, let isOn):
      enabled.removeAll { $0 == name }
      if isOn { enabled.append(name) }
      return []
    case .add(let rule):
      rules.add(rule)
      return [.effect(.tool(.keep(rule)))]
    case .limitRounds(let limit):
      roundLimit = max(0, limit)
      return []
    }
  }

  mutating func reduce(_ event: ToolEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .listed(let tools, let problems):
      self.tools = tools
      let missing = enabled.filter { name in !tools.contains { $0.name == name } }
      let words = missing.map { say("There is no tool \($0). iris tools lists those there are.") }
      return [.report(.toolsListed(problems: problems + words))] + judge(context)
    case .progress(let key, let words):
      guard let place = place(of: key) else { return [] }
      round?.entries[place].progress = words
      return []
    case .finished(let key, let result): return finish(key, result, context)
    case .rulesFailed(let phrase): return [.report(.rulesNotKept(phrase))]
    }
  }

  func place(of key: CallKey) -> Int? {
    guard let round, round.message == key.message else { return nil }
    return round.entries.firstIndex { $0.call.id == key.id }
  }
}
