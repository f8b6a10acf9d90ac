package import Conversation
import Files
import JSON

/// Keeps the bytes of a picture under their digest and tells what they are; nil where they are no
/// picture.
package typealias PictureKeeper = ([UInt8], _ name: String) -> StoredPicture?

/// Keeps any bytes under their digest, which it returns; nil where they cannot be kept.
package typealias FileKeeper = ([UInt8]) -> Digest?

/// Makes conversations of what files of other programs, and Iris's own, hold.
///
/// A value serves one path, see ``ImportedConversations``. Nothing but pictures, and what Iris's own
/// files hold beside them, is written.
package struct Importer {
  /// The time of what has none of its own.
  let now: Timestamp
  let keep: PictureKeeper
  let keepFile: FileKeeper
  /// The paths that may be read beside those of the import itself.
  let allowed: [String]
  /// The files that the document being read may name.
  var files: ReadableFiles
  var loss = ImportLoss()
  /// How often a conversation without a name was met, by a hash of what it says.
  var equals: [ConversationID: Int] = [:]
  /// The identifiers that the conversation which was made last had when it had fewer messages, the
  /// most first.
  var earlier: [ConversationID] = []
  /// The identifiers of conversations without names that were made already.
  var given: Set<ConversationID> = []
  private var pictureCount = 0

  /// - Parameters:
  ///   - now: the time of what has none of its own.
  ///   - path: what is imported; files beside it are read.
  ///   - allowed: other files and folders that may be read.
  ///   - keepFile: keeps the bytes of what is no picture.
  ///   - keep: keeps the bytes of a picture.
  package init(
    now: Timestamp, path: String, allowing allowed: [String],
    keepFile: @escaping FileKeeper = { _ in nil }, keep: @escaping PictureKeeper
  ) {
    self.now = now
    self.allowed = allowed
    self.keep = keep
    self.keepFile = keepFile
    files = ReadableFiles(besides: path, allowing: allowed)
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

  /// The picture in the file whose name begins with one of `names`; nil, and a loss, where none does.
  mutating func picture(inFileNamedLike names: [String?]) -> ContentPart? {
    let found = names.compactMap { name in name.flatMap { files.first(beginningWith: $0) } }
    guard let file = found.first else {
      loss.add(.missingPicture)
      return nil
    }
    return picture(inFile: file)
  }

  /// Whether the file at `path` is an SQLite database, as several programs keep their logs in.
  package static func isDatabase(_ path: String) throws(InterchangeError) -> Bool {
    do throws(FileError) {
      var source = try FileSource(path)
      return try source.read(upTo: 16) == Array("SQLite format 3\0".utf8)
    } catch {
      throw .unreadable(error)
    }
  }
}
