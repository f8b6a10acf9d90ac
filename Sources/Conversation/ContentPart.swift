/// One part of a message's content (OpenAI API reference, chat/create, `messages[].content[]`).
package enum ContentPart: Hashable, Codable, Sendable {
  case text(String)
  case picture(PictureReference)
}

extension [ContentPart] {
  /// The text parts, joined by line breaks.
  package var text: String {
    compactMap { if case .text(let text) = $0 { text } else { nil } }.joined(separator: "\n")
  }

  package var pictures: [PictureReference] {
    compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
  }
}
