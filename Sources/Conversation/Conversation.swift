import Markdown
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
  /// What goes along with the text, as parts of the message to come.
  package var attachments: [ContentPart] = []

  package init() {}

  /// The pictures among the attachments; setting them leaves the other attachments.
  package var pictures: [PictureReference] {
    get { attachments.pictures }
    set {
      attachments.removeAll { $0.picture != nil }
      attachments += newValue.map(ContentPart.picture)
    }
  }

  /// The marks of a picture that wait for its change, which say what picture that is; nil for none.
  package var mask: Drawing? {
    get {
      attachments.lazy.compactMap {
        if case .drawing(let drawing) = $0, drawing.isOfReply { drawing } else { nil }
      }.first
    }
    set {
      attachments.removeAll { if case .drawing = $0 { true } else { false } }
      attachments += newValue.map { [.drawing($0)] } ?? []
    }
  }

  /// Puts pictures and documents in the place of those among the attachments; others, which this version
  /// cannot attach, stay.
  package mutating func attach(_ parts: [ContentPart]) {
    attachments.removeAll { $0.picture != nil || ![$0].documents.isEmpty }
    attachments += parts
  }
}

extension Draft {
  private enum FirstKey: CodingKey { case pictures }

  /// Reads what ``encode(to:)`` writes, and drafts of the first version, whose attachments are
  /// pictures; one that cannot be read is left out, the words stay.
  package init(from decoder: any Decoder) throws {
    let object = try decoder.container(keyedBy: CodingKeys.self)
    text = try object.decode(String.self, forKey: .text)
    if object.contains(.attachments) {
      attachments = try object.decode([ReadablePart].self, forKey: .attachments).compactMap(\.part)
    } else {
      attachments = try decoder.container(keyedBy: FirstKey.self)
        .decode([ReadablePicture].self, forKey: .pictures).compactMap(\.part)
    }
  }
}

/// A part, or nil for any other value.
private struct ReadablePart: Decodable {
  let part: ContentPart?

  init(from decoder: any Decoder) throws {
    part = try? ContentPart(from: decoder)
  }
}

/// A picture of the first version as a part, or nil for any other value.
private struct ReadablePicture: Decodable {
  let part: ContentPart?

  init(from decoder: any Decoder) throws {
    part = (try? PictureReference(from: decoder)).map(ContentPart.picture)
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
