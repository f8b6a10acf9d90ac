import FoundationEssentials

/// What a model name asks of the demo: how fast it writes, and how it ends.
///
/// Any name is answered; these mean something:
/// `demo-fast`, `demo-slow`: another pace. `demo-blind`: refuses pictures, as a text-only model.
/// `demo-cut`: the stream breaks off half way. `demo-error`: an error in mid-stream.
/// `demo-think`: a long reasoning first, between tags. `demo-empty`: calls of tools, and no text.
/// `demo-events`: a stream, also where none was asked for. `demo-error-429`: that status instead of a
/// reply. `demo-burst-10000`: so many short deltas, as fast as they can be sent.
struct DemoModel: Sendable {
  enum Ending: Sendable {
    case whole
    /// After half of the text, without a last chunk.
    case cutOff
    /// After half of the text, an error event.
    case fault
  }

  let name: String
  /// Multiplies the server's pace.
  var slowness = 1.0
  var ending = Ending.whole
  var isBlind = false
  /// Whether a reply has no text.
  var isEmpty = false
  /// Whether a reply begins with reasoning.
  var thinks = false
  /// Whether all is answered in events, as some relays do.
  var alwaysStreams = false
  /// The status to answer with instead of a reply.
  var errorStatus: Int?
  /// How many deltas of a burst; nil for an ordinary reply.
  var burst: Int?

  static let listed = [
    "demo", "demo-fast", "demo-slow", "demo-blind", "demo-cut", "demo-error", "demo-image",
    "demo-dall-e",
  ]

  init(name: String) {
    self.name = name
    switch name {
    case "demo-fast": slowness = 0.1
    case "demo-slow": slowness = 10
    case "demo-blind": isBlind = true
    case "demo-think": thinks = true
    case "demo-empty": isEmpty = true
    case "demo-events": alwaysStreams = true
    case "demo-cut": ending = .cutOff
    case "demo-error": ending = .fault
    default:
      errorStatus = Self.number(in: name, after: "demo-error-").map { min(max($0, 400), 599) }
      burst = Self.number(in: name, after: "demo-burst-").map { min($0, 10_000_000) }
      if burst != nil { slowness = 0 }
    }
  }

  private static func number(in name: String, after prefix: String) -> Int? {
    name.hasPrefix(prefix) ? Int(name.dropFirst(prefix.count)) : nil
  }
}
