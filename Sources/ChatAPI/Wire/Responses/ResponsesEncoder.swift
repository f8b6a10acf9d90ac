import Conversation
import JSON
import ModelCatalog

/// Turns a request into the body of `POST …/responses` (OpenAI API reference, responses/create).
package struct ResponsesEncoder: RequestEncoder {
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
    let (instructions, messages) = parted
    if let instructions {
      writer.text.append(",\"instructions\":")
      writer.text.append(jsonString: instructions)
    }
    writer.text.append(",\"input\":[")
    for (index, item) in items(of: messages).enumerated() {
      if index > 0 { writer.text.append(",") }
      append(item, number: index, to: &writer)
    }
    writer.text.append("]")
    for member in settings { append(member, to: &writer) }
    writer.text.append("}")
    return writer.body()
  }

  /// What of the request a refusal may be about.
  package var facts: RequestFacts {
    let names = settings.flatMap { member -> [String] in
      guard ["reasoning", "text"].contains(member.name), case .object(let inner) = member.value
      else { return [member.name] }
      return inner.map { member.name + "." + $0.name } + [member.name]
    }
    return RequestFacts(
      pictureCount: request.pictureCount, settings: names, call: Responses.call,
      messagePlaces: messagePlaces, files: request.uploads.map(\.id),
      tokenLimit: settings.first { $0.name == "max_output_tokens" }?.value.integer)
  }

  // MARK: - Messages

  /// Whether items that this server gave go back to it.
  private var keepsItems: Bool {
    !adaptations.contains(.omitSealedReasoning) && !adaptations.contains(.joinRoles)
  }

  /// The messages as this server takes them.
  private var messages: [RequestMessage] {
    messages(
      request.messages.map { $0.namingMadePictures(keepsItems) },
      withPicturesIn: adaptations.contains(.picturesBehindResults) ? [.user] : [.user, .tool])
  }

  /// The system message at the start, which has a member of its own, and the other messages.
  ///
  /// JSON mode wants the word JSON in `input`; there they stay where no other message says it.
  private var parted: (instructions: String?, [RequestMessage]) {
    let messages = messages
    guard let first = messages.first, first.role == .system, !first.hasPictures else {
      return (nil, messages)
    }
    let others = Array(messages.dropFirst())
    let isMissed =
      request.parameters.responseFormat == .jsonObject && first.mentionsJSON
      && !others.contains(where: \.mentionsJSON)
    return isMissed || others.isEmpty || first.text.isEmpty
      ? (nil, messages) : (first.text, others)
  }

  private func items(of messages: [RequestMessage]) -> [ResponsesItem] {
    messages.flatMap(items)
  }

  private func items(of message: RequestMessage) -> [ResponsesItem] {
    message.items(
      role: wireRole(of: message.role),
      keepsReasoning: keepsItems)
  }

  /// The place of each item's message among the request's messages.
  private var messagePlaces: [Int] {
    let (instructions, messages) = parted
    return messages.enumerated().flatMap { place, message in
      items(of: message).map { _ in place + (instructions == nil ? 0 : 1) }
    }
  }
}

// MARK: - Writing

extension ResponsesEncoder {
  /// Writes a member of the body; the bytes of a mask stay on disk until they are sent.
  private func append(_ member: JSONMember, to writer: inout RequestBody.Writer) {
    guard member.name == "tools", let mask = request.pictureTool?.mask,
      let tools = member.value.elements
    else { return writer.append([member]) }
    writer.text.append(",\"tools\":[")
    for (index, tool) in tools.enumerated() {
      if index > 0 { writer.text.append(",") }
      guard case .object(let members) = tool, tool["type"] == "image_generation" else {
        writer.text.append(json: tool)
        continue
      }
      writer.text.append("{\"input_image_mask\":{\"image_url\":\"data:\(mask.mediaType);base64,")
      writer.append(base64: mask)
      writer.text.append("\"}")
      writer.append(members)
      writer.text.append("}")
    }
    writer.text.append("]")
  }

  private func append(
    _ item: ResponsesItem, number: Int, to writer: inout RequestBody.Writer
  ) {
    switch item {
    case .message(let role, let parts):
      writer.text.append("{\"type\":\"message\",\"role\":\"\(role)\",\"content\":")
      append(parts, to: &writer)
      writer.text.append("}")
    case .reply(let texts, let phase):
      writer.text.append(json: Self.reply(texts, phase: phase, number: number))
    case .sealed(let json): writer.text.append(json: json)
    case .call(let call): writer.text.append(json: Self.call(call))
    case .result(let call, let parts):
      writer.text.append("{\"type\":\"function_call_output\",\"call_id\":")
      writer.text.append(jsonString: call)
      writer.text.append(",\"output\":")
      if parts.contains(where: \.isPicture) {
        append(parts, to: &writer)
      } else {
        writer.text.append(jsonString: RequestMessage(role: .tool, parts: parts).text)
      }
      writer.text.append("}")
    }
  }

