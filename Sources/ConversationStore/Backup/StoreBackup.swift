import Files
import GRDB

/// The store's copy: made by SQLite's backup interface beside the database, verified, whole or not
/// at all (sqlite.org/backup.html).
///
/// It is a snapshot: other connections write meanwhile. Copying 132 MB takes 0.25 s of CPU and
/// verifying it 1.9 s. Blocks the calling thread.
package struct StoreBackup: Sendable {
  /// What became of it.
  package enum Outcome: Hashable, Sendable {
    case made
    /// Nothing changed since the last one, or that is younger than a day.
    case notDue
    /// Another program makes one, or saves a damaged store, or one is not saved yet.
    case postponed
    case cancelled
    /// The database did not pass the check; the last copy stays.
    case damaged(StoreError.Cause)
  }

  private static let secondsBetween = 24 * 60 * 60
  private static let pagesPerStep: CInt = 256

  let database: String

  /// Where the copy of the database at `path` is.
  static func path(of database: String) -> String { database + "-backup" }

  private var copy: String { Self.path(of: database) }
  private var part: String { copy + WholeFile.unfinishedSuffix }

  /// Makes a copy where one is due; `isCancelled` is asked a few hundred times a second.
  package func makeIfDue(
    isCancelled: @escaping () -> Bool = { false }
  ) throws(StoreError) -> Outcome {
    do {
      guard try SetAsideFile.unfinished(beside: database).isEmpty else { return .postponed }
      let lock = try MaintenanceLock(of: database)
      defer { lock.release() }
      removePart()
      defer { removePart() }
      return try isDue() ? try make(isCancelled: isCancelled) : .notDue
    } catch {
      let error = StoreError(ofStore: error, at: copy)
      if case .locked = error { return .postponed }
      throw error
    }
  }

  /// Takes conversations that were deleted for good out of the copy, which would bring them back.
  ///
  /// Where that cannot be, they are gone with the next copy.
  func remove(_ conversations: [Int64]) {
    try? removeAtOnce(conversations)
  }

  private func removeAtOnce(_ conversations: [Int64]) throws {
    let lock = try MaintenanceLock(of: database)
    defer { lock.release() }
    guard let modified = try FileSystem.status(of: copy)?.modified else { return }
    let queue = try DatabaseQueue(path: copy)
    defer { queue.retire() }
    try queue.write { database in
      for id in conversations {
        try database.execute(sql: "DELETE FROM conversation WHERE id = ?", arguments: [id])
      }
    }
    try queue.close()
    try FileSystem.setModified(copy, to: modified)
  }

  /// What is left of a copy that was not finished, here or by a program that was killed.
  private func removePart() {
    for suffix in ["", "-journal"] { try? FileSystem.remove(part + suffix) }
  }

  /// Whether something was written since the last copy began, and that is a day ago.
  ///
  /// All by the clock that dates the files: the folder may be another machine's. A copy of the
  /// future counts as an old one.
  private func isDue() throws -> Bool {
    guard let made = try FileSystem.status(of: copy)?.modified else { return true }
    _ = try OpenFile(part, for: .writing)
    let now = try FileSystem.status(of: part)?.modified ?? 0
    // Every opening makes an empty log.
    let changed = try [database, database + "-wal"].compactMap { path in
      try FileSystem.status(of: path).flatMap { $0.byteCount > 0 ? $0.modified : nil }
    }.max()
    guard let changed, changed >= made else { return false }
    return now < made || now - made >= Self.secondsBetween
  }

  private func make(isCancelled: @escaping () -> Bool) throws -> Outcome {
    // Its time is that of the snapshot: what is written while it is copied counts as changed.
    _ = try OpenFile(part, for: .writing)
    let began = try FileSystem.status(of: part)?.modified ?? 0
    let target = try DatabaseQueue(path: part, configuration: Self.configuration)
    defer { target.retire() }
    do {
      try copyPages(to: target, isCancelled: isCancelled)
      try target.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
    } catch is CancellationError {
      try target.close()
      return .cancelled
    }
    if isCancelled() { return .cancelled }
    if let cause = try verify(target) { return .damaged(cause) }
    try target.close()
    try OpenFile(part, for: .writing).synchronise()
    try FileSystem.setModified(part, to: began)
    try FileSystem.rename(part, to: copy)
    try WholeFile.synchroniseFolder(of: copy)
    return .made
  }

  private func copyPages(to target: DatabaseQueue, isCancelled: @escaping () -> Bool) throws {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(1)
    let source = try DatabaseQueue(path: database, configuration: configuration)
    defer { source.retire() }
    try source.read { source in
      // Begins the read transaction: a change in between would else begin the copy anew.
      _ = try Int.fetchOne(source, sql: "SELECT count(*) FROM sqlite_schema")
      try target.writeWithoutTransaction { target in
        try source.backup(to: target, pagesPerStep: Self.pagesPerStep) { progress in
          if !progress.isCompleted, isCancelled() { throw CancellationError() }
        }
      }
    }
    try source.close()
  }

  /// What is wrong with the copy at `path`, of which every page is read; nil where nothing is.
  static func damage(of path: String) -> String? {
    do {
      guard try FileSystem.status(of: path)?.isFile == true else {
        throw FileError(code: FileError.notOrdinary, path: path)
      }
      var configuration = Configuration()
      configuration.readonly = true
      let queue = try DatabaseQueue(path: path, configuration: configuration)
      defer { queue.retire() }
      let answer = try queue.read { copy in
        // An empty file is a database without tables, of which SQLite finds nothing to say.
        _ = try Int.fetchOne(copy, sql: "SELECT count(*) FROM conversation")
        return try String.fetchOne(copy, sql: "PRAGMA integrity_check(1)") ?? ""
      }
      return answer == "ok" ? nil : answer
    } catch let error as FileError {
      return error.reason
    } catch {
      return (error as? DatabaseError)?.message ?? "\(error)"
    }
  }

  /// What is wrong with the copy, which is what is wrong with the database; nil where nothing is.
  private func verify(_ copy: DatabaseQueue) throws -> StoreError.Cause? {
    let answer = try copy.read { try String.fetchOne($0, sql: "PRAGMA integrity_check(1)") } ?? ""
    guard answer == "ok" else { return cause(answer, "PRAGMA integrity_check(1)") }
    do {
      try copy.writeWithoutTransaction { try Schema.checkTextIndex($0) }
      return nil
    } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
      return cause("the texts and their index differ", "integrity-check")
    }
  }

  private func cause(_ message: String, _ sql: String) -> StoreError.Cause {
    StoreError.Cause(
      path: database, code: ResultCode.SQLITE_CORRUPT.rawValue, message: message, sql: sql)
  }

  /// It is brought to the disk when it is whole: until then it may be lost.
  static var configuration: Configuration {
    var configuration = Configuration()
    configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = OFF") }
    return configuration
  }
}
