import Conversation
import FoundationEssentials

/// A message on the wire (OpenAI API reference, chat/create, `messages[]`), and the near kin that
/// other programs write.
struct WireMessage: Decodable {
  var role: String
  var parts: [WirePart] = []
  var reasoning: String?
  var isRefusal = false
  var toolCalls: [WireToolCall] = []
  /// The call that a tool's message answers.
  var answeredCall: String?

  private enum Keys: String, CodingKey {
    case role, content, refusal, reasoning, name
    case reasoningContent = "reasoning_content"
    case toolCalls = "tool_calls"
    case toolCallID = "tool_call_id"
    case functionCall = "function_call"
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Keys.self)
    role = try object.decode(String.self, forKey: .role)
    reasoning =
      (try? object.decode(String.self, forKey: .reasoningContent))
      ?? (try? object.decode(String.self, forKey: .reasoning))
    if let text = try? object.decode(String.self, forKey: .content) {
      parts = text.isEmpty ? [] : [.text(text)]
    } else if let refusal = try? object.decode(String.self, forKey: .refusal) {
      parts = [.text(refusal)]
      isRefusal = true
    } else {
      parts = try object.decodeIfPresent([WirePart].self, forKey: .content) ?? []
    }
    toolCalls = (try? object.decode([WireToolCall].self, forKey: .toolCalls)) ?? []
    if let call = try? object.decode(WireFunction.self, forKey: .functionCall) {
      toolCalls.append(.call(ToolCall(id: call.name, name: call.name, arguments: call.arguments)))
    }
    answeredCall =
      (try? object.decode(String.self, forKey: .toolCallID))
      ?? (try? object.decode(String.self, forKey: .name))
  }
}

/// A call of a tool on the wire (OpenAI API reference, chat/create, `tool_calls[]`).
enum WireToolCall: Decodable {
  case call(ToolCall)
  case other(JSONText)

  private enum Keys: CodingKey { case id, function, custom }

  init(from decoder: any Decoder) throws {
    let object = try? decoder.container(keyedBy: Keys.self)
    let called =
      (try? object?.decode(WireFunction.self, forKey: .function))
      ?? (try? object?.decode(WireFunction.self, forKey: .custom))
    guard let called, let id = try? object?.decode(String.self, forKey: .id) else {
      self = .other(try JSONText(from: decoder))
      return
    }
    self = .call(ToolCall(id: id, name: called.name, arguments: called.arguments))
  }

  var part: ContentPart {
    switch self {
    case .call(let call): .toolCall(call)
    case .other(let json): .unknown(json: json.text)
    }
  }
}

/// What is called, and with what.
private struct WireFunction: Decodable {
  var name: String
  var arguments: String

  private enum Keys: CodingKey { case name, arguments, input }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Keys.self)
    name = try object.decode(String.self, forKey: .name)
    arguments =
      (try? object.decode(String.self, forKey: .arguments))
      ?? (try? object.decode(JSONText.self, forKey: .arguments).text)
      ?? (try? object.decode(String.self, forKey: .input)) ?? ""
  }
}

/// A content part on the wire.
enum WirePart: Decodable {
  case text(String)
  case picture(url: String, detail: String?)
  /// A sound, a file, or what else Iris has no words for.
  case other(JSONText)

  private enum Keys: String, CodingKey {
    case type, text, refusal, url, detail
    case imageURL = "image_url"
  }

  init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: Keys.self)
    switch try object.decode(String.self, forKey: .type) {
    case "text", "input_text", "output_text":
      self = .text(try object.decode(String.self, forKey: .text))
    case "refusal": self = .text(try object.decode(String.self, forKey: .refusal))
    case "image_url", "input_image":
      if let url = try? object.decode(String.self, forKey: .imageURL) {
        self = .picture(url: url, detail: try? object.decode(String.self, forKey: .detail))
      } else {
        let image = try object.nestedContainer(keyedBy: Keys.self, forKey: .imageURL)
        self = .picture(
          url: try image.decode(String.self, forKey: .url),
          detail: try? image.decode(String.self, forKey: .detail))
      }
    default: self = .other(try JSONText(from: decoder))
    }
  }
}
