import Files
import GRDB

/// The database as an older version left it, `iris.sqlite-older`: made before its schema is changed,
/// removed when the last program closes the store in order.
struct OlderCopy {
  let path: String

  /// Of the database at `database`.
  init(of database: String) {
    path = database + "-older"
  }

  /// Always the same, so that a program that is killed leaves no second one behind.
  private var part: String { path + WholeFile.unfinishedSuffix }

  /// Copies the database with what its log holds, whole or not at all (sqlite.org/backup.html).
  func make(from database: DatabaseQueue) throws {
    do {
      try removePart()
      try copy(database)
      try FileSystem.rename(part, to: path)
      try WholeFile.synchroniseFolder(of: path)
    } catch {
      try removePart()
      throw error
    }
  }

  private func copy(_ database: DatabaseQueue) throws {
    _ = try OpenFile(part, for: .writing)
    let target = try DatabaseQueue(path: part, configuration: StoreBackup.configuration)
    defer { target.retire() }
    try database.backup(to: target)
    try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    try target.close()
    try OpenFile(part, for: .writing).synchronise()
  }

  /// Removes the copy, and one that was not finished.
  func remove() throws(FileError) {
    try FileSystem.remove(path)
    try removePart()
  }

  private func removePart() throws(FileError) {
    for suffix in ["", "-journal"] { try FileSystem.remove(part + suffix) }
  }
}
