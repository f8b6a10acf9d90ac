import Conversation
import FoundationEssentials
import JSON

extension Importer {
  /// A conversation of the messages of a request; one system message at the start becomes its
  /// instructions.
  mutating func conversation(from body: WireBody) -> Conversation {
    var conversation = Conversation(id: ids.next(at: now), created: now)
    conversation.model = body.model.flatMap { $0.isModelName ? $0 : nil }
    conversation.parameters = body.parameters
    for (index, message) in body.messages.enumerated() {
      let role = Role(wireName: message.role)
      var parts = message.parts.compactMap { part(from: $0) }
      if index == 0, role == .system, parts.pictures.isEmpty {
        conversation.instructions = parts.text
        continue
      }
      if role == .tool {
        parts = [.toolResult(ToolResult(callID: message.answeredCall ?? "", parts: parts))]
      }
      parts += message.toolCalls.map(\.part)
      if parts.isEmpty, !message.parts.isEmpty { continue }
      append(message, role, parts, to: &conversation)
    }
    return conversation
  }

  private mutating func append(
    _ wire: WireMessage, _ role: Role, _ parts: [ContentPart], to conversation: inout Conversation
  ) {
    var message = Message(
      id: ids.next(at: now), parent: conversation.messages.leaf, role: role, parts: parts,
      created: now)
    if role == .assistant, let reasoning = wire.reasoning, !reasoning.isEmpty {
      message.parts.insert(.reasoning(reasoning), at: 0)
    }
    if role == .assistant, wire.reasoning != nil || wire.isRefusal || conversation.model != nil {
      var reply = ReplyDetails(model: conversation.model ?? "", provider: "")
      reply.isRefusal = wire.isRefusal
      message.reply = reply
    }
    conversation.messages.append(message)
  }

  private mutating func part(from wire: WirePart) -> ContentPart? {
    switch wire {
    case .text(let text): return .text(text)
    case .picture(let url, let detail):
      let detail = detail.flatMap(Detail.init(rawValue:)) ?? .auto
      guard let address = SafeURL(rawValue: url) else {
        loss.add(.address)
        return nil
      }
      guard address.isData else {
        return .picture(PictureReference(source: .remote(address), name: url, detail: detail))
      }
      return picture(DataURL(url)?.bytes, detail: detail)
    case .other(let json): return .unknown(json: json.text)
    }
  }

  /// The conversations of JSON Lines: a body, an array or a message a line; nil where the first
  /// line is none of these.
  mutating func lines(
    in bytes: [UInt8], of path: String
  ) throws(InterchangeError) -> [Conversation]? {
    let lines = bytes.split { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
      .map(Array.init).filter { $0.contains { $0 > UInt8(ascii: " ") } }
    guard let first = lines.first, var kind = FileSample(first)?.kind else { return nil }
    let isBatch = kind == .other && (try? decode(WireBatchLine.self, in: first, of: path)) != nil
    if isBatch { kind = .body }
    guard [.body, .message, .messages].contains(kind) else { return nil }
    var bodies: [WireBody] = []
    for (index, line) in lines.enumerated() {
      let place = "line \(index + 1)"
      switch kind {
      case .message:
        let message = try decode(WireMessage.self, in: line, of: path, place: place)
        if bodies.isEmpty { bodies.append(WireBody(messages: [])) }
        bodies[0].messages.append(message)
      case .messages:
        let messages = try decode([WireMessage].self, in: line, of: path, place: place)
        bodies.append(WireBody(messages: messages))
      default:
        bodies.append(
          isBatch
            ? try decode(WireBatchLine.self, in: line, of: path, place: place).body
            : try decode(WireBody.self, in: line, of: path, place: place))
      }
    }
    return bodies.map { conversation(from: $0) }
  }

  /// A value of JSON, or an error that says where it breaks off.
  func decode<Value: Decodable>(
    _ type: Value.Type, in bytes: [UInt8], of path: String, place: String? = nil
  ) throws(InterchangeError) -> Value {
    do {
      return try JSONDecoder().decode(type, from: Data(bytes))
    } catch {
      throw .malformed(path: path, place: place ?? Self.place(of: error))
    }
  }

  /// The place in the value that an error of decoding names: `messages 3 role`.
  private static func place(of error: any Error) -> String {
    let path: [any CodingKey] =
      switch error as? DecodingError {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .dataCorrupted(let context):
        context.codingPath
      case .keyNotFound(let key, let context): context.codingPath + [key]
      default: []
      }
    let words = path.map { key in key.intValue.map { String($0 + 1) } ?? key.stringValue }
    return words.isEmpty ? "JSON" : words.joined(separator: " ")
  }
}

/// A line of a batch file (OpenAI API reference, batch input).
private struct WireBatchLine: Decodable {
  var body: WireBody
}

extension Role {
  /// The role that a name on the wire stands for.
  init(wireName: String) {
    switch wireName {
    case "developer": self = .system
    case "human": self = .user
    case "gpt": self = .assistant
    case "function": self = .tool
    default: self.init(rawValue: wireName)
    }
  }
}
