import Conversation
import Language

/// The decisions about a round of calls, and what of it is written to the conversation.
extension Calls {
  /// The tools as the open conversation offers them.
  func offer(_ context: EngineContext) -> ToolOffer { ToolOffer(self, of: context.conversation) }

  /// Tells that a conversation has calls without results.
  func openCalls(_ context: EngineContext) -> [EngineStep] {
    let conversation = context.conversation
    guard let reply = conversation.replyWithOpenCalls.flatMap({ conversation.messages[$0] }) else {
      return []
    }
    let call = reply.parts.toolCalls.first { $0.state != .finished }
    return [
      .report(.callsOpen(tool: call?.name ?? "", mayHaveRun: call?.state == .running))
    ]
  }

  /// Switches a tool, or a server with all its tools; the conversation remembers it.
  func switchTool(_ name: String, on isOn: Bool, _ context: EngineContext) -> [EngineStep] {
    var settings = ConversationSettings(of: context.conversation)
    settings.parameters.tools = offer(context).switching(name, on: isOn)
    let change = EngineStep.change(.settings(settings, writesRow: .whereStored))
    // What is missing is told.
    return isOn ? [change, .effect(.tool(.list(.named([name]))))] : [change]
  }

  func missingTools(_ context: EngineContext) -> [Phrase] {
    offer(context).missing.map { name in
      say("There is no tool \(name): it is not offered. /tools \(name) off takes it out.")
    }
  }

  /// What becomes of a call without asking; nil where the user is to decide.
  func verdict(
    on entry: CallRound.Entry, isResumed: Bool, _ context: EngineContext
  ) -> CallRound.Verdict? {
    let offer = offer(context)
    guard let tool = entry.tool, offer.includes(tool) else {
      let name = entry.call.name
      return .refuse(rules.denies(name) ? .denied(name) : .unknown(name, offered: offer.names))
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
    if isAllowed, !isResumed { return .run }
    return options.asks ? nil : .refuse(.notAllowedHere)
  }

  /// Why calls cannot be made anew; nil where they can.
  func obstacle(
    toRunning calls: [ToolCall], of name: String?, _ context: EngineContext
  ) -> Phrase? {
    guard !calls.isEmpty else { return say("There is no call of \(name ?? "a tool") there.") }
    let offer = offer(context)
    guard let tool = calls.first(where: { !offer.includes(callOf: $0.name) })?.name else {
      return nil
    }
    return say("\(tool) is not on. /tools \(tool) on offers it again.")
  }

  /// The result that the same call has in the conversation, where nothing is run.
  func replayed(_ entry: CallRound.Entry, _ context: EngineContext) -> ToolResult? {
    guard options.replays, let tool = entry.tool, let arguments = entry.arguments else {
      return nil
    }
    var result = context.conversation.recordedResult(tool.name, arguments: arguments)
    result?.callID = entry.call.id
    return result
  }

  /// The message of the results: the one that there is, with more in it, or a new one.
  func answer(of round: CallRound, _ context: EngineContext) -> Message {
    let known = round.answer.flatMap { context.conversation.messages[$0] }
    var message =
      known
      ?? Message(
        id: context.moment.messageID(3, after: round.message), parent: round.message, role: .tool,
        parts: round.kept.map(ContentPart.toolResult), created: context.moment.timestamp)
    message.parts += round.results.map(ContentPart.toolResult)
    message.status = round.isAnswered ? .complete : .streaming
    return message
  }

  /// Writes the states of a round's calls, and the message of its results.
  func written(
    _ round: CallRound, to answer: Message, _ context: EngineContext
  ) -> [EngineStep] {
    let isNew = context.conversation.messages[answer.id] == nil
    let stored: [EngineStep] =
      isNew
      ? [.change(.append(answer)), .change(.select(leaf: answer.id))] : [.change(.replace(answer))]
    // Nobody can be asked: whoever reads along learns which calls were not made.
    let refused = round.entries.filter { $0.verdict == .refuse(.notAllowedHere) }
    return context.replacing(round.message) { $0.parts.mark(round.entries, isOver: false) } + stored
      + refused.map { .report(.callNotAllowed($0.tool?.name ?? $0.call.name)) }
      + reports(of: round.results, in: round)
  }

  /// Adds results to the message of the results.
  func added(_ results: [ToolResult], _ context: EngineContext) -> [EngineStep] {
    guard let round, let answer = round.answer else { return [] }
    let isOver = round.isAnswered
    let steps = context.replacing(answer) { message in
      message.parts += results.map(ContentPart.toolResult)
      if isOver { message.status = .complete }
    }
    let marked =
      isOver
      ? context.replacing(round.message) { $0.parts.mark(round.entries, isOver: true) } : []
    return steps + marked + reports(of: results, in: round)
  }

  private func reports(of results: [ToolResult], in round: CallRound) -> [EngineStep] {
    results.compactMap { result in
      let entry = round.entries.first { $0.call.id == result.callID }
      return entry.map { .report(.callFinished($0.call, result)) }
    }
  }

  /// A variant of a message of results in which one is another text; nil where there is no such result.
  func rewritten(
    _ callID: String, in id: MessageID, as text: String, _ context: EngineContext
  ) -> Message? {
    guard let old = context.conversation.messages[id], old.role == .tool,
      let place = old.parts.toolResults.firstIndex(where: { $0.callID == callID })
    else { return nil }
    var results = old.parts.toolResults
    results[place].parts = [.text(text)]
    results[place].isError = false
    results[place].userOnly = []
    results[place].milliseconds = nil
    return Message(
      id: context.moment.messageID(3, after: old.id), parent: old.parent, role: .tool,
      parts: results.map(ContentPart.toolResult), created: context.moment.timestamp)
  }
}

extension CallRound {
  /// A round of calls that were made before; of the `results` beside them, those of other calls stay.
  static func again(
    _ calls: [ToolCall], of reply: MessageID, besides results: [ToolResult]
  ) -> CallRound {
    let ids = Set(calls.map(\.id))
    let fresh = calls.map { call in
      var call = call
      call.state = .requested
      return call
    }
    return CallRound(
      message: reply, calls: fresh, isResumed: false,
      kept: results.filter { !ids.contains($0.callID) })
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
