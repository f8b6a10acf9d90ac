import Conversation
import JSON

/// A request for a reply as it arrived (OpenAI API reference, chat/create).
struct ChatRequest: Sendable {
  struct Message: Sendable {
    let role: String
    /// The text parts, joined by line breaks.
    let text: String
    let pictures: [ReceivedPicture]
  }

  let model: String
  let messages: [Message]
  let isStreamed: Bool
  let includesUsage: Bool
  /// Every other key, by name, with its value as JSON.
  let parameters: [JSONMember]
  /// The size of the whole body.
  let byteCount: Int

  init(_ json: JSONValue, files: DemoFiles, byteCount: Int) throws(WireFault) {
    guard case .object(let members) = json else { throw .notJSON }
    guard let model = json["model"]?.string else { throw .noModel }
    guard let list = json["messages"] else { throw .missing("messages") }
    guard let messages = list.elements, !messages.isEmpty else {
      throw .wrongType("messages", expected: "an array of at least one message")
    }
    try Self.checkRange(of: "temperature", 0...2, in: json)
    try Self.checkRange(of: "top_p", 0...1, in: json)
    self.model = model
    self.byteCount = byteCount
    isStreamed = json["stream"]?.bool ?? false || DemoModel(name: model).alwaysStreams
    includesUsage = json["stream_options"]?["include_usage"]?.bool ?? false
    let reported = ["model", "messages", "stream", "stream_options"]
    parameters = members.filter { !reported.contains($0.name) }
    var read: [Message] = []
    for (index, message) in messages.enumerated() {
      read.append(try Message(message, files: files, at: "messages[\(index)]"))
    }
    self.messages = read
  }

  static func checkRange(
    of name: String, _ range: ClosedRange<Double>, in json: JSONValue
  ) throws(WireFault) {
    guard let value = json[name] else { return }
    guard case .number = value, let number = value.double else {
      throw .wrongType(name, expected: "a number")
    }
    guard range.contains(number) else { throw .outOfRange(name, number, range) }
  }
}

extension ChatRequest {
  /// The text of the newest message from the user.
  var lastUserText: String { messages.last { $0.role == "user" }?.text ?? "" }

  /// Whether no reply is in the history yet.
  var isFirst: Bool { !messages.contains { $0.role == "assistant" } }

  var pictureCount: Int { messages.reduce(0) { $0 + $1.pictures.count } }
}

extension ChatRequest.Message {
  private static let roles = ["developer", "system", "user", "assistant", "tool"]

  init(_ json: JSONValue, files: DemoFiles, at place: String) throws(WireFault) {
    guard let role = json["role"]?.string else { throw .missing("\(place).role") }
    guard Self.roles.contains(role) else {
      throw .badValue("\(place).role", role, supported: Self.roles)
    }
    self.role = role
    guard let parts = json["content"]?.elements else {
      text = json["content"]?.string ?? ""
      pictures = []
      return
    }
    var texts: [String] = []
    var pictures: [ReceivedPicture] = []
    for (index, part) in parts.enumerated() {
      let place = "\(place).content[\(index)]"
      switch part["type"]?.string {
      case "text": texts.append(part["text"]?.string ?? "")
      case "image_url" where role == "user": pictures.append(try ReceivedPicture(part, at: place))
      case "image_url": throw .noPictures(in: role, place)
      case "file" where role == "user":
        texts.append(try ReceivedDocument(part["file"], files: files, at: place).description)
      case "input_audio" where role == "user":
        texts.append(try ReceivedSound(part["input_audio"], at: place).description)
      case let other:
        throw .badValue(
          place, other ?? "", supported: ["text", "image_url", "input_audio", "file"])
      }
    }
    text = texts.joined(separator: "\n")
    self.pictures = pictures
  }
}
