package import Conversation
package import Files
import GRDB

/// The conversations in a database of another program, or of another store of ours.
///
/// Which program's it is, is told by its tables. The file and what is beside it stay as they are.
package enum ForeignStore {
  /// Keeps the bytes of a picture under their digest; nil where they are no picture.
  package typealias PictureKeeper = ([UInt8], _ name: String) -> StoredPicture?

  /// The conversations in the database at `path`, and what of them could not be kept.
  ///
  /// - Parameters:
  ///   - path: the database: a store of ours, `llm`'s log, or oterm's `store.db`.
  ///   - now: the time of what has none of its own.
  ///   - files: those that the database may name; others are counted and told.
  ///   - keep: keeps a picture that is found in the database, or beside it.
  /// - Returns: the conversations, oldest first.
  /// - Throws: ``StoreError/foreign(path:)`` where the database is another program's.
  package static func read(
    _ path: String, now: Timestamp, files: ReadableFiles, keep: @escaping PictureKeeper
  ) throws(StoreError) -> (conversations: [Conversation], loss: ImportLoss) {
    let tables: Set<String>
    do {
      tables = try ForeignDatabase.read(path) { database in
        try String.fetchSet(database, sql: "SELECT name FROM sqlite_master WHERE type = 'table'")
      }
    } catch {
      throw StoreError(error, at: path)
    }
    if tables.isSuperset(of: ["grdb_migrations", "conversation", "message"]) {
      return try StoreCopy.read(path, now: now, keep: keep)
    }
    if tables.isSuperset(of: ["chat", "message"]) {
      return try OtermStore.read(path, now: now, keep: keep)
    }
    return try LLMLog.read(path, now: now, files: files, keep: keep)
  }
}
