import Conversation
package import JSON
import ModelCatalog

/// Turns a request into the body of `POST …/chat/completions` (OpenAI API reference, chat/create).
package struct ChatCompletionsEncoder: RequestEncoder {
  let request: ModelRequest
  let dialect: Dialect
  let adaptations: Set<Adaptation>
  let family: ModelFamily

  package init(_ request: ModelRequest, dialect: Dialect, adaptations: Set<Adaptation> = []) {
    self.request = request
    self.dialect = dialect
    self.adaptations = adaptations
    family = ModelFamily(model: request.model)
  }

  /// The body, encoded anew at each use.
  ///
  /// - Complexity: linear in the bytes that stand in memory; files are not read.
  package var body: RequestBody {
    var writer = RequestBody.Writer()
    writer.text.append("{\"model\":")
    writer.text.append(jsonString: request.model)
    writer.text.append(",\"messages\":[")
    for (index, message) in messages.enumerated() {
      if index > 0 { writer.text.append(",") }
      append(message, to: &writer)
    }
    writer.text.append("]")
    writer.append(settings)
    writer.text.append("}")
    return writer.body()
  }

  /// What of the request a refusal may be about.
  package var facts: RequestFacts {
    RequestFacts(
      pictureCount: request.pictureCount,
      settings: settings.map(\.name) + Set(request.messages.compactMap(reasoningName)).sorted(),
      call: ChatCompletions.call, files: request.uploads.map(\.id))
  }

  /// The messages as this server takes them.
  private var messages: [RequestMessage] {
    messages(withPicturesIn: [.user])
  }

  /// Everything beside model and messages, after the adaptations.
  package var settings: [JSONMember] {
    let (proposed, omitted) = (proposed, omitted)
    let left = proposed.filter { member in
      let name = member.name
      return !omitted.contains(name) && !isLearnedAway(name)
        && !(name == "stream_options" && isWhole)
    }
    return left.map { JSONMember(wireName($0.name), $0.value) }
  }

  /// What the user set and the model's family is known to refuse.
  package var omitted: [String] {
    let names = Set(proposed.map(\.name))
    return family.refusedSettings(effort: request.parameters.reasoningEffort)
      .filter(names.contains)
  }

  /// The server's own tools that the user wants: the wire has none.
  package var unknown: [String] { request.parameters.serverToolNames }

  /// Whether the reply comes in one piece.
  private var isWhole: Bool { !request.isStreamed || isLearnedAway("stream") }

  private func wireName(_ name: String) -> String {
    for case .rename(name, let new) in adaptations { return new }
    return name
  }
}

extension ChatCompletionsEncoder {
  /// Every setting by its name on the wire, before anything is left out.
  private var proposed: [JSONMember] {
    let parameters = request.parameters
    let members: [(String, JSONValue?)] = [
      ("stream", request.isStreamed ? true : nil),
      ("stream_options", dialect.includesUsage ? ["include_usage": true] : nil),
      ("store", (parameters.store ?? (dialect.refusesStorage ? false : nil)).map { .bool($0) }),
      ("temperature", JSONValue(parameters.temperature)),
      ("top_p", JSONValue(parameters.topP)),
      (maxTokensName, parameters.maxTokens.map { .number(String($0)) }),
      ("frequency_penalty", JSONValue(parameters.frequencyPenalty)),
      ("presence_penalty", JSONValue(parameters.presencePenalty)),
      (dialect.seedName, parameters.seed.map { .number(String($0)) }),
      ("stop", parameters.stop.isEmpty ? nil : .array(parameters.stop.map { .string($0) })),
      ("response_format", parameters.responseFormat.map(JSONValue.init)),
      ("reasoning_effort", parameters.reasoningEffort.map { .string($0) }),
      ("tools", request.tools.isEmpty ? nil : .array(request.tools.map(JSONValue.init))),
    ]
    let others = parameters.others.compactMap { member in
      JSONValue(parsing: member.json).map { JSONMember(member.name, $0) }
    }
    return present(members, beside: others) + others
  }

  private var maxTokensName: String {
    dialect.maxTokensName?.rawValue ?? (family.isReasoning ? "max_completion_tokens" : "max_tokens")
  }

  /// The member under which a message's reasoning goes back; nil where it does not: where no server demands
  /// it, it costs tokens.
  private func reasoningName(in message: RequestMessage) -> String? {
    guard message.role == .assistant, !message.reasoning.isEmpty else { return nil }
    if dialect.echoesReasoning || adaptations.contains(.echoReasoning) {
      return "reasoning_content"
    }
    guard message.returnsReasoning else { return nil }
    let names = adaptations.compactMap { adaptation in
      if case .reasoningMember(let name) = adaptation { name } else { nil }
    }
    return names.sorted().last { !isLearnedAway($0) }
  }

