package import Conversation
package import Language

/// How asking for a reply ended.
package enum ReplyOutcome: Equatable, Sendable {
  /// The server said that it is over, and why, as far as it gave a reason.
  case finished(FinishReason?, hasText: Bool)
  /// It asks for so many calls of tools, which are being seen to.
  case called(Int)
  /// The user stopped it.
  case stopped
  /// It failed, or broke off.
  case failed(ReplyFailure)
  /// Nothing was sent.
  case prevented(RequestObstacle)
}

extension ReplyOutcome {
  /// The ending as a sentence, without advice; nil for a whole reply that stopped by itself.
  package var fact: Phrase? {
    switch self {
    case .finished(let reason, hasText: true): Self.fact(of: reason)
    case .finished(let reason, hasText: false): Self.factWithoutText(of: reason)
    case .called, .stopped: nil
    case .failed(let failure): failure.phrase
    case .prevented(let obstacle): obstacle.fact
    }
  }

  private static func fact(of reason: FinishReason?) -> Phrase? {
    switch reason {
    case .stop, nil: nil
    case .length: say("The reply reached its limit of tokens.")
    case .contentFilter: say("The server's content filter ended the reply.")
    case .toolCalls: say("The model asked for a tool, and none is on.")
    case .other(let reason): say("The server ended the reply for the reason “\(reason)”.")
    }
  }

  private static func factWithoutText(of reason: FinishReason?) -> Phrase {
    switch reason {
    case .stop, nil: say("The server's reply was empty.")
    case .length: say("The reply reached its limit of tokens before its text began.")
    case .contentFilter: say("The server's content filter left nothing of the reply.")
    case .toolCalls: say("The model asked for a tool, and none is on.")
    case .other(let reason): say("The server's reply was empty, for the reason “\(reason)”.")
    }
  }
}
