import Conversation
import FoundationEssentials

/// The body of a chat completions request as a file holds it (OpenAI API reference, chat/create).
///
/// Everything but the messages may be absent; what has another shape than the reference says
/// reads as absent.
struct WireBody: Decodable {
  var model: String?
  var messages: [WireMessage]
  var parameters = Parameters()

  init(messages: [WireMessage]) {
    self.messages = messages
  }

  private enum Keys: String, CodingKey {
    case model, messages, temperature, seed, stop
    case topP = "top_p"
    case maxTokens = "max_tokens"
    case maxCompletionTokens = "max_completion_tokens"
    case frequencyPenalty = "frequency_penalty"
    case presencePenalty = "presence_penalty"
    case responseFormat = "response_format"
    case reasoningEffort = "reasoning_effort"
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Keys.self)
    func value<Value: Decodable>(_ key: Keys) -> Value? {
      try? object.decode(Value.self, forKey: key)
    }
    messages = try object.decode([WireMessage].self, forKey: .messages)
    model = value(.model)
    parameters.temperature = value(.temperature)
    parameters.topP = value(.topP)
    parameters.maxTokens = value(.maxTokens) ?? value(.maxCompletionTokens)
    parameters.frequencyPenalty = value(.frequencyPenalty)
    parameters.presencePenalty = value(.presencePenalty)
    parameters.seed = value(.seed)
    parameters.stop = value(.stop) ?? (value(.stop) as String?).map { [$0] } ?? []
    parameters.reasoningEffort = value(.reasoningEffort)
    parameters.responseFormat = (value(.responseFormat) as WireResponseFormat?)?.format
  }
}

/// The shape that a reply must have.
private struct WireResponseFormat: Decodable {
  var format: ResponseFormat?

  private enum Keys: String, CodingKey {
    case type, name, schema
    case jsonSchema = "json_schema"
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Keys.self)
    switch try object.decode(String.self, forKey: .type) {
    case "text": format = .text
    case "json_object": format = .jsonObject
    case "json_schema":
      let inner = try object.nestedContainer(keyedBy: Keys.self, forKey: .jsonSchema)
      let schema = try inner.decode(JSONText.self, forKey: .schema)
      format = .jsonSchema(name: try inner.decode(String.self, forKey: .name), schema: schema.text)
    default: format = nil
    }
  }
}
