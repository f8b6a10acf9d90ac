import JSON

/// What a value of JSON is, by the members that only such a value has.
enum ImportFormat: Equatable {
  /// Iris's own, of that version.
  case archive(version: Int)
  case chatGPT
  case claude
  case openWebUI
  case libreChat
  /// A request's body, or an object with `messages`.
  case body
  /// A line of a batch file (OpenAI API reference, batch input).
  case batchLine
  /// A message, of which all together are a conversation.
  case message
  case gptme
  /// An array of messages that are a conversation together.
  case messages

  /// The format of a value; nil for none that is read.
  init?(_ json: JSONValue) {
    if let elements = json.elements {
      guard elements.allSatisfy({ $0["role"] != nil }) else { return nil }
      self = .messages
    } else if let version = json["iris"]?.integer {
      self = .archive(version: version)
    } else if json["mapping"] != nil {
      self = .chatGPT
    } else if json["chat_messages"] != nil {
      self = .claude
    } else if json["chat"]?["history"] != nil || json["chat"]?["messages"] != nil {
      self = .openWebUI
    } else if json["conversationId"] != nil,
      json["messages"] != nil || json["messagesTree"] != nil
    {
      self = .libreChat
    } else if json["messages"] != nil || ResponsesInput.isBody(json) {
      self = .body
    } else if let body = json["body"], body["messages"] != nil || ResponsesInput.isBody(body) {
      self = .batchLine
    } else if Importer.isGptme(json) {
      self = .gptme
    } else if json["role"] != nil {
      self = .message
    } else {
      return nil
    }
  }

  /// Whether several values are one conversation.
  var isOfMessages: Bool { self == .message || self == .gptme }
}
