import Language

/// What a server answered in place of a reply.
package enum AnswerFault: Equatable, Sendable {
  case keyMissing
  case keyRefused
  case forbidden
  case modelNotFound
  case notFound
  /// The server is there and has not this call, like `/responses`.
  case callMissing(String)
  case redirected(to: String?)
  /// A file of the server that the request names is not there any more.
  case fileGone
  case tooLarge
  case contextTooLong
  /// More tokens are allowed for the reply than the model writes, which are so many at most.
  case replyLimitTooHigh(most: Int?)
  case pictureRefused(PictureRefusal)
  /// Messages of one role follow each other, or the first is not the user's.
  case turnsRefused
  /// The model, or the server as it was started, takes no tools.
  case toolsRefused
  /// The model takes tools on this wire only where it does not reason.
  case toolsRefusedWithReasoning
  case parameterRefused(name: String?)
  case contentRefused
  /// A prompt or a picture was held back: at which stage (`input`, `output`), for which reasons.
  case moderated(stage: String, categories: [String])
  /// The server is there, and makes no pictures, or changes none, by this call.
  case picturesNotMade(call: String)
  /// The organisation of the key must be verified before pictures are made for it.
  case organisationUnverified
  case badRequest
  case rateLimited
  case quotaUsedUp
  case overloaded
  /// 408, 409, and every 5xx that says no more.
  case serverFailed
  /// The same without a word, where no key was sent: some gateways fail so without one, others where they
  /// do not know the model.
  case serverFailedWithoutKey
  /// A page for a browser: a gateway, a login or a parked address answered.
  case page
}

extension AnswerFault {
  /// What `server` answered, and what to do.
  func phrase(server: String) -> Phrase {
    switch self {
    case .keyMissing:
      say("\(server) wants a key: set OPENAI_API_KEY, or name a key source in config.yaml.")
    case .keyRefused: say("\(server) refuses the key: check it, and that it is for this server.")
    case .forbidden: say("\(server) does not allow this with your key: ask who gave it to you.")
    case .modelNotFound: say("\(server) has no such model: choose another, /models lists them.")
    case .notFound: say("\(server) has nothing at this address: check base_url.")
    case .callMissing(let call):
      say("\(server) has no \(call): choose the other call with /api, or check base_url.")
    case .redirected(let target?):
      say("\(server) sends on to \(target); the key does not follow: set base_url to it.")
    case .redirected(nil): say("\(server) sends on to another address: check base_url.")
    case .fileGone:
      say("\(server) has no longer a file that the request names: send again, and it goes anew.")
    case .tooLarge: say("The request is too large for \(server): send fewer or smaller pictures.")
    case .contextTooLong:
      say("The conversation is too long for the model: leave messages out, or start a new one.")
    case .replyLimitTooHigh(let most?):
      say(
        "\(server) has room for \(most) tokens of reply: lower max_tokens (--max-tokens) to that.")
    case .replyLimitTooHigh(nil):
      say("\(server) has no room for so many tokens of reply: lower max_tokens (--max-tokens).")
    case .pictureRefused(let refusal): refusal.phrase(server: server)
    case .turnsRefused:
      say("\(server) wants user and model to take turns: undo or leave out what has no answer.")
    case .toolsRefused:
      say("The model at \(server) takes no tools: switch them off, or choose another model.")
    case .toolsRefusedWithReasoning:
      say(
        "This model reasons with tools at \(server) on /responses alone: set /api auto, or reasoning_effort none."
      )
    case .parameterRefused(let name?): say("\(server) does not take \(name): unset it.")
    case .parameterRefused(nil): say("\(server) does not take one of the settings: unset it.")
    case .contentRefused: say("\(server) refuses the content of this request: change the message.")
    case .moderated(let stage, let categories): Self.moderation(stage, categories, server: server)
    case .picturesNotMade(ImageRequest.Call.variations.rawValue):
      say("\(server) has no /images/variations: say in words what to change.")
    case .picturesNotMade(let call):
      say("\(server) has no \(call): choose a server that makes pictures with /provider.")
    case .organisationUnverified:
      say(
        "\(server) makes pictures for verified organisations alone: verify yours in its settings.")
    case .badRequest, .rateLimited, .quotaUsedUp, .overloaded, .serverFailed,
      .serverFailedWithoutKey, .page:
      statePhrase(server: server)
    }
  }

  private static func moderation(
    _ stage: String, _ categories: [String], server: String
  ) -> Phrase {
    let reasons =
      categories.isEmpty ? say("no reason told") : .verbatim(categories.joined(separator: ", "))
    return switch stage {
    case "input": say("\(server) refuses the prompt (\(reasons)): word it otherwise.")
    case "output":
      say("\(server) made a picture and held it back (\(reasons)): word the prompt otherwise.")
    default: say("\(server) refuses to draw this (\(reasons)): word the prompt otherwise.")
    }
  }

  private func statePhrase(server: String) -> Phrase {
    switch self {
    case .rateLimited: say("\(server) wants fewer requests: wait a while, and send again.")
    case .quotaUsedUp: say("The quota of your key is used up at \(server): see your plan there.")
    case .overloaded: say("\(server) is overloaded: wait a while, and send again.")
    case .serverFailed: say("\(server) failed: send again, or try another model.")
    case .serverFailedWithoutKey:
      say(
        """
        \(server) failed and does not say why: try another model. No key was sent; if it wants one, \
        set OPENAI_API_KEY.
        """)
    case .page: say("\(server) answered with a web page, not as an API: check base_url.")
    default: say("\(server) does not accept the request: read what it says, and change that.")
    }
  }
}
