package import Conversation

/// The calls of one reply, on their way to their results.
package struct CallRound: Equatable, Sendable {
  /// How far they have come.
  package enum Phase: Equatable, Sendable {
    /// It is being found out which tools there are. Next: `deciding`, `committing`.
    case listing
    /// The user is asked. Next: `committing`.
    case deciding
    /// What is going to happen is being written to disk. Next: `running`.
    case committing
    /// Next: the round is over.
    case running
  }

  /// A call, its tool, and how far it has come.
  package struct Entry: Equatable, Sendable {
    package var call: ToolCall
    /// Nil where there is no such tool.
    package var tool: Tool?
    /// The arguments with which it is made, JSON of one line; nil where they are no object.
    package var arguments: String?
    /// The decision about it; nil while the user has not decided.
    package var verdict: Verdict?
    /// The tool's own words about its progress.
    package var progress: String?
    /// Uptime in milliseconds at which it began.
    package var startedAt: Int64?
    package var result: ToolResult?
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
  package internal(set) var answer: MessageID?
  package internal(set) var entries: [Entry]
  package internal(set) var phase = Phase.listing
  /// Whether the calls are from an earlier run of the program, which may have made some of them: each
  /// is asked about, whatever the rules say.
  package let isResumed: Bool
  /// Results that stand beside those of the calls, of a round that was made before.
  package let kept: [ToolResult]

  init(
    message: MessageID, answer: MessageID? = nil, entries: [Entry], isResumed: Bool,
    kept: [ToolResult] = []
  ) {
    self.message = message
    self.answer = answer
    self.entries = entries
    self.isResumed = isResumed
    self.kept = kept
  }

  /// The calls that the user is asked about.
  package var undecided: [Entry] { phase == .deciding ? entries.filter { $0.verdict == nil } : [] }

  /// The key of an entry's call.
  package func key(of entry: Entry) -> CallKey { CallKey(message: message, id: entry.call.id) }
}

extension CallRound.Entry {
  /// Whether an earlier run of the program began with the call, and left no result.
  package var mayHaveRun: Bool { call.state == .running }
}
