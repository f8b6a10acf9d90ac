import Conversation
import Files
import GRDB

/// Another store of ours, or a copy of one (`iris.sqlite`), read from a private copy: one of an older
/// schema is brought to this version's there.
enum StoreCopy {
  /// The conversations, under the identifiers that they have there, and what could not be kept.
  ///
  /// Pictures are looked for in the folder `pictures` beside the file; one that is not there stays in its
  /// message, and counts.
  static func read(
    _ path: String, now: Timestamp, keep: @escaping ForeignStore.PictureKeeper
  ) throws(StoreError) -> (conversations: [Conversation], loss: ImportLoss) {
    do {
      return try ForeignDatabase.withCopy(of: path) { copy in
        let opening = StoreOpening(
          path: copy, settings: ConversationStore.Settings(), isAlone: true)
        let (database, state) = try opening.open(now: now)
        defer { database.retire() }
        guard state == .sound else { throw Self.damaged(path) }
        let conversations = try database.read { try Self.conversations($0) }
        var loss = ImportLoss()
        let blobs = BlobStore(folder: folder(of: path) + "/pictures")
        for media in conversations.flatMap(\.messages.all).flatMap(\.parts.media) {
          Self.keep(media, from: blobs, keep, &loss)
        }
        return (conversations, loss)
      }
    } catch {
      if case .newer? = error as? StoreError { throw .newer(path: path) }
      throw StoreError(error, at: path)
    }
  }

  private static func damaged(_ path: String) -> StoreError {
    .damaged(
      StoreError.Cause(path: path, code: ResultCode.SQLITE_CORRUPT.rawValue, message: "SQLite"))
  }

  private static func conversations(_ database: Database) throws -> [Conversation] {
    let sql = "SELECT id FROM conversation WHERE is_deleted = 0 AND message_count > 0 ORDER BY id"
    return try Int64.fetchAll(database, sql: sql).compactMap { id in
      if Task.isCancelled { throw CancellationError() }
      return try ConversationRow.load(ConversationID(rawValue: id), database)
    }
  }

  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) } ?? "."
  }

  /// Keeps the bytes of a picture that are beside the store, after their digest is compared.
  private static func keep(
    _ media: MediaReference, from blobs: BlobStore, _ keep: ForeignStore.PictureKeeper,
    _ loss: inout ImportLoss
  ) {
    guard let digest = media.digest else { return }
    guard media.picture != nil else {
      if case .sound = media.facts { loss.add(.sound) } else { loss.add(.file) }
      return
    }
    guard (try? blobs.verify(digest)) != nil, var source = try? FileSource(blobs.path(of: digest)),
      let bytes = try? source.readToEnd(), keep(bytes, media.name)?.digest == digest
    else { return loss.add(.missingPicture) }
  }
}
