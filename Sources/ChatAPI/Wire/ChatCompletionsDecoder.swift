import Conversation
import JSON

/// Reads the chunks of a stream of chat completions, or one whole completion (OpenAI API reference,
/// `chat.completion.chunk` and `chat.completion`), in the forms that compatible servers give them.
///
/// Every member is optional on the wire; null, absent and empty mean the same. Only the choice with
/// index 0 counts.
struct ChatCompletionsDecoder: ReplyDecoder {
  let ignoredMembers: [StaticString] = [
    "id", "created", "model", "service_tier", "obfuscation",
  ]
  private(set) var finishReason: FinishReason?
  private(set) var onlyText: String?
  private(set) var reasoningMember: String?
  private var usage: TokenUsage?
  private var fingerprint: String?
  private var answer: AnswerText
  private var calls = StreamedCalls()
  private var pictures = ReplyPictures()

  init(startsInReasoning: Bool = false) {
    answer = AnswerText(startsInReasoning: startsInReasoning)
  }

  var waitingByteCount: Int { answer.waitingByteCount }

  func recognizes(_ json: JSONValue) -> Bool {
    json["choices"] != nil || TokenUsage(json["usage"]) != nil
  }

  mutating func decode(_ json: JSONValue, into events: inout ReplyEventBuffer) {
    onlyText = nil
    let choice = json["choices"]?.elements?.first { ($0["index"]?.integer ?? 0) == 0 }
    usage =
      TokenUsage(json["usage"] ?? json["x_groq"]?["usage"]) ?? TokenUsage(choice?["usage"]) ?? usage
    if let choice { read(choice, into: &events) }
    if let name = json["system_fingerprint"]?.string, name != fingerprint {
      fingerprint = name
      flush(into: &events)
      events.append(.fingerprint(name))
    }
  }

  mutating func take(_ text: String) { answer.take(text) }

  mutating func flush(into events: inout ReplyEventBuffer) { answer.flush(into: &events) }

  mutating func finish(into events: inout ReplyEventBuffer) {
    answer.finish(into: &events)
    events.finishParts()
    if let usage { events.append(.usage(usage)) }
  }

  private mutating func read(_ choice: JSONValue, into events: inout ReplyEventBuffer) {
    let reason = choice["finish_reason"]?.text ?? ""
    if !reason.isEmpty { finishReason = FinishReason(rawValue: reason) }
    guard let message = choice["delta"] ?? choice["message"] else {
      return take(choice["text"]?.string ?? "")
    }
    let content = ChunkContent(message)
    reasoningMember = content.reasoningMember ?? reasoningMember
    answer.append(reasoning: content.reasoning, into: &events)
    take(content.text)
    if content.isText, reason.isEmpty { onlyText = content.text }
    guard content.hasMore else { return }
    flush(into: &events)
    events.append(content.refusal, as: .refusal)
    pictures.read(message, into: &events)
    calls.read(message, into: &events)
  }
}

/// The words of one delta or message.
private struct ChunkContent {
  var text = ""
  var reasoning = ""
  /// The member that held the reasoning, where it was one of its own.
  var reasoningMember: String?
  var refusal = ""
  /// Whether there is anything beside text and reasoning: a refusal, calls, pictures.
  var hasMore: Bool

  var isText: Bool { reasoning.isEmpty && !hasMore && !text.isEmpty }

  init(_ delta: JSONValue) {
    hasMore =
      delta["refusal"] != nil || delta["tool_calls"] != nil || delta["images"] != nil
      || delta["function_call"] != nil || delta["content"]?.elements != nil
    refusal = delta["refusal"]?.string ?? ""
    reasoning =
      (delta["reasoning_content"] ?? delta["reasoning"]).map(Self.plainText)
      ?? delta["reasoning_details"].map(Self.plainText) ?? ""
    if !reasoning.isEmpty {
      reasoningMember = Self.reasoningMembers.first { delta[$0]?.string?.isEmpty == false }
    }
    guard case .array(let parts)? = delta["content"] else {
      text = delta["content"]?.string ?? ""
      return
    }
    for part in parts { append(part) }
  }

  private static let reasoningMembers = ["reasoning_content", "reasoning"]

  /// Adds one part of a content array: Mistral's `text` and `thinking`, OpenAI's `refusal`.
  private mutating func append(_ part: JSONValue) {
    switch part["type"]?.string {
    case "thinking": reasoning += part["thinking"].map(Self.plainText) ?? ""
    case "reasoning": reasoning += part["text"].map(Self.plainText) ?? ""
    case "refusal": refusal += part["refusal"]?.string ?? ""
    case let type? where type.contains("image"): break
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
  /// Reads `usage` of either wire; nil where it is absent, counts nothing, or counts what cannot be.
  init?(_ json: JSONValue?) {
    guard let json else { return nil }
    self.init(
      reportedPrompt: json["prompt_tokens"]?.integer ?? json["input_tokens"]?.integer,
      completion: json["completion_tokens"]?.integer ?? json["output_tokens"]?.integer,
      cached: (json["prompt_tokens_details"] ?? json["input_tokens_details"])?["cached_tokens"]?
        .integer,
      reasoning: (json["completion_tokens_details"] ?? json["output_tokens_details"])?[
        "reasoning_tokens"]?.integer)
  }
}
