import Screen

/// A conversation: a tree of messages, the leaf that is in use, and the settings it goes on with.
package struct Conversation: Identifiable, Hashable, Sendable {
  package let id: ConversationID
  /// Chosen by the user, unique in a store; nil until then.
  package var name: Label?
  package var created: Timestamp
  /// The system message that opens every request; nil for none.
  package var instructions: String?
  package var model: String?
  package var provider: String?
  package var parameters = Parameters()
  package var messages = MessageTree()
  /// What stood in the composer, and the pictures waiting with it.
  package var draft = Draft()

  package init(id: ConversationID, created: Timestamp) {
    self.id = id
    self.created = created
  }
}

/// A message that has not been sent yet.
package struct Draft: Hashable, Codable, Sendable {
  package var text = ""
  package var pictures: [PictureReference] = []

  package init() {}
}

extension Draft {
  /// Reads what ``encode(to:)`` writes; a picture that cannot be one is left out, the words stay.
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    text = try object.decode(String.self, forKey: .text)
    pictures = try object.decode([ReadablePicture].self, forKey: .pictures).compactMap(\.picture)
  }
}

/// A picture, or nil for any other value.
private struct ReadablePicture: Decodable {
  let picture: PictureReference?

  init(from decoder: any Decoder) throws {
    picture = try? PictureReference(from: decoder)
  }
}

extension Conversation {
  /// What to call the conversation in a list: its name, else its first words (those of the first
  /// user message), else an empty text.
  package var title: String {
    if let name { return name.text }
    let path = messages.pathIDs.lazy.compactMap { messages[$0] }
    return path.first { $0.role == .user && !$0.text.isEmpty }?.firstWords ?? ""
  }
}

extension Message {
  /// What of the message a conversation without a name is called by.
  package var firstWords: String { text.firstWords }
}

extension String {
  /// At most 60 columns of the first line that has any words, without the marks of Markdown.
  ///
  /// However long the text is, only its beginning is looked at: 2,000 scalars.
  package var firstWords: String {
    // It is asked for with every frame, and hardly ever has marks or letters beyond ASCII.
    let start = utf8.prefix(2000).drop { $0 <= 0x20 }.prefix(61).prefix { $0 != 0x0A }
    if (1...60).contains(start.count),
      start.allSatisfy({ 0x20...0x7E ~= $0 && !PlainWords.signs.contains($0) })
    {
      return String(decoding: start, as: UTF8.self)
    }
    let line = String(unicodeScalars.prefix(2000)).firstLineOfWords.drop(while: \.isWhitespace)
    return Cell.cells(of: String(line)).truncated(to: 60).text
  }

  private var firstLineOfWords: String {
    let lines = split(whereSeparator: \.isNewline).filter { !$0.allSatisfy(\.isWhitespace) }
    let words = lines.lazy.filter { !PlainWords.isFence($0) }.map { PlainWords(of: $0).text }
      .first { !$0.allSatisfy(\.isWhitespace) }
    return words ?? lines.first.map(String.init) ?? ""
  }
}
