package import Conversation
package import Language

/// What a face asks of the run.
package enum RunEvent: Equatable, Sendable {
  /// Asks for a reply to the path in use; one that broke off goes on.
  ///
  /// `isConfirmed` says that the user insists although something was said against it.
  case request(isConfirmed: Bool)
  /// Asks for another reply beside the one at the leaf.
  case retry
  /// Ends the reply in flight: what came stays, marked as stopped.
  case stop
}

/// The reducer of a run: a request, the reply that comes, and how it ends.
///
/// A request goes when the store has answered for every message of it. The message of the reply comes
/// into being with its first text, and its end makes it final; without text all is as before.
package struct Run: Equatable, Sendable {
  /// Where the reply stands.
  package enum Phase: Equatable, Sendable {
    /// Next: `committing`, or `connecting` where all is on disk already.
    case idle
    /// The message to answer is being written to disk. Next: `connecting`, `idle`.
    case committing(ReplyRequest)
    /// Next: `waiting`, `retrying`, `idle`.
    case connecting
    /// Next: `streaming`, `retrying`, `idle`.
    case waiting
    /// Next: `connecting`, `idle`. The deadline is an uptime in milliseconds.
    case retrying(deadline: Int64, because: Phrase)
    /// Next: `idle`.
    case streaming
  }

  /// How requests are made, whatever the conversation.
  package struct Options: Equatable, Sendable {
    /// Whether replies come piece by piece.
    package var streamsReplies = true
    /// Whether requests go although a limit that is known speaks against them.
    package var ignoresRisks = false
    /// Whether a message that is not on disk is sent: who has a screen sees that it is not.
    package var sendsUnstored = true

    package init() {}
  }

  let options: Options
  package internal(set) var phase = Phase.idle
  package internal(set) var id: ReplyID?
  /// What the reply answers: the leaf when it was asked for; nil for the start of a conversation.
  var parent: MessageID?
  /// The reply that this one is to stand beside, which comes back when no text comes.
  var older: MessageID?
  /// The user's messages that count as unsent when no text comes.
  var questions: [MessageID] = []
  /// The calls of tools that the reply asks for, by the places of their parts among the reply's.
  var calls: [Int: ToolCall] = [:]
  /// Whether the request offers tools.
  var offersTools = false
  /// Whether text has come.
  package internal(set) var hasBegun = false
  /// Uptime in milliseconds at which the reply was asked for, and at which its text began.
  package internal(set) var startedAt: Int64 = 0
  package internal(set) var firstTextAt: Int64?
  /// The present, as the last event told it.
  package private(set) var now: Int64 = 0
  package internal(set) var details: ReplyDetails?
  /// Deltas that came, as a measure of tokens until the server tells its own.
  package internal(set) var deltaCount = 0
  /// How the last reply ended; nil while one is on its way, and before the first.
  package internal(set) var outcome: ReplyOutcome?
  /// What was last said against a request, and what of it the user accepted by asking again.
  var toldObstacle: RequestObstacle?
  var acceptedRisk: RequestRisk?

  init(_ options: Options) {
    self.options = options
  }

  package var isIdle: Bool { phase == .idle }

  /// Whether a reply that failed now would come back as the older one that it was asked for beside.
  package var isRetry: Bool { older != nil }

  /// Milliseconds since the reply was asked for.
  package var elapsed: Int64 { max(0, now - startedAt) }

  /// Tokens a second since the first text, by the deltas counted.
  package var tokensPerSecond: Double? {
    guard let firstTextAt, now > firstTextAt + 200 else { return nil }
    return Double(deltaCount) * 1000 / Double(now - firstTextAt)
  }

  /// Takes the present over, from which the elapsed time is counted.
  mutating func advance(to uptime: Int64) { now = uptime }

  /// Forgets the reply; the present, the last outcome and what was said before stay.
  mutating func clear() {
    var cleared = Run(options)
    cleared.now = now
    cleared.outcome = outcome
    cleared.toldObstacle = toldObstacle
    cleared.acceptedRisk = acceptedRisk
    self = cleared
  }
}

extension Run {
  mutating func reduce(_ event: RunEvent, _ context: EngineContext) -> [EngineStep] {
    switch event {
    case .request(let isConfirmed): request(isConfirmed: isConfirmed, context)
    case .retry: retry(context)
    case .stop: end(as: .stopped, outcome: .stopped, context)
    }
  }

  /// Has the conversation belong to the server that is asked in the place of its own, which is missing,
  /// where the user was told and asks again; the request that follows goes there.
  func acceptProvider(for event: RunEvent, _ context: EngineContext) -> [EngineStep] {
    guard event.isConfirmed, let problem = missingProvider(context), toldObstacle == problem else {
      return []
    }
    let settings = ConversationSettings(of: context.conversation)
      .accepting(context.target.provider, offering: context.models)
    return [.change(.settings(settings, writesRow: .always))]
  }

  /// Another conversation is open: what was said of the last one holds no more.
  mutating func enter(_ context: EngineContext) -> [EngineStep] {
    acceptedRisk = nil
    toldObstacle = missingProvider(context)
    return toldObstacle.map { [.report(.foreseen($0))] } ?? []
  }

  /// Sends the request as soon as the store has answered for every message of it.
  mutating func requestWhenSettled(_ context: EngineContext) -> [EngineStep] {
    guard case .committing(let request) = phase, context.isSettled else { return [] }
    if !options.sendsUnstored, let failure = context.storeFailure {
      return end(as: .cutOff, outcome: .prevented(.notStored(failure)), context)
    }
    phase = .connecting
    return [.effect(.reply(.request(request)))]
  }
}

extension RunEvent {
  /// Whether the user asks although something may have been said against it.
  fileprivate var isConfirmed: Bool {
    switch self {
    case .request(let isConfirmed): isConfirmed
    case .retry: true
    case .stop: false
    }
  }
}
