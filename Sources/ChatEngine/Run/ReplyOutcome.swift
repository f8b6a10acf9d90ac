package import Conversation
package import Language

/// How asking for a reply ended.
package enum ReplyOutcome: Equatable, Sendable {
  /// The server said that it is over, and why, as far as it gave a reason.
  case finished(FinishReason?, hasText: Bool)
  /// The server said that it is over, and all that came is the model's thoughts.
  case thoughtOnly
  /// Its limit of tokens, or the server's filter, ended it within a call of this tool: no call is made.
  case callCut(tool: String, by: FinishReason, hasText: Bool)
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
  /// The ending that a server gave a reply, of which `message` came; nil where nothing did.
  init(finished reason: FinishReason?, _ message: Message?) {
    let isFull = message.map { !$0.text.isEmpty || !$0.parts.media.isEmpty } ?? false
    let hasThoughts = message?.reasoning.isEmpty == false
    self =
      !isFull && hasThoughts && (reason ?? .stop) == .stop
      ? .thoughtOnly : .finished(reason, hasText: isFull)
  }

  /// Whether the server said that the reply is over.
  package var isByServer: Bool {
    switch self {
    case .finished, .thoughtOnly, .callCut: true
    case .called, .stopped, .failed, .prevented: false
    }
  }

  /// Whether it did so, and there is no text to read.
  package var isWithoutText: Bool {
    switch self {
    case .finished(_, let hasText), .callCut(_, _, let hasText): !hasText
    case .thoughtOnly: true
    case .called, .stopped, .failed, .prevented: false
    }
  }

  /// The ending as a sentence, without advice; nil for a whole reply that stopped by itself.
  package var fact: Phrase? {
    switch self {
    case .finished(let reason, hasText: true): Self.fact(of: reason)
    case .finished(let reason, hasText: false): Self.factWithoutText(of: reason)
    case .thoughtOnly: say("The model wrote its thoughts alone, and no answer.")
    case .callCut(let tool, .contentFilter, _):
      say("The server's content filter ended the reply in its call of \(tool): it is not made.")
    case .callCut(let tool, _, _):
      say("The reply reached its limit of tokens in its call of \(tool): it is not made.")
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

/// What cut a reply short that reached a limit of tokens which the request did not set.
package enum ReplyCut: Equatable, Sendable {
  /// Question and reply together have as many tokens as the model's context.
  case contextFull(Int)
  /// The server has a limit of its own where none is asked for.
  case serverLimit
}

extension ReplyCut {
  /// What happened as a sentence, without advice.
  package var fact: Phrase {
    switch self {
    case .contextFull(let tokens): say("The reply filled the model's context of \(tokens) tokens.")
    case .serverLimit: say("The server ended the reply at a limit of its own.")
    }
  }
}