  /// An output message, which the schema wants whole.
  ///
  /// The server has none under this identifier, since it keeps nothing; it only looks at its form.
  private static func reply(_ texts: [String], phase: String?, number: Int) -> JSONValue {
    let content = texts.map { text -> JSONValue in
      ["type": "output_text", "text": .string(text), "annotations": [], "logprobs": []]
    }
    var members = [
      JSONMember("type", "message"), JSONMember("id", .string("msg_\(number)")),
      JSONMember("status", "completed"), JSONMember("role", "assistant"),
      JSONMember("content", .array(content)),
    ]
    if let phase { members.append(JSONMember("phase", .string(phase))) }
    return .object(members)
  }

  private static func call(_ call: ToolCall) -> JSONValue {
    let members = [
      JSONMember("type", "function_call"), JSONMember("call_id", .string(call.id)),
      JSONMember("name", .string(ToolDefinition.wireName(of: call.name))),
      JSONMember("arguments", .string(call.wireArguments)),
    ]
    let further = call.sealedMembers.filter { member in
      !members.contains { $0.name == member.name }
    }
    return .object(members + further)
  }

  private func append(_ parts: [RequestMessage.Part], to writer: inout RequestBody.Writer) {
    writer.text.append("[")
    for (index, part) in parts.filter(\.isContent).enumerated() {
      if index > 0 { writer.text.append(",") }
      append(part, to: &writer)
    }
    writer.text.append("]")
  }

  private func append(_ part: RequestMessage.Part, to writer: inout RequestBody.Writer) {
    switch part {
    case .text(let text):
      writer.text.append("{\"type\":\"input_text\",\"text\":")
      writer.text.append(jsonString: text)
      writer.text.append("}")
    case .picture(let file, let detail):
      writer.text.append("{\"type\":\"input_image\",\"image_url\":\"data:")
      writer.text.append(file.mediaType + ";base64,")
      writer.append(base64: file)
      writer.text.append(knowsDetail ? "\",\"detail\":\"\(wireName(of: detail))\"}" : "\"}")
    case .pictureURL(let url, let detail):
      var members = [JSONMember("type", "input_image"), JSONMember("image_url", .string(url))]
      if knowsDetail { members.append(JSONMember("detail", .string(wireName(of: detail)))) }
      writer.text.append(json: .object(members))
    case .document(let file, let name):
      writer.text.append("{\"type\":\"input_file\",\"filename\":")
      writer.append(document: file, named: name)
      writer.text.append("}")
    case .uploaded(let upload): writer.text.append(json: input(of: upload))
    case .sound(let file, let format): writer.append(sound: file, format: format)
    case .serverItem, .reasoning, .call: break
    }
  }

  private func input(of upload: UploadedFile) -> JSONValue {
    guard let detail = upload.detail else {
      return ["type": "input_file", "file_id": .string(upload.id)]
    }
    var members = [
      JSONMember("type", "input_image"), JSONMember("file_id", .string(upload.id)),
    ]
    if knowsDetail { members.append(JSONMember("detail", .string(wireName(of: detail)))) }
    return .object(members)
  }

  /// The level on the wire; `original` only where the server is known to know it.
  private func wireName(of detail: Detail) -> String {
    (detail == .original && dialect.prefersResponses ? detail : detail.onWire).rawValue
  }
}

extension RequestMessage {
  /// The message with each picture that the server's own tool made once: by its item where the server keeps
  /// it and takes its items back, else by its bytes.
  fileprivate func namingMadePictures(_ keepsItems: Bool) -> RequestMessage {
    var message = self
    for place in parts.indices.reversed() {
      guard case .serverItem(let json) = parts[place],
        JSONValue(parsing: json)?["type"] == "item_reference"
      else { continue }
      let picture = parts[..<place].lastIndex(where: \.isPicture)
      if keepsItems, let picture {
        message.parts.remove(at: picture)
      } else {
        message.parts.remove(at: place)
      }
    }
    return message
  }

  fileprivate var mentionsJSON: Bool { text.lowercased().contains("json") }
}