  private func append(_ message: RequestMessage, to writer: inout RequestBody.Writer) {
    writer.text.append("{\"role\":")
    writer.text.append(jsonString: wireRole(of: message.role))
    if let name = reasoningName(in: message) {
      writer.append([JSONMember(name, .string(message.reasoning))])
    }
    if let call = message.answeredCall {
      writer.text.append(",\"tool_call_id\":")
      writer.text.append(jsonString: call)
    }
    writer.text.append(",\"content\":")
    if message.hasFiles {
      append(message.parts.filter(\.isContent), to: &writer)
    } else if !message.calls.isEmpty, message.text.isEmpty {
      writer.text.append("null")
    } else {
      writer.text.append(jsonString: message.text)
    }
    append(message.calls, to: &writer)
    writer.text.append("}")
  }

  private func append(_ calls: [ToolCall], to writer: inout RequestBody.Writer) {
    guard !calls.isEmpty else { return }
    writer.text.append(",\"tool_calls\":")
    writer.text.append(json: .array(calls.map(JSONValue.init)))
  }

  private func append(_ parts: [RequestMessage.Part], to writer: inout RequestBody.Writer) {
    writer.text.append("[")
    for (index, part) in parts.enumerated() {
      if index > 0 { writer.text.append(",") }
      append(part, to: &writer)
    }
    writer.text.append("]")
  }

  private func append(_ part: RequestMessage.Part, to writer: inout RequestBody.Writer) {
    switch part {
    case .text(let text):
      writer.text.append("{\"type\":\"text\",\"text\":")
      writer.text.append(jsonString: text)
      writer.text.append("}")
    case .picture(let file, let detail):
      writer.text.append("{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:")
      writer.text.append(file.mediaType + ";base64,")
      writer.append(base64: file)
      writer.text.append(knowsDetail ? "\",\"detail\":\"\(detail.wireName)\"}}" : "\"}}")
    case .pictureURL(let url, let detail):
      var address: [JSONMember] = [JSONMember("url", .string(url))]
      if knowsDetail {
        address.append(JSONMember("detail", .string(detail.wireName)))
      }
      writer.text.append(json: ["type": "image_url", "image_url": .object(address)])
    case .document(let file, let name):
      writer.text.append("{\"type\":\"file\",\"file\":{\"filename\":")
      writer.append(document: file, named: name)
      writer.text.append("}}")
    case .sound(let file, let format): writer.append(sound: file, format: format)
    case .uploaded(let upload):
      // An identifier can stand for a document here, and not for a picture.
      if let detail = upload.detail {
        append(.picture(upload.file, detail), to: &writer)
      } else {
        writer.text.append(json: ["type": "file", "file": ["file_id": .string(upload.id)]])
      }
    case .serverItem, .reasoning, .call: break
    }
  }
}

extension JSONValue {
  /// A number that JSON can hold; nil for any other, and for none.
  init?(_ number: Double?) {
    guard let number, number.isFinite else { return nil }
    self = .number(number.description)
  }

  fileprivate init(_ format: ResponseFormat) {
    switch format {
    case .text: self = ["type": "text"]
    case .jsonObject: self = ["type": "json_object"]
    case .jsonSchema(let name, let schema):
      self = [
        "type": "json_schema",
        "json_schema": [
          "name": .string(name), "strict": true, "schema": JSONValue(parsing: schema) ?? .null,
        ],
      ]
    }
  }
}

extension JSONValue {
  /// A tool as the wire describes it.
  fileprivate init(_ tool: ToolDefinition) {
    self = [
      "type": "function",
      "function": [
        "name": .string(tool.wireName), "description": .string(tool.summary),
        "parameters": tool.schema,
      ],
    ]
  }

  /// A call as the wire repeats it.
  fileprivate init(_ call: ToolCall) {
    var members: [JSONMember] = [
      JSONMember("id", .string(call.id)), JSONMember("type", "function"),
      JSONMember(
        "function",
        [
          "name": .string(ToolDefinition.wireName(of: call.name)),
          "arguments": .string(call.wireArguments),
        ]),
    ]
    if let opaque = call.opaque, case .object(let further)? = JSONValue(parsing: opaque) {
      members += further.filter { member in
        member.name != ResponsesItem.sealName && !members.contains { $0.name == member.name }
      }
    }
    self = .object(members)
  }
}

extension ToolDefinition {
  /// The schema of its arguments.
  ///
  /// One that is no object is replaced by one without parameters: servers refuse the whole request
  /// for it.
  var schema: JSONValue {
    guard let given = JSONValue(parsing: parameters), case .object = given else {
      return ["type": "object"]
    }
    return given
  }
}

extension ToolCall {
  /// The arguments as requests repeat them.
  ///
  /// What is no JSON object becomes `{}`: chat templates parse it, and fail on any other (Ollama:
  /// "invalid tool call arguments").
  var wireArguments: String {
    if case .object? = JSONValue(parsing: arguments) { arguments } else { "{}" }
  }
}

extension Detail {
  /// The level on the wire: the chat schema knows no `original`, and `high` is its highest.
  fileprivate var wireName: String { onWire.rawValue }
}
