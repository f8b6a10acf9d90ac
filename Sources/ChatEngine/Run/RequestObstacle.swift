import Conversation
package import Language

/// Why a request is not sent.
package enum RequestObstacle: Equatable, Sendable {
  /// The conversation's server is not configured here; `host` would be asked in its place.
  case providerMissing(name: String, host: String)
  /// No model is chosen; what the server offers, as far as it was asked.
  case modelMissing(offered: [String])
  /// Every message is left out of requests.
  case nothingIncluded
  /// The message is not on disk, and nothing is sent that is not.
  case notStored(StoreFailure)
  /// A limit that is known of the server or the model.
  case risk(RequestRisk)
}

extension RequestObstacle {
  /// The obstacle as a sentence, without advice.
  package var fact: Phrase {
    switch self {
    case .providerMissing(let name, _):
      say("This conversation was with \(name), which is not configured here.")
    case .modelMissing: say("No model is chosen.")
    case .nothingIncluded: say("Every message is left out of requests.")
    case .notStored(let failure): failure.phrase
    case .risk(let risk): risk.fact
    }
  }
}

/// A limit of the server or the model that a request would go beyond.
package enum RequestRisk: Equatable, Sendable {
  case noVision(model: String)
  case tooManyPictures(count: Int, most: Int, host: String)
  case remotePicture(name: String, host: String)
  case originalTooLarge(name: String, bytes: Int, most: Int, host: String)
  case originalTooWide(name: String, side: Int, most: Int, host: String)
  /// `bytes` is an estimate.
  case tooManyBytes(bytes: Int, most: Int, host: String)
  case tooManyTokens(Phrase, model: String, most: Int)
  /// JSON mode, which servers refuse where no message speaks of JSON (OpenAI API reference,
  /// chat/create, `response_format`).
  case jsonUnmentioned
}

extension RequestRisk {
  /// The limit and what goes beyond it as a sentence, without advice.
  package var fact: Phrase {
    switch self {
    case .noVision(let model): say("\(model) takes no pictures.")
    case .tooManyPictures(let count, let most, let host):
      say("The request carries \(count, .pictures); \(host) takes \(most).")
    case .remotePicture(let name, let host):
      say("\(host) fetches no pictures itself: attach \(name) as a file.")
    case .originalTooLarge(let name, let bytes, let most, let host):
      say("\(name) has \(ByteCount(bytes)); \(host) takes \(ByteCount(most)) a picture.")
    case .originalTooWide(let name, let side, let most, let host):
      say("\(name) has a side of \(side) pixels; \(host) takes \(most).")
    case .tooManyBytes(let bytes, let most, let host):
      say("The request has ≈\(ByteCount(bytes)); \(host) takes \(ByteCount(most)).")
    case .tooManyTokens(let tokens, let model, let most):
      say("The history has \(tokens); \(model) takes \(most).")
    case .jsonUnmentioned:
      say("JSON is asked for, but no message says “JSON”, which servers demand.")
    }
  }

  /// Whether going on means a smaller picture rather than the same request.
  package var isOfOriginal: Bool {
    switch self {
    case .originalTooLarge, .originalTooWide: true
    default: false
    }
  }
}
