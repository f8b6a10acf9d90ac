import Configuration
import Conversation
import Files
import FoundationEssentials

/// Which files Iris has written from which conversation, so that such a one may be replaced without
/// asking as long as nobody else has changed it.
///
/// A file in the state folder: a list of paths with the conversation's identifier and the file's
/// inode, length and time of change. Where it is lost, replacing is asked for.
struct ExportRecord: Sendable {
  private struct Entry: Codable {
    var path: String
    var conversation: ConversationID
    var inode: UInt64
    var byteCount: Int
    var modified: [Int]
  }

  /// Older ones are forgotten.
  private static let mostEntries = 1_000
  private static let byteLimit = 4_000_000

  private let folder: String
  private var path: String { folder + "/exports.json" }

  init(_ folders: Folders) {
    folder = folders.state
  }

  /// Whether the file at `path` is, unchanged, what was written there from this conversation.
  func isOurs(_ path: String, of conversation: ConversationID) -> Bool {
    guard let path = try? FileSystem.realPath(of: path), let entry = entry(path, conversation)
    else { return false }
    return entries().contains {
      $0.path == path && $0.conversation == conversation && $0.inode == entry.inode
        && $0.byteCount == entry.byteCount && $0.modified == entry.modified
    }
  }

  /// Notes that the file at `path` was just written from this conversation.
  func add(_ path: String, of conversation: ConversationID) throws(FileError) {
    let path = try FileSystem.realPath(of: path)
    // What is no file any more needs no note.
    guard let entry = entry(path, conversation) else { return }
    try SharedFile.update(self.path, atMost: Self.byteLimit) { bytes in
      let others = Self.entries(in: bytes).filter { $0.path != path }
      let all = Array(others.suffix(Self.mostEntries - 1)) + [entry]
      return (try? JSONEncoder().encode(all)).map(Array.init)
    }
  }

  private func entry(_ path: String, _ conversation: ConversationID) -> Entry? {
    guard let status = try? FileSystem.status(of: path), status.isFile else { return nil }
    return Entry(
      path: path, conversation: conversation, inode: status.inode, byteCount: status.byteCount,
      modified: [status.modified, status.modifiedNanoseconds])
  }

  private func entries() -> [Entry] {
    Self.entries(in: (try? SmallFile.bytes(of: path, atMost: Self.byteLimit)) ?? [])
  }

  private static func entries(in bytes: [UInt8]) -> [Entry] {
    (try? JSONDecoder().decode([Entry].self, from: Data(bytes))) ?? []
  }
}
