package import Conversation
import JSON

/// What is asked of a model: the messages it shall see, and the settings.
package struct ModelRequest: Equatable, Sendable {
  package var model: String
  package var messages: [RequestMessage]
  package var parameters: Parameters
  /// The tools that the model may ask to be called.
  package var tools: [ToolDefinition]
  /// The identifiers of the server's vector stores that its own search may look through.
  package var vectorStores: [String] = []
  /// How the server's own tool that makes pictures is offered; nil where it is not.
  package var pictureTool: PictureTool?
  /// Whether the reply comes as a stream of events, or whole.
  package var isStreamed: Bool
  /// Whether it goes though the server was learned to take fewer pictures.
  package var ignoresPictureLimit = false

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
    /// A document in a file, sent inside the request; the file's name as the user knows it.
    case document(PictureFile, name: String)
    /// A picture or a document that the server holds already.
    case uploaded(UploadedFile)
    /// Sound in a file, sent inside the request, in the format of that name: `wav` or `mp3`.
    case sound(PictureFile, format: String)
    /// An item that this very server gave for a call of a tool of its own, as its JSON text.
    case serverItem(String)
    /// An assistant's reasoning, which only servers that demand it get back.
    case reasoning(Reasoning)
    /// A call of a tool that an assistant asked for; a message of role `tool` behind this one answers
    /// it.
    case call(ToolCall)
  }

  package var role: Role
  /// In the order in which they were said.
  package var parts: [Part]
  /// The call that a message of role `tool` answers.
  package var answeredCall: String?
  /// Whether its reasoning goes back as far as the wire has a name for it: this very server gave it, with
  /// calls whose results it is about to see.
  package var returnsReasoning = false

  /// A message with reasoning before its parts, and calls behind them.
  package init(role: Role, parts: [Part], reasoning: String = "", calls: [ToolCall] = []) {
    self.role = role
    self.parts =
      (reasoning.isEmpty ? [] : [.reasoning(Reasoning(text: reasoning))]) + parts
      + calls.map(Part.call)
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

/// The bytes of a picture, a document or a sound as they shall travel, in a file that does not change meanwhile.
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

/// A file that was put on a server, with the bytes that stand for it where no identifier can.
package struct UploadedFile: Hashable, Sendable {
  /// The server's identifier, like `file-abc`.
  package var id: String
  package var file: PictureFile
  /// As the user knows it.
  package var name: String
  /// How closely the model looks at a picture; nil for a document.
  package var detail: Detail?

  package init(id: String, file: PictureFile, name: String, detail: Detail?) {
    self.id = id
    self.file = file
    self.name = name
    self.detail = detail
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

  /// Whether a message holds a document that goes as a file.
  package var hasDocuments: Bool {
    messages.contains { $0.parts.contains(where: \.isDocument) }
  }

  /// The files of the server that the messages name.
  package var uploads: [UploadedFile] {
    messages.flatMap(\.parts).compactMap { part in
      if case .uploaded(let file) = part { file } else { nil }
    }
  }

  /// Whether a message holds sound.
  package var hasSound: Bool { messages.contains { $0.parts.contains(where: \.isSound) } }

  private var mentionsJSON: Bool {
    messages.contains { $0.text.lowercased().contains("json") }
  }

  /// The pictures that the server would have to fetch.
  var pictureURLs: [String] {
    messages.flatMap(\.parts).compactMap {
      if case .pictureURL(let url, _) = $0, !url.hasPrefix("data:") { url } else { nil }
    }
  }
}

extension RequestMessage {
  /// The text parts, joined by line breaks.
  var text: String {
    parts.compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
  }

  /// The text of all reasoning.
  package var reasoning: String {
    parts.reduce(into: "") { if case .reasoning(let part) = $1 { $0 += part.text } }
  }

  package var calls: [ToolCall] {
    parts.compactMap { if case .call(let call) = $0 { call } else { nil } }
  }

  var hasPictures: Bool { parts.contains(where: \.isPicture) }

  /// Whether its content is more than text.
  var hasFiles: Bool { parts.contains { $0.isPicture || $0.isDocument || $0.isSound } }

  var pictureCount: Int { parts.count(where: \.isPicture) }
}

extension RequestMessage.Part {
  var isPicture: Bool {
    switch self {
    case .picture, .pictureURL: true
    case .uploaded(let file): file.detail != nil
    case .text, .document, .sound, .serverItem, .reasoning, .call: false
    }
  }

  var isDocument: Bool {
    switch self {
    case .document: true
    case .uploaded(let file): file.detail == nil
    default: false
    }
  }

  var isSound: Bool { if case .sound = self { true } else { false } }

  /// Whether it is a part of what was said, and not of what an assistant thought or asked for.
  var isContent: Bool {
    switch self {
    case .text, .picture, .pictureURL, .document, .sound, .uploaded: true
    case .serverItem, .reasoning, .call: false
    }
  }
}
