import Conversation
import JSON

/// A request for a response (OpenAI API reference, responses/create), read as what it says.
extension ChatRequest {
  init(responses json: JSONValue, files: DemoFiles, byteCount: Int) throws(WireFault) {
    guard case .object(let members) = json else { throw .notJSON }
    guard let model = json["model"]?.string else { throw .noModel }
    guard let input = json["input"] else { throw .missing("input") }
    try Self.checkRange(of: "temperature", 0...2, in: json)
    try Self.checkRange(of: "top_p", 0...1, in: json)
    self.model = model
    self.byteCount = byteCount
    isStreamed = json["stream"]?.bool ?? false || DemoModel(name: model).alwaysStreams
    includesUsage = true
    let reported = ["model", "instructions", "input", "stream"]
    parameters = members.filter { !reported.contains($0.name) }.map(\.asOfChat)
    var read: [Message] = []
    if let instructions = json["instructions"]?.string {
      read.append(Message(role: "system", text: instructions, pictures: []))
    }
    if let text = input.string {
      read.append(Message(role: "user", text: text, pictures: []))
    } else {
      guard let items = input.elements, !items.isEmpty else {
        throw .wrongType("input", expected: "a string or an array of at least one item")
      }
      for (index, item) in items.enumerated() {
        if let message = try Message(item: item, files: files, at: "input[\(index)]") {
          read.append(message)
        }
      }
    }
    messages = read
  }
}

extension JSONMember {
  /// The member as chat has it: there a function's description stands in an object of its own.
  fileprivate var asOfChat: JSONMember {
    guard name == "tools", let tools = value.elements else { return self }
    return JSONMember(
      name,
      .array(
        tools.map { tool in
          tool["type"] == "function" && tool["function"] == nil
            ? ["type": "function", "function": tool] : tool
        }))
  }
}

extension ChatRequest.Message {
  private static let types = [
    "message", "function_call", "function_call_output", "reasoning", "web_search_call",
    "file_search_call", "code_interpreter_call", "image_generation_call",
    "item_reference",
  ]

  /// The message that an item says; nil for one that says nothing.
  fileprivate init?(
    item: JSONValue, files: DemoFiles, at place: String
  ) throws(WireFault) {
    switch item["type"]?.string ?? "message" {
    case "message": try self.init(message: item, files: files, at: place)
    case "function_call_output":
      guard item["call_id"]?.string?.isEmpty == false else { throw .missing("\(place).call_id") }
      guard let output = item["output"] else { throw .missing("\(place).output") }
      try self.init(role: "tool", content: output, files: files, at: "\(place).output")
    case "function_call":
      guard let name = item["name"]?.string else { throw .missing("\(place).name") }
      guard let arguments = item["arguments"]?.string else {
        throw .missing("\(place).arguments")
      }
      self.init(role: "assistant", text: "\(name) \(arguments)", pictures: [])
    case "reasoning":
      // What another server sealed cannot be read here, as at OpenAI.
      guard item["encrypted_content"]?.string?.hasPrefix(DemoResponse.seal) == true else {
        throw .foreignReasoning
      }
      return nil
    // What the server's own tools did is told in its items; they say nothing here.
    case "web_search_call", "file_search_call", "code_interpreter_call",
      "image_generation_call", "item_reference":
      return nil
    case let other: throw .badValue("\(place).type", other, supported: Self.types)
    }
  }

  private init(message: JSONValue, files: DemoFiles, at place: String) throws(WireFault) {
    let roles = ["developer", "system", "user", "assistant"]
    guard let role = message["role"]?.string else { throw .missing("\(place).role") }
    guard roles.contains(role) else { throw .badValue("\(place).role", role, supported: roles) }
    guard let content = message["content"] else { throw .missing("\(place).content") }
    try self.init(role: role, content: content, files: files, at: "\(place).content")
  }

  private init(
    role: String, content: JSONValue, files: DemoFiles, at place: String
  ) throws(WireFault) {
    guard let parts = content.elements else {
      self.init(role: role, text: content.string ?? "", pictures: [])
      return
    }
    var texts: [String] = []
    var pictures: [ReceivedPicture] = []
    let types =
      role == "assistant"
      ? ["output_text", "refusal"] : ["input_text", "input_image", "input_file"]
    for (index, part) in parts.enumerated() {
      let place = "\(place)[\(index)]"
      let type = part["type"]?.string ?? ""
      guard types.contains(type) else {
        throw .badValue("\(place).type", type, supported: types)
      }
      switch type {
      case "input_image":
        pictures.append(try ReceivedPicture(inputImage: part, files: files, at: place))
      case "input_file":
        texts.append(try ReceivedDocument(part, files: files, at: place).description)
      default: texts.append((part["text"] ?? part["refusal"])?.string ?? "")
      }
    }
    self.init(role: role, text: texts.joined(separator: "\n"), pictures: pictures)
  }
}

extension ReceivedPicture {
  /// Reads an `input_image` part.
  fileprivate init(
    inputImage part: JSONValue, files: DemoFiles, at place: String
  ) throws(WireFault) {
    if let id = part["file_id"]?.string {
      try self.init(
        fileBytes: try files.file(id).bytes, detail: part["detail"], at: place)
      return
    }
    guard let url = part["image_url"]?.string else { throw .missing("\(place).image_url") }
    var image = [JSONMember("url", .string(url))]
    if let detail = part["detail"] { image.append(JSONMember("detail", detail)) }
    try self.init(["image_url": .object(image)], at: place)
  }
}

extension WireFault {
  /// Reasoning that was sealed for another account.
  fileprivate static let foreignReasoning = WireFault(
    status: 400, message: "The encrypted content of a reasoning item could not be verified.",
    code: "invalid_encrypted_content")
}
