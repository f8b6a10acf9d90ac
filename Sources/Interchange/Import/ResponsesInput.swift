import Conversation
import JSON

/// The `input` of a request for a response, as messages (OpenAI API reference, responses/create).
///
/// What the model did between two messages of others is one message of its: thoughts, text, calls.
struct ResponsesInput {
  private(set) var messages: [WireMessage] = []

  /// Whether a value is the body of such a request: one for embeddings has an `input` of texts too.
  static func isBody(_ json: JSONValue) -> Bool {
    guard let input = json["input"] else { return false }
    guard let items = input.elements else {
      let signs = ["instructions", "stream", "store", "max_output_tokens"]
      return input.string != nil && signs.contains { json[$0] != nil }
    }
    return items.contains { $0["role"] != nil || $0["type"] != nil }
  }

  init(_ input: JSONValue, instructions: String?) throws(ImportFault) {
    if let instructions, !instructions.isEmpty { add(instructions, role: "system") }
    if let text = input.string {
      add(text, role: "user")
      return
    }
    do throws(ImportFault) {
      let _: [Void] = try input.mapElements { item throws(ImportFault) in try add(item) }
    } catch {
      throw error.within("input")
    }
  }

  private mutating func add(_ text: String, role: String) {
    var message = WireMessage(role: role)
    message.parts = [.text(text)]
    messages.append(message)
  }

  private mutating func add(_ item: JSONValue) throws(ImportFault) {
    switch item["type"]?.string ?? "message" {
    case "message":
      let message = try WireMessage(item)
      guard message.role == "assistant" else { return messages.append(message) }
      change { $0.parts += message.parts }
    case "reasoning":
      let shown = item["summary"]?.elements ?? []
      let parts = shown.isEmpty ? item["content"]?.elements ?? [] : shown
      let text = parts.compactMap { $0["text"]?.string }.joined(separator: "\n\n")
      if !text.isEmpty { change { $0.reasoning = [$0.reasoning, text].joined } }
    case "function_call":
      guard let call = WireMessage.call(item, id: item["call_id"]?.string) else {
        return keep(item)
      }
      change { $0.toolCalls.append(.toolCall(call)) }
    case "function_call_output":
      var answer = WireMessage(role: "tool")
      answer.answeredCall = item["call_id"]?.string
      if let text = item["output"]?.string {
        answer.parts = [.text(text)]
      } else {
        answer.parts = try item.required("output").mapElements { part throws(ImportFault) in
          try WirePart(part)
        }
      }
      messages.append(answer)
    default: keep(item)
    }
  }

  /// Keeps an item that Iris has no words for, as it was written.
  private mutating func keep(_ item: JSONValue) { change { $0.parts.append(.other(item)) } }

  /// Changes the model's message that goes on, or a new one.
  private mutating func change(_ change: (inout WireMessage) -> Void) {
    if messages.last?.role != "assistant" { messages.append(WireMessage(role: "assistant")) }
    change(&messages[messages.count - 1])
  }
}

extension [String?] {
  /// The texts that are there, parted by empty lines.
  fileprivate var joined: String { compactMap(\.self).joined(separator: "\n\n") }
}
