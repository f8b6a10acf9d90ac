package import Conversation

extension ContentPart {
  /// A part of any kind, with words and numbers of chance.
  package static func random(
    using numbers: inout some RandomNumberGenerator, depth: Int = 1
  ) -> ContentPart {
    switch Int.random(in: 0..<(depth > 0 ? 12 : 10), using: &numbers) {
    case 0, 1: .text(words(using: &numbers))
    case 2: .reasoning(words(using: &numbers))
    case 3: .reasoning(Reasoning(text: words(using: &numbers), opaque: #"{"s": "x=="}"#))
    case 4: .media(.random(using: &numbers))
    case 5: .picture(.random(using: &numbers))
    case 6:
      .unknown(
        json: #"{"type":"hologram", "size":1.50,"#
          + "\"words\":\"\(words(using: &numbers))\"}")
    case 7:
      .hostedCall(
        HostedToolCall(
          HostedToolCall.Tool.allCases.randomElement(using: &numbers) ?? .webSearch,
          input: words(using: &numbers), output: words(using: &numbers), container: "c",
          isFailed: Bool.random(using: &numbers), opaque: #"{"type": "web_search_call"}"#))
    case 8:
      .citations([
        Citation(title: "a " + words(using: &numbers), url: "https://e.org/c"),
        Citation(title: "b.pdf", url: nil),
      ])
    case 9: .drawing(drawing(using: &numbers))
    case 10:
      .toolCall(
        ToolCall(
          id: "call \(Int.random(in: 0..<9, using: &numbers))", name: words(using: &numbers),
          arguments: #"{"city": "Köln", "days": 1.0}"#,
          state: ToolCall.State.allCases.randomElement(using: &numbers) ?? .requested))
    default:
      .toolResult(
        ToolResult(
          callID: "call", parts: [ContentPart].random(using: &numbers, depth: 0),
          isError: Bool.random(using: &numbers)))
    }
  }

  private static func drawing(using numbers: inout some RandomNumberGenerator) -> Drawing {
    var drawing = Drawing(model: words(using: &numbers))
    drawing.size = [.auto, .ratio(width: 3, height: 2)].randomElement(using: &numbers) ?? .auto
    drawing.count = .random(in: 1...9, using: &numbers)
    drawing.looks = Bool.random(using: &numbers) ? [words(using: &numbers)] : []
    return drawing
  }

  private static func words(using numbers: inout some RandomNumberGenerator) -> String {
    let words = ["bridge", "桥", "two\nlines", "'quoted'", "ü", "<b>", "`code`", "", " ", "🙂"]
    return (0..<Int.random(in: 0...4, using: &numbers)).map { _ in
      words.randomElement(using: &numbers) ?? ""
    }.joined(separator: " ")
  }
}

extension [ContentPart] {
  /// Up to five parts of any kind.
  package static func random(
    using numbers: inout some RandomNumberGenerator, depth: Int = 1
  ) -> [ContentPart] {
    (0..<Int.random(in: 0...5, using: &numbers)).map { _ in
      .random(using: &numbers, depth: depth)
    }
  }
}

extension MediaReference {
  /// A reference of any kind, to bytes anywhere.
  package static func random(using numbers: inout some RandomNumberGenerator) -> MediaReference {
    let sources: [Source] = [
      .stored(.sample("ab\(Int.random(in: 0..<9, using: &numbers))")), .remote("https://e.org/a"),
      .serverFile(id: "file-1", provider: "openai"),
    ]
    let facts: [Facts] = [
      .picture(PictureFacts(detail: .high)), .sound(seconds: 1.5), .sound(seconds: nil),
      .document(pages: 3), .film(seconds: 2), .file,
    ]
    return MediaReference(
      source: sources.randomElement(using: &numbers) ?? sources[0],
      mediaType: Bool.random(using: &numbers) ? "audio/wav" : nil,
      byteCount: Bool.random(using: &numbers) ? 7 : nil, name: "a b.wav",
      facts: facts.randomElement(using: &numbers) ?? .file)
  }
}

extension PictureReference {
  /// A picture that is kept, or at an address.
  package static func random(
    using numbers: inout some RandomNumberGenerator
  ) -> PictureReference {
    let stored = StoredPicture(
      digest: .sample("cd\(Int.random(in: 0..<9, using: &numbers))"), format: .jpeg,
      size: PixelSize(width: 3, height: 2), byteCount: 9,
      hasLocation: Bool.random(using: &numbers))
    return PictureReference(
      source: Bool.random(using: &numbers) ? .stored(stored) : .remote("https://e.org/b"),
      name: "b.jpg", detail: Detail.allCases.randomElement(using: &numbers) ?? .auto)
  }
}
