package import Conversation
import Files

/// What a file gave.
package struct Import: Hashable, Sendable {
  package var conversations: [Conversation] = []
  /// Messages and parts that Iris has no words for: tools, sounds, files, broken pictures.
  package var leftOut = 0

  package init(conversations: [Conversation] = [], leftOut: Int = 0) {
    self.conversations = conversations
    self.leftOut = leftOut
  }
}

/// Keeps the bytes of a picture under their digest; nil where they are no picture.
package typealias PictureKeeper = ([UInt8], _ name: String) -> StoredPicture?

/// Reads conversations from files of other programs, and from Iris's own.
///
/// A value reads one file. Nothing but pictures is written, so that a file that cannot be read to
/// its end leaves no conversation.
package struct Importer {
  var ids: IdentifierSource
  /// The time of what has none of its own.
  let now: Timestamp
  let keep: PictureKeeper
  /// The folder of the file, where ChatGPT's pictures stand.
  var folder = "."
  var leftOut = 0
  private var pictureCount = 0

  package init(ids: IdentifierSource, now: Timestamp, keep: @escaping PictureKeeper) {
    self.ids = ids
    self.now = now
    self.keep = keep
  }

  /// The conversations in the file at `path`, whose format is told by its contents.
  package mutating func read(_ path: String) throws -> Import {
    var conversations: [Conversation] = []
    try read(path) { conversations.append($0) }
    return Import(conversations: conversations, leftOut: leftOut)
  }

  /// Gives `take` each conversation in the file at `path` that holds a message, in its order.
  ///
  /// - Throws: ``InterchangeError``, and what `take` throws.
  /// - Returns: how many messages and parts were left out.
  @discardableResult
  package mutating func read(_ path: String, _ take: (Conversation) throws -> Void) throws -> Int {
    folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    var isEmpty = true
    func takeFilled(_ conversation: Conversation) throws {
      guard !conversation.messages.isEmpty else { return }
      isEmpty = false
      try take(conversation)
    }
    if try !chatGPT(path, takeFilled) {
      try conversations(in: try Self.bytes(of: path), of: path).forEach(takeFilled)
    }
    if isEmpty { throw InterchangeError.nothingInside(path: path) }
    return leftOut
  }

  private static func bytes(of path: String) throws(InterchangeError) -> [UInt8] {
    do throws(FileError) {
      var source = try FileSource(path)
      return try source.readToEnd()
    } catch {
      throw .unreadable(error)
    }
  }

  /// Whether the file at `path` is an SQLite database, as `llm` keeps its log in.
  package static func isDatabase(_ path: String) throws(InterchangeError) -> Bool {
    do throws(FileError) {
      var source = try FileSource(path)
      return try source.read(upTo: 16) == Array("SQLite format 3\0".utf8)
    } catch {
      throw .unreadable(error)
    }
  }

  /// The conversations in `bytes`, by the first shape that fits.
  private mutating func conversations(
    in bytes: [UInt8], of path: String
  ) throws(InterchangeError) -> [Conversation] {
    switch FileSample(bytes)?.kind ?? .other {
    case .archive(let version) where version > Archive.version: throw .newer(path: path)
    case .archive: return [try archive(in: bytes, of: path)]
    case .body: return [conversation(from: try decode(WireBody.self, in: bytes, of: path))]
    case .messages:
      let messages = try decode([WireMessage].self, in: bytes, of: path)
      return [conversation(from: WireBody(messages: messages))]
    case .bodies:
      return try decode([WireBody].self, in: bytes, of: path).map { conversation(from: $0) }
    case .message:
      return [
        conversation(
          from: WireBody(messages: [try decode(WireMessage.self, in: bytes, of: path)]))
      ]
    case .chatGPT, .other:
      if let conversations = try lines(in: bytes, of: path) { return conversations }
      throw .unknownFormat(path: path)
    }
  }

  /// A reference to the picture in `bytes`, or nil, which counts as left out.
  mutating func picture(
    _ bytes: [UInt8]?, name: String? = nil, detail: Detail = .auto
  ) -> ContentPart? {
    pictureCount += 1
    let name = name ?? "picture \(pictureCount)"
    guard let bytes, let stored = keep(bytes, name) else {
      leftOut += 1
      return nil
    }
    return .picture(PictureReference(source: .stored(stored), name: name, detail: detail))
  }
}
