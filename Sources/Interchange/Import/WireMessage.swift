import Conversation
import JSON

/// A message on the wire (OpenAI API reference, chat/create, `messages[]`), and the near kin that
/// other programs write.
struct WireMessage {
  var role: String
  var parts: [WirePart] = []
  var reasoning: String?
  var isRefusal = false
  var toolCalls: [ContentPart] = []
  /// The call that a tool's message answers.
  var answeredCall: String?

  init(role: String) {
    self.role = role
  }

  init(_ json: JSONValue) throws(ImportFault) {
    role = try json.requiredString("role")
    reasoning = json["reasoning_content"]?.string ?? json["reasoning"]?.string
    if let text = json["content"]?.string {
      parts = text.isEmpty ? [] : [.text(text)]
    } else if let refusal = json["refusal"]?.string {
      parts = [.text(refusal)]
      isRefusal = true
    } else if let content = json["content"] {
      do throws(ImportFault) {
        parts = try content.mapElements { part throws(ImportFault) in try WirePart(part) }
      } catch {
        throw error.within("content")
      }
    }
    toolCalls = (json["tool_calls"]?.elements ?? []).map { Self.part(ofCall: $0) }
    if let call = json["function_call"].flatMap({ Self.call($0, id: $0["name"]?.string) }) {
      toolCalls.append(.toolCall(call))
    }
    answeredCall = json["tool_call_id"]?.string ?? json["name"]?.string
  }

  /// A call of a tool (OpenAI API reference, chat/create, `tool_calls[]`); another is kept as it is.
  private static func part(ofCall json: JSONValue) -> ContentPart {
    let called = json["function"] ?? json["custom"]
    guard let called, let call = call(called, id: json["id"]?.string) else {
      return .unknown(json: json.description)
    }
    return .toolCall(call)
  }

  /// What is called, and with what.
  static func call(_ function: JSONValue, id: String?) -> ToolCall? {
    guard let id, let name = function["name"]?.string else { return nil }
    let arguments = (function["arguments"] ?? function["input"]).map { $0.string ?? $0.description }
    return ToolCall(id: id, name: name, arguments: arguments ?? "")
  }
}

/// A content part on the wire.
enum WirePart {
  case text(String)
  case picture(url: String, detail: String?)
  /// A sound, a file, or what else Iris has no words for, as it was written.
  case other(JSONValue)

  init(_ json: JSONValue) throws(ImportFault) {
    switch try json.requiredString("type") {
    case "text", "input_text", "output_text": self = .text(try json.requiredString("text"))
    case "refusal": self = .text(try json.requiredString("refusal"))
    case "image_url", "input_image":
      let image = try json.required("image_url")
      if let url = image.string {
        self = .picture(url: url, detail: json["detail"]?.string)
      } else {
        self = .picture(
          url: try image.requiredString("url"), detail: image["detail"]?.string)
      }
    default: self = .other(json)
    }
  }
}

extension Role {
  /// The role that a name on the wire stands for.
  init(wireName: String) {
    switch wireName {
    case "developer": self = .system
    case "human": self = .user
    case "gpt", "model", "ai": self = .assistant
    case "function": self = .tool
    default: self.init(rawValue: wireName)
    }
  }
}
