import ChatAPI
import Configuration
import Conversation
import Files
import FoundationEssentials

/// A file that Iris put on a server.
struct UploadRecord: Codable, Equatable {
  /// The server's address, without its query.
  var server: String
  var project: String?
  /// The server's identifier.
  var id: String
  var name: String
  var byteCount: Int
  /// Of the bytes that were sent.
  var digest: Digest
  /// Of the kept file that messages name, which a fitted picture was made of.
  var original: Digest
  /// Seconds since 1970 after which the server removes it.
  var expires: Int64

  /// Whether it lies on this server, in its project.
  func lies(on provider: Provider) -> Bool {
    server == provider.plainAddress && project == provider.project
  }
}

/// The files that Iris put on servers: a JSON list, shared by all programs (`uploads.json` in the state
/// folder; docs/decisions/0166).
struct UploadRecords: Equatable {
  /// The most bytes that are read: some ten thousand files.
  private static let byteLimit = 8_000_000

  var all: [UploadRecord] = []

  private static func path(in folders: Folders) -> String { folders.state + "/uploads.json" }

  /// Those of earlier requests; none where there is no file, or a damaged one.
  init(in folders: Folders) {
    let bytes = try? SmallFile.bytes(of: Self.path(in: folders), atMost: Self.byteLimit)
    self.init(stored: bytes ?? [])
  }

  private init(stored bytes: [UInt8]) {
    all = (try? JSONDecoder().decode([UploadRecord].self, from: Data(bytes))) ?? []
  }

  /// Changes the list beside what other programs change in it, and takes those out that servers have
  /// removed by now.
  static func update(
    in folders: Folders, now: Int64, _ change: (inout [UploadRecord]) -> Void
  ) throws(FileError) {
    try SharedFile.update(path(in: folders), atMost: byteLimit) { bytes in
      let stored = UploadRecords(stored: bytes)
      var records = stored
      change(&records.all)
      records.all.removeAll { $0.expires <= now }
      guard records != stored else { return nil }
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      return (try? encoder.encode(records.all)).map(Array.init)
    }
  }
}
