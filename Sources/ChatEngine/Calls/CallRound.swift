package import Conversation

/// The calls of one reply, on their way to their results.
///
/// The state of a round is changed by its own methods alone, each of which is one step of ``Phase``.
package struct CallRound: Equatable, Sendable {
  /// How far the calls have come.
  package enum Phase: Equatable, Sendable {
    /// The tools that there are are being listed. Next: `deciding`, `committing`.
    case listing
    /// The user is asked. Next: `committing`.
    case deciding
    /// The store is given the calls and the message of their results. Next: `running`.
    case committing
    /// Next: the round is over.
    case running
  }

  /// A call, its tool, and how far it has come.
  package struct Entry: Equatable, Sendable {
    package let call: ToolCall
    /// Nil where there is no such tool.
    package fileprivate(set) var tool: Tool?
    /// The arguments with which it is made, JSON of one line; nil where they are no object.
    package fileprivate(set) var arguments: String?
    /// The decision about it; nil while the user has not decided.
    package fileprivate(set) var verdict: Verdict?
    /// The tool's own words about its progress.
    package fileprivate(set) var progress: String?
    /// Uptime in milliseconds at which it began.
    package fileprivate(set) var startedAt: Int64?
    package fileprivate(set) var result: ToolResult?

    /// Whether an earlier run of the program began with the call, and left no result.
    package var mayHaveRun: Bool { call.state == .running }
  }

  /// The decision about a call.
  package enum Verdict: Equatable, Sendable {
    case run
    /// The model gets the reason in the place of a result.
    case refuse(CallRefusal)
  }

  /// The reply that asks for the calls.
  package let message: MessageID
  /// The message of the results, once there is one.
  package private(set) var answer: MessageID?
  package private(set) var entries: [Entry]
  package private(set) var phase = Phase.listing
  /// Whether the calls are from an earlier run of the program, which may have made some of them: each
  /// is asked about, whatever the rules say.
  package let isResumed: Bool
  /// Results that stand beside those of the calls, of a round that was made before.
  package let kept: [ToolResult]

  init(
    message: MessageID, answer: MessageID? = nil, calls: [ToolCall], isResumed: Bool,
    kept: [ToolResult] = []
  ) {
    self.message = message
    self.answer = answer
    entries = calls.map { Entry(call: $0, arguments: $0.compactArguments) }
    self.isResumed = isResumed
    self.kept = kept
  }

  /// The calls that the user is asked about.
  package var undecided: [Entry] { phase == .deciding ? entries.filter { $0.verdict == nil } : [] }

  /// The results so far, in the order of the calls.
  var results: [ToolResult] { entries.compactMap(\.result) }

  var isAnswered: Bool { entries.allSatisfy { $0.result != nil } }

  /// The calls without a result, which is all of them until they are decided.
  var unanswered: [Entry] { entries.filter { $0.result == nil } }

  /// The key of an entry's call.
  package func key(of entry: Entry) -> CallKey { CallKey(message: message, id: entry.call.id) }

  /// The place of a call among the entries; nil for a call of another round.
  func place(of key: CallKey) -> Int? {
    key.message == message ? entries.firstIndex { $0.call.id == key.id } : nil
  }
}

extension CallRound {
  /// Takes in the tools, now that they are listed, and what the rules say of each call.
  mutating func judge(_ tool: (ToolCall) -> Tool?, _ verdict: (Entry) -> Verdict?) {
    for place in entries.indices {
      entries[place].tool = tool(entries[place].call)
      entries[place].verdict = verdict(entries[place])
    }
    phase = .deciding
  }

  /// Has the call at `place` refused.
  mutating func refuse(_ refusal: CallRefusal, at place: Int) {
    entries[place].verdict = .refuse(refusal)
  }

  /// Has the call at `place` made, with other arguments where some are given; arguments that are no JSON
  /// object refuse it.
  mutating func allow(with arguments: String?, at place: Int) {
    if let arguments {
      var edited = entries[place].call
      edited.arguments = arguments
      entries[place].arguments = edited.compactArguments
    }
    let isReadable = entries[place].arguments != nil
    entries[place].verdict = isReadable ? .run : .refuse(.unreadable(arguments ?? ""))
  }

  /// Answers the calls that are refused, and those that `recorded` knows a result of; the others wait for
  /// the store.
  mutating func settle(_ recorded: (Entry) -> ToolResult?) {
    phase = .committing
    for place in entries.indices where entries[place].result == nil {
      let entry = entries[place]
      entries[place].result =
        if case .refuse(let refusal) = entry.verdict { refusal.result(of: entry.call) } else {
          recorded(entry)
        }
    }
  }

  /// Takes note of the message that the results are written to.
  mutating func write(to answer: MessageID) { self.answer = answer }

  /// Begins with the calls that have no result, which are returned.
  mutating func start(at uptime: Int64) -> [Entry] {
    phase = .running
    for place in entries.indices where entries[place].result == nil {
      entries[place].startedAt = uptime
    }
    return unanswered
  }

  mutating func showProgress(_ words: String, at place: Int) { entries[place].progress = words }

  mutating func finish(with result: ToolResult, at place: Int) { entries[place].result = result }

  /// Gives every call that has no result the answer that the user stopped it; returns these results.
  mutating func stop() -> [ToolResult] {
    var stopped: [ToolResult] = []
    for place in entries.indices where entries[place].result == nil {
      let result = CallRefusal.stopped.result(of: entries[place].call)
      entries[place].result = result
      entries[place].verdict = .refuse(.stopped)
      stopped.append(result)
    }
    return stopped
  }
}

extension CallRefusal {
  /// What the model gets in the place of a result.
  fileprivate func result(of call: ToolCall) -> ToolResult {
    ToolResult(callID: call.id, parts: [.text(words)], isError: true)
  }
}
