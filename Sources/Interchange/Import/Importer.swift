package import Conversation
package import Files

/// Keeps the bytes of a picture under their digest; nil where they are no picture.
package typealias PictureKeeper = ([UInt8], _ name: String) -> StoredPicture?

/// Makes conversations of what files of other programs, and Iris's own, hold.
///
/// A value serves one file, see ``ImportedConversations``. Nothing but pictures is written.
package struct Importer {
  var ids: IdentifierSource
  /// The time of what has none of its own.
  let now: Timestamp
  let keep: PictureKeeper
  /// The files that may be read beside the one that is imported.
  let files: ReadableFiles
  var loss = ImportLoss()
  private var pictureCount = 0

  package init(
    ids: IdentifierSource, now: Timestamp, files: ReadableFiles, keep: @escaping PictureKeeper
  ) {
    self.ids = ids
    self.files = files
    self.now = now
    self.keep = keep
  }

  /// A reference to the picture in `bytes`, or nil, which counts as a loss.
  mutating func picture(
    _ bytes: [UInt8]?, name: String? = nil, detail: Detail = .auto
  ) -> ContentPart? {
    pictureCount += 1
    let name = name ?? "picture \(pictureCount)"
    guard let bytes, let stored = keep(bytes, name) else {
      loss.add(.brokenPicture)
      return nil
    }
    return .picture(PictureReference(source: .stored(stored), name: name, detail: detail))
  }

  /// The picture in a file that the import names; nil where it is missing, outside, or none.
  mutating func picture(inFile name: String, detail: Detail = .auto) -> ContentPart? {
    switch files.contents(of: name) {
    case .bytes(let bytes):
      return picture(bytes, name: String(name.split(separator: "/").last ?? ""), detail: detail)
    case .missing: loss.add(.missingPicture)
    case .outside(let path): loss.add(outsidePath: path)
    }
    return nil
  }

  /// The bytes of a file that is read whole.
  ///
  /// - Throws: ``InterchangeError/tooLarge(path:)`` beyond ``InterchangeError/mostBytes``, and
  ///   ``InterchangeError/stopped`` where the task was cancelled.
  static func bytes(of path: String) throws(InterchangeError) -> [UInt8] {
    do throws(FileError) {
      var source = try FileSource(path)
      let most = InterchangeError.mostBytes
      guard try source.byteCount() <= most else { throw FileError.tooLarge(path) }
      var bytes: [UInt8] = []
      while !Task.isCancelled {
        let piece = try source.read(upTo: 1 << 20)
        if piece.isEmpty { return bytes }
        bytes += piece
        guard bytes.count <= most else { throw FileError.tooLarge(path) }
      }
    } catch {
      throw error.isTooLarge ? .tooLarge(path: path) : .unreadable(error)
    }
    throw .stopped
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
}

extension Importer {
  /// The conversations in `bytes`, by the first shape that fits.
  mutating func conversations(
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
}
