import Files
import GRDB
import GRDBSQLite

extension DatabaseQueue {
  /// Does `work` with the database at `path`; where SQLite could not write for a shortage that it
  /// calls an I/O error, as it does with all but a full disk, the system's own error is thrown.
  func namingShortage<Value>(at path: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_IOERR {
      throw unsafeRead { $0.shortage(at: path) } ?? error
    }
  }
}

extension Database {
  /// The same while the connection is being made, when no queue has it yet.
  func namingShortage<Value>(at path: String, _ work: () throws -> Value) throws -> Value {
    do {
      return try work()
    } catch let error as DatabaseError where error.resultCode == .SQLITE_IOERR {
      throw shortage(at: path) ?? error
    }
  }

  fileprivate func shortage(at path: String) -> FileError? {
    Self.lastErrors(of: sqliteConnection).map { FileError(code: $0, path: path) }
      .first(where: \.isFull)
  }

  /// The `errno` of the last failure on the log and on the database (SQLite C API,
  /// `sqlite3_file_control`, `SQLITE_FCNTL_LAST_ERRNO`).
  ///
  /// `sqlite3_system_errno()` has nothing of what fails in COMMIT, which is where a log grows, and alone
  /// has that of the log's index.
  private static func lastErrors(of connection: OpaquePointer?) -> [Int32] {
    var log: UnsafeMutablePointer<sqlite3_file>?
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log)
    var ofLog: Int32 = 0
    _ = log?.pointee.pMethods?.pointee.xFileControl?(log, SQLITE_FCNTL_LAST_ERRNO, &ofLog)
    var ofDatabase: Int32 = 0
    sqlite3_file_control(connection, "main", SQLITE_FCNTL_LAST_ERRNO, &ofDatabase)
    return [ofLog, ofDatabase, sqlite3_system_errno(connection)]
  }
}
