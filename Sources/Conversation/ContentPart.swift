/// One part of a message's content (OpenAI API reference, chat/create, `messages[].content[]`).
package enum ContentPart: Hashable, Sendable {
  case text(String)
  case picture(PictureReference)
  /// A part that this version does not know, as the JSON text that was read: it is kept and written
  /// back as it is, and sent nowhere.
  case unknown(json: String)
}

extension [ContentPart] {
  /// The text parts, joined by line breaks; a single one is not copied.
  package var text: String {
    let texts = compactMap { if case .text(let text) = $0 { text } else { nil } }
    return texts.count == 1 ? texts[0] : texts.joined(separator: "\n")
  }

  package var pictures: [PictureReference] {
    compactMap { if case .picture(let picture) = $0 { picture } else { nil } }
  }

  /// How many parts this version does not know.
  package var unknownCount: Int {
    count { if case .unknown = $0 { true } else { false } }
  }

  /// Adds to the last part where that is a text, else as a part of its own; nothing where `text` is
  /// empty.
  ///
  /// - Complexity: linear in `text`, not in what it is added to.
  package mutating func append(text: String) {
    guard !text.isEmpty else { return }
    guard case .text(var whole) = last else {
      append(.text(text))
      return
    }
    // Taken out first, so that the text grows in place instead of being copied.
    removeLast()
    whole += text
    append(.text(whole))
  }
}
