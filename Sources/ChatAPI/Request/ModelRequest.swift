package import Conversation
import JSON

/// What is asked of a model: the messages it shall see, and the settings.
package struct ModelRequest: Equatable, Sendable {
  package var model: String
  package var messages: [RequestMessage]
  package var parameters: Parameters
  /// The tools that the model may ask to be called.
  package var tools: [ToolDefinition]
  /// Whether the reply comes as a stream of events, or whole.
  package var isStreamed: Bool

  package init(
    model: String, messages: [RequestMessage], parameters: Parameters = Parameters(),
    tools: [ToolDefinition] = [], isStreamed: Bool = true
  ) {
    self.model = model
    self.messages = messages
    self.parameters = parameters
    self.tools = tools
    self.isStreamed = isStreamed
  }
}

/// One message of a request.
package struct RequestMessage: Equatable, Sendable {
  /// One part of a message's content.
  package enum Part: Equatable, Sendable {
    case text(String)
    /// A picture in a file, sent inside the request.
    case picture(PictureFile, Detail)
    /// A picture that the server shall fetch itself.
    case pictureURL(String, Detail)
  }

  package var role: Role
  package var parts: [Part]
  /// An assistant's reasoning, which only servers that demand it get back.
  package var reasoning: String
  /// The calls of tools that an assistant asked for; each is answered by a message of role `tool`
  /// behind this one.
  package var calls: [ToolCall]
  /// The call that a message of role `tool` answers.
  package var answeredCall: String?

  package init(role: Role, parts: [Part], reasoning: String = "", calls: [ToolCall] = []) {
    self.role = role
    self.parts = parts
    self.reasoning = reasoning
    self.calls = calls
  }

  /// A message with what a called tool answered.
  package init(answering call: String, parts: [Part]) {
    self.init(role: .tool, parts: parts)
    answeredCall = call
  }

  package init(_ role: Role, _ text: String) {
    self.init(role: role, parts: [.text(text)])
  }
}

/// The bytes of a picture as they shall travel, in a file that does not change meanwhile.
package struct PictureFile: Hashable, Sendable {
  package var path: String
  /// Like `image/jpeg`.
  package var mediaType: String
  package var byteCount: Int

  package init(path: String, mediaType: String, byteCount: Int) {
    self.path = path
    self.mediaType = mediaType
    self.byteCount = byteCount
  }
}

extension ModelRequest {
  /// What is wrong with the request by the rules that every server shares; nil when nothing is.
  package var fault: RequestFault? {
    if model.isEmpty { return .modelMissing }
    if messages.isEmpty { return .messagesMissing }
    if parameters.responseFormat == .jsonObject, !mentionsJSON { return .jsonNotMentioned }
    if case .jsonSchema(let name, let schema)? = parameters.responseFormat,
      JSONValue(parsing: schema) == nil
    {
      return .schemaInvalid(name: name)
    }
    return nil
  }

  /// How many pictures all messages hold together.
  package var pictureCount: Int { messages.reduce(0) { $0 + $1.pictureCount } }

  private var mentionsJSON: Bool {
    messages.contains { $0.text.lowercased().contains("json") }
  }

  /// The first picture that the server would have to fetch.
  var pictureURL: String? {
    messages.lazy.flatMap(\.parts).compactMap {
      if case .pictureURL(let url, _) = $0, !url.hasPrefix("data:") { url } else { nil }
    }.first
  }
}

extension RequestMessage {
  /// The text parts, joined by line breaks.
  var text: String {
    parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
  }

  var hasPictures: Bool {
    parts.contains { if case .text = $0 { false } else { true } }
  }
}
