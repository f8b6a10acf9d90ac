import FoundationEssentials

/// A message on the wire (OpenAI API reference, chat/create, `messages[]`), and the near kin that
/// other programs write.
struct WireMessage: Decodable {
  var role: String
  var parts: [WirePart] = []
  var reasoning: String?
  var isRefusal = false
  /// Calls of tools, which have no text.
  var toolCallCount = 0

  private enum Keys: String, CodingKey {
    case role, content, refusal, reasoning
    case reasoningContent = "reasoning_content"
    case toolCalls = "tool_calls"
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
    toolCallCount = (try? object.decode([JSONText].self, forKey: .toolCalls).count) ?? 0
  }
}

/// A content part on the wire.
enum WirePart: Decodable {
  case text(String)
  case picture(url: String, detail: String?)
  /// A sound, a file, or what else Iris has no words for.
  case other

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
    default: self = .other
    }
  }
}
