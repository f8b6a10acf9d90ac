import Conversation
import JSON

/// The body of a request as a file holds it, for chat completions or for a response (OpenAI API
/// reference, chat/create and responses/create).
///
/// Everything but the messages may be absent; what has another shape than the reference says
/// reads as absent.
struct WireBody {
  var model: String?
  var messages: [WireMessage]
  var parameters = Parameters()

  init(messages: [WireMessage]) {
    self.messages = messages
  }

  init(_ json: JSONValue) throws(ImportFault) {
    if json["messages"] == nil, let input = json["input"] {
      messages = try ResponsesInput(input, instructions: json["instructions"]?.string).messages
    } else {
      let list = try json.required("messages")
      do throws(ImportFault) {
        messages = try list.mapElements { message throws(ImportFault) in try WireMessage(message) }
      } catch {
        throw error.within("messages")
      }
    }
    model = json["model"]?.string
    parameters = Parameters(wire: json)
  }
}

extension Parameters {
  /// The settings among the members of a request's body.
  init(wire json: JSONValue) {
    self.init()
    temperature = json["temperature"]?.double
    topP = json["top_p"]?.double
    maxTokens =
      (json["max_tokens"] ?? json["max_completion_tokens"] ?? json["max_output_tokens"])?.integer
    frequencyPenalty = json["frequency_penalty"]?.double
    presencePenalty = json["presence_penalty"]?.double
    seed = json["seed"]?.integer.map(Int64.init)
    stop = json["stop"]?.elements?.compactMap(\.string) ?? json["stop"]?.string.map { [$0] } ?? []
    reasoningEffort = (json["reasoning_effort"] ?? json["reasoning"]?["effort"])?.string
    let format = json["response_format"] ?? json["text"]?["format"]
    responseFormat = format.flatMap(ResponseFormat.init(wire:))
  }
}

extension ResponseFormat {
  /// The shape that a reply must have; nil for one that has no words here.
  fileprivate init?(wire json: JSONValue) {
    switch json["type"]?.string {
    case "text": self = .text
    case "json_object": self = .jsonObject
    case "json_schema":
      // A response's format has no wrapping.
      let inner = json["json_schema"] ?? json
      guard let name = inner["name"]?.string, let schema = inner["schema"]
      else { return nil }
      self = .jsonSchema(name: name, schema: schema.description)
    default: return nil
    }
  }
}
