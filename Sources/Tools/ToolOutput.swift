import JSON

/// What a tool gave back, before pictures among it are looked at.
package struct ToolOutput: Equatable, Sendable {
  /// A part of a result.
  package indirect enum Piece: Equatable, Sendable {
    case text(String)
    /// Shown to the user, and not sent to the model.
    case forUser(Piece)
    /// Bytes that are no text: a picture, as a rule; `mediaType` is what the tool called it.
    case data([UInt8], mediaType: String?)
  }

  package var pieces: [Piece]
  /// Whether the tool failed, and the pieces say how.
  package var isError: Bool

  package init(_ pieces: [Piece], isError: Bool = false) {
    self.pieces = pieces
    self.isError = isError
  }

  /// A result that tells the model what went wrong.
  package static func failure(_ words: String) -> ToolOutput {
    ToolOutput([.text(words)], isError: true)
  }

  /// The result that bytes are: a list of parts as JSON, a text, or data.
  ///
  /// A list is an array of objects that are all `text`, `image`, or `image_url` parts, as the Model
  /// Context Protocol and OpenAI's API write them; any other JSON is a text. A text is UTF-8 without
  /// NUL.
  package init(bytes: [UInt8]) {
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      self.init([.data(bytes, mediaType: nil)])
      return
    }
    let isList = bytes.first { !$0.isJSONBlank } == UInt8(ascii: "[")
    if isList, let elements = JSONValue(parsing: bytes)?.elements, !elements.isEmpty {
      let pieces = elements.compactMap(Piece.init)
      if pieces.count == elements.count {
        self.init(pieces)
        return
      }
    }
    self.init(text.isEmpty ? [] : [.text(text)])
  }

  /// How many bytes the pieces have together.
  package var byteCount: Int { pieces.reduce(0) { $0 + $1.byteCount } }
}

extension ToolOutput.Piece {
  package var isForUser: Bool {
    if case .forUser = self { true } else { false }
  }

  fileprivate var byteCount: Int {
    switch self {
    case .text(let text): text.utf8.count
    case .data(let bytes, _): bytes.count
    case .forUser(let piece): piece.byteCount
    }
  }
}

extension ToolOutput.Piece {
  /// A part of a list; nil for any other value.
  init?(_ json: JSONValue) {
    switch json["type"]?.string {
    case "text":
      guard let text = json["text"]?.string else { return nil }
      self = .text(text)
    case "image":
      guard let data = json["data"]?.string, let bytes = Base64.decoded(data.utf8) else {
        return nil
      }
      self = .data(bytes, mediaType: (json["mimeType"] ?? json["media_type"])?.string)
    case "image_url":
      guard let url = (json["image_url"]?["url"] ?? json["image_url"])?.string,
        let bytes = DataURL(url)?.bytes
      else { return nil }
      self = .data(bytes, mediaType: nil)
    default: return nil
    }
  }
}
