import Conversation

/// A round of calls, from the reply that asks for them to the message of their results.
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
    let entries = calls.map { CallRound.Entry(call: $0, arguments: $0.compactArguments) }
    round = CallRound(
      message: id, answer: answer?.id, entries: entries, isResumed: isResumed)
    let isUnknown = calls.contains { tool(named: $0.name) == nil }
    guard tools != nil, !isUnknown || options.servers.isEmpty else {
      return [.effect(.tool(.list(.named(offered))))]
    }
    return judge(context)
  }

  /// Judges the calls by the rules, and asks for what is left.
  mutating func judge(_ context: EngineContext) -> [EngineStep] {
    guard var round, round.phase == .listing else { return [] }
    for place in round.entries.indices {
      round.entries[place].tool = tool(named: round.entries[place].call.name)
      round.entries[place].verdict = verdict(on: round.entries[place], round, context)
    }
    round.phase = .deciding
    self.round = round
    guard round.undecided.isEmpty else { return [.report(.callsAsked)] }
    return commit(context)
  }

  /// What becomes of a call without asking; nil where the user is to decide.
  private func verdict(
    on entry: CallRound.Entry, _ round: CallRound, _ context: EngineContext
  ) -> CallRound.Verdict? {
    guard let tool = entry.tool, offers(tool) else {
      let name = entry.call.name
      return .refuse(rules.denies(name) ? .denied(name) : .unknown(name, offered: offered))
    }
    guard let arguments = entry.arguments else {
      return .refuse(.unreadable(entry.call.arguments))
    }
    if options.replays {
      let known = context.conversation.recordedResult(tool.name, arguments: arguments)
      return known == nil ? .refuse(.notRecorded) : .run
    }
    let isAllowed =
      rules.allows(tool.name, arguments: arguments) || granted.contains(tool.name)
      || tool.asking == .never
    if isAllowed, !round.isResumed { return .run }
    return options.asks ? nil : .refuse(.notAllowedHere)
  }

  /// Takes what the user decided; the calls go when all are decided.
  mutating func decide(
    _ decisions: [CallKey: CallDecision], _ context: EngineContext
  ) -> [EngineStep] {
    guard round?.phase == .deciding else { return [] }
    var steps: [EngineStep] = []
    for (key, decision) in decisions {
      guard let place = place(of: key), round?.entries[place].verdict == nil else { continue }
      steps += decide(decision, at: place)
    }
    guard round?.undecided.isEmpty == true else { return steps }
    return steps + commit(context)
  }

  private mutating func decide(_ decision: CallDecision, at place: Int) -> [EngineStep] {
    switch decision {
    case .refuse(let reason):
      round?.entries[place].verdict = .refuse(.declined(reason))
    case .allow(let scope, let arguments):
      if let arguments {
        var edited = round?.entries[place].call
        edited?.arguments = arguments
        round?.entries[place].arguments = edited?.compactArguments
      }
      let isReadable = round?.entries[place].arguments != nil
      round?.entries[place].verdict =
        isReadable ? .run : .refuse(.unreadable(arguments ?? ""))
      return grant(scope, to: round?.entries[place].tool)
    }
    return []
  }

  private mutating func grant(_ scope: CallDecision.Scope, to tool: Tool?) -> [EngineStep] {
    guard let tool else { return [] }
    switch scope {
    case .once:
      if tool.asking == .once { granted.insert(tool.name) }
      return []
    case .conversation:
      granted.insert(tool.name)
      return []
    case .always:
      let rule = ToolRules.Rule(isAllowed: true, tool: tool.name)
      rules.add(rule)
      return [.effect(.tool(.keep(rule)))]
    }
  }

  /// Writes down what is going to happen: the calls' states, and the message of their results, with
  /// those that there are already.
  private mutating func commit(_ context: EngineContext) -> [EngineStep] {
    guard var round else { return [] }
    for place in round.entries.indices {
      let entry = round.entries[place]
      switch entry.verdict {
      case .refuse(let reason):
        let result = ToolResult(callID: entry.call.id, parts: [.text(reason.words)], isError: true)
        round.entries[place].result = result
      case .run where options.replays: round.entries[place].result = replayed(entry, context)
      case .run, nil: break
      }
    }
    let results = round.entries.compactMap(\.result)
    let steps = context.replacing(round.message) { $0.parts.mark(round.entries, isOver: false) }
    round.phase = .committing
    let answer = answer(of: round, results, context)
    round.answer = answer.id
    self.round = round
    let isNew = context.conversation.messages[answer.id] == nil
    let stored: [EngineStep] =
      isNew
      ? [.change(.append(answer)), .change(.select(leaf: answer.id))] : [.change(.replace(answer))]
    return steps + stored + refusals(round) + results.compactMap { report(of: $0, round) }
      + endIfAnswered()
  }

  /// Tells which calls were not made because nobody can be asked.
  private func refusals(_ round: CallRound) -> [EngineStep] {
    round.entries.filter { $0.verdict == .refuse(.notAllowedHere) }.map { entry in
      .report(.callNotAllowed(entry.tool?.name ?? entry.call.name))
    }
  }

  private func replayed(_ entry: CallRound.Entry, _ context: EngineContext) -> ToolResult? {
    guard let tool = entry.tool, let arguments = entry.arguments else { return nil }
    var result = context.conversation.recordedResult(tool.name, arguments: arguments)
    result?.callID = entry.call.id
    return result
  }

  /// The message of the results: the one that there is, with more in it, or a new one.
  private func answer(
    of round: CallRound, _ results: [ToolResult], _ context: EngineContext
  ) -> Message {
    let isOver = round.entries.allSatisfy { $0.result != nil }
    let known = round.answer.flatMap { context.conversation.messages[$0] }
    var message =
      known
      ?? Message(
        id: context.moment.messageID(3, after: round.message), parent: round.message, role: .tool,
        parts: [], created: context.moment.timestamp)
    if known == nil { message.parts = round.kept.map(ContentPart.toolResult) }
    message.parts += results.map(ContentPart.toolResult)
    message.status = isOver ? .complete : .streaming
    return message
  }

  /// Makes the calls as soon as the store has answered for what was written down.
  mutating func runWhenSettled(_ context: EngineContext) -> [EngineStep] {
    guard var round, round.phase == .committing, context.isSettled else { return [] }
    round.phase = .running
    var steps: [EngineStep] = []
    let pictures = context.conversation.messages.path.flatMap(\.parts.media).compactMap(\.picture)
    for place in round.entries.indices where round.entries[place].result == nil {
      let entry = round.entries[place]
      guard let tool = entry.tool, let arguments = entry.arguments else { continue }
      round.entries[place].startedAt = context.uptime
      let run = ToolRun(
        round.key(of: entry), tool: tool.name, arguments: arguments,
        pictures: tool.source == .builtIn ? pictures : [])
      steps += [.report(.callStarted(entry.call)), .effect(.tool(.run(run)))]
    }
    self.round = round
    return steps
  }

  /// Takes in a result; with the last one the round is over.
  mutating func finish(
    _ key: CallKey, _ result: ToolResult, _ context: EngineContext
  ) -> [EngineStep] {
    guard let place = place(of: key), round?.phase == .running,
      round?.entries[place].result == nil
    else { return [] }
    forgetQuestions(of: key)
    var result = result
    result.callID = key.id
    round?.entries[place].result = result
    return add([result], context)
  }

  /// Adds results to the message of the results, and ends the round where that was all.
  private mutating func add(_ results: [ToolResult], _ context: EngineContext) -> [EngineStep] {
    guard let round, let answer = round.answer else { return [] }
    let isOver = round.entries.allSatisfy { $0.result != nil }
    let steps = context.replacing(answer) { message in
      message.parts += results.map(ContentPart.toolResult)
      if isOver { message.status = .complete }
    }
    let marked =
      isOver
      ? context.replacing(round.message) { $0.parts.mark(round.entries, isOver: true) } : []
    return steps + marked + results.compactMap { report(of: $0, round) } + endIfAnswered()
  }

  private mutating func endIfAnswered() -> [EngineStep] {
    guard let round, round.entries.allSatisfy({ $0.result != nil }) else { return [] }
    endRound(wantsReply: true)
    return []
  }

  private func report(of result: ToolResult, _ round: CallRound) -> EngineStep? {
    guard let entry = round.entries.first(where: { $0.call.id == result.callID }) else {
      return nil
    }
    return .report(.callFinished(entry.call, result))
  }

  /// Ends what runs; every call gets an answer, so that the history stays one that servers take.
  mutating func stop(_ context: EngineContext) -> [EngineStep] {
    guard var round else { return [] }
    guard round.phase != .listing else {
      endRound(wantsReply: false)
      return []
    }
    var results: [ToolResult] = []
    var steps: [EngineStep] = []
    for place in round.entries.indices where round.entries[place].result == nil {
      let entry = round.entries[place]
      forgetQuestions(of: round.key(of: entry))
      if round.phase == .running { steps.append(.effect(.tool(.cancel(round.key(of: entry))))) }
      let result = ToolResult(
        callID: entry.call.id, parts: [.text(CallRefusal.stopped.words)], isError: true)
      round.entries[place].result = result
      round.entries[place].verdict = .refuse(.stopped)
      results.append(result)
    }
    self.round = round
    steps += round.answer == nil ? commit(context) : add(results, context)
    endRound(wantsReply: false)
    return steps
  }
}

extension [ContentPart] {
  /// Sets how far calls have come.
  fileprivate mutating func mark(_ entries: [CallRound.Entry], isOver: Bool) {
    for place in indices {
      guard case .toolCall(var call) = self[place],
        let entry = entries.first(where: { $0.call.id == call.id })
      else { continue }
      if case .refuse = entry.verdict {
        call.state = .refused
      } else {
        call.state = isOver || entry.result != nil ? .finished : .running
      }
      if let tool = entry.tool { call.name = tool.name }
      self[place] = .toolCall(call)
    }
  }
}
