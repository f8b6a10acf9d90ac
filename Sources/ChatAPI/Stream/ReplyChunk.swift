import Conversation
import JSON

/// What one chunk of a stream, or one whole completion, says (facts of the wire: chat/create,
/// `chat.completion.chunk` and `chat.completion`).
///
/// Every member is optional on the wire; null, absent and empty mean the same. Only the choice with
/// index 0 counts. Tool calls are passed over: Iris offers no tools.
struct ReplyChunk: Equatable, Sendable {
  /// Members that every chunk repeats and nobody reads.
  static let ignored: [StaticString] = ["id", "created", "model", "service_tier", "obfuscation"]

  var text = ""
  var reasoning = ""
  var refusal = ""
  var finishReason: FinishReason?
  var usage: TokenUsage?
  var systemFingerprint: String?

  init(_ json: JSONValue) {
    systemFingerprint = json["system_fingerprint"]?.string
    usage = TokenUsage(json["usage"] ?? json["x_groq"]?["usage"])
    guard let choice = Self.firstChoice(of: json) else { return }
    usage = usage ?? TokenUsage(choice["usage"])
    finishReason = choice["finish_reason"]?.text.flatMap {
      $0.isEmpty ? nil : FinishReason(rawValue: $0)
    }
    guard let delta = choice["delta"] ?? choice["message"] else {
      text = choice["text"]?.string ?? ""
      return
    }
    take(delta)
  }

  private static func firstChoice(of json: JSONValue) -> JSONValue? {
    json["choices"]?.elements?.first { ($0["index"]?.integer ?? 0) == 0 }
  }

  private mutating func take(_ delta: JSONValue) {
    refusal = delta["refusal"]?.string ?? ""
    reasoning =
      (delta["reasoning_content"] ?? delta["reasoning"]).map(Self.plainText)
      ?? delta["reasoning_details"].map(Self.plainText) ?? ""
    guard case .array(let parts)? = delta["content"] else {
      text = delta["content"]?.string ?? ""
      return
    }
    for part in parts { take(part: part) }
  }

  /// One part of a content array: Mistral's `text` and `thinking`, OpenAI's `refusal`.
  private mutating func take(part: JSONValue) {
    switch part["type"]?.string {
    case "thinking": reasoning += part["thinking"].map(Self.plainText) ?? ""
    case "reasoning": reasoning += part["text"].map(Self.plainText) ?? ""
    case "refusal": refusal += part["refusal"]?.string ?? ""
    default: text += part.string ?? part["text"]?.string ?? ""
    }
  }

  /// The text of a string, of an object's `text`, `content` or `summary`, or of an array of these.
  private static func plainText(_ value: JSONValue) -> String {
    if let elements = value.elements { return elements.map(plainText).joined() }
    return value.string ?? (value["text"] ?? value["content"] ?? value["summary"])?.string ?? ""
  }
}

extension TokenUsage {
  /// Reads `usage`; nil where it is absent, counts nothing, or counts what cannot be.
  init?(_ json: JSONValue?) {
    guard let json else { return nil }
    self.init(
      reportedPrompt: json["prompt_tokens"]?.integer ?? json["input_tokens"]?.integer,
      completion: json["completion_tokens"]?.integer ?? json["output_tokens"]?.integer,
      cached: json["prompt_tokens_details"]?["cached_tokens"]?.integer,
      reasoning: json["completion_tokens_details"]?["reasoning_tokens"]?.integer)
  }
}
