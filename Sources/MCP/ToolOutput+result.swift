import JSON
import Tools

extension ToolOutput {
  /// The output that the result of `tools/call` is (MCP 2026-07-28, server/tools, tool result).
  init(callResult result: JSONValue) {
    let content = result["content"]?.elements ?? []
    var pieces = content.map { Piece(content: $0) }
    // The structured form alone is a result too; beside a text it says the same again.
    if content.isEmpty, let structured = result["structuredContent"], structured != .null {
      pieces = [.text(structured.description)]
    }
    self.init(pieces, isError: result["isError"]?.bool ?? false)
  }
}

extension ToolOutput.Piece {
  /// A block of content; what is not known is told by its kind.
  fileprivate init(content: JSONValue) {
    let piece = Self.piece(content)
    let audience = content["annotations"]?["audience"]?.elements?.compactMap(\.string)
    self = audience == ["user"] ? .forUser(piece) : piece
  }

  private static func piece(_ content: JSONValue) -> ToolOutput.Piece {
    switch content["type"]?.string {
    case "text": return .text(content["text"]?.string ?? "")
    case "image", "audio": return data(content["data"], content["mimeType"]?.string)
    case "resource_link":
      let words = [content["name"], content["uri"], content["description"]]
        .compactMap { $0?.string }.filter { !$0.isEmpty }
      return .text("[resource: " + words.joined(separator: ", ") + "]")
    case "resource":
      let resource = content["resource"] ?? [:]
      if let text = resource["text"]?.string { return .text(text) }
      return data(resource["blob"], resource["mimeType"]?.string)
    case let kind: return .text("[\(kind ?? "a part") that Iris does not know]")
    }
  }

  private static func data(_ base64: JSONValue?, _ mediaType: String?) -> ToolOutput.Piece {
    guard let letters = base64?.string, let bytes = Base64.decoded(letters.utf8) else {
      return .text("[\(mediaType ?? "data") that is damaged]")
    }
    return .data(bytes, mediaType: mediaType)
  }
}
