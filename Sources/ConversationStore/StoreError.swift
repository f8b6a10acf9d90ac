package import Conversation
import Files
import GRDB

/// What the store could not do.
package enum StoreError: Error, Hashable, Sendable {
  /// The disk, or the share of it that the store may use, is full.
  case full(Cause)
  case readOnly(Cause)
  /// The database was moved or removed while it was open: what was written last went with it.
  case gone(path: String)
  /// Another program held the database for longer than the store waits.
  case locked(Cause)
  /// The database is no database, or its pages do not fit together.
  case damaged(Cause)
  /// Anything else that SQLite or the system reported.
  case failed(Cause)
  /// The database has a schema that this version does not know; it was not touched.
  case newer(path: String)
  /// The database has an older schema, which cannot be changed while another program has it open.
  case olderInUse(path: String)
  /// No conversation has that name.
  case notFound(String)
  /// No conversation is stored at all.
  case empty
  case nameTaken(String)
  /// The message to change is not in the store.
  case unknownMessage(MessageID)
  /// Another conversation or message has that identifier.
  case duplicate(Int64)
  /// The database is of a program that Iris knows nothing of.
  case foreign(path: String)
  /// The file of a picture is not there, or is not as long as it was.
  case pictureDamaged(path: String, isMissing: Bool)

  /// What SQLite or the system said, for people who look deeper.
  package struct Cause: Hashable, Sendable {
    /// The file concerned; not sanitised.
    package var path: String
    /// SQLite's extended result code (sqlite.org/rescode.html), or an `errno` where `sql` is nil
    /// and the failure is the system's.
    package var code: Int32
    package var message: String
    package var sql: String?

    package init(path: String, code: Int32, message: String, sql: String? = nil) {
      self.path = path
      self.code = code
      self.message = message
      self.sql = sql
    }
  }
}

extension StoreError {
  /// What `error`, thrown while working on the file at `path`, means for the store.
  init(_ error: any Error, at path: String) {
    switch error {
    case let error as StoreError: self = error
    case let error as DatabaseError: self = Self.reading(error, at: path)
    case let error as FileError: self = Self.reading(error)
    default: self = .failed(Cause(path: path, code: 0, message: String(describing: error)))
    }
  }

  /// What `error`, thrown by the store's own database, means for it.
  ///
  /// The store's statements are fixed: where SQLite finds no such column, or a record too large to
  /// be one, the database is not what it was.
  init(ofStore error: any Error, at path: String) {
    switch error {
    case DatabaseError.SQLITE_TOOBIG: self = .damaged(Self.cause(error, at: path))
    case let error as DatabaseError
    where error.resultCode == .SQLITE_ERROR && Self.isOfSchema(error.message ?? ""):
      self = .damaged(Self.cause(error, at: path))
    default: self.init(error, at: path)
    }
  }

  private static func isOfSchema(_ message: String) -> Bool {
    ["no such table", "no such column", "no such index", "malformed", "has no column"].contains {
      message.contains($0)
    }
  }

  private static func cause(_ error: any Error, at path: String) -> Cause {
    let error = error as? DatabaseError
    return Cause(
      path: path, code: error?.extendedResultCode.rawValue ?? 0, message: error?.message ?? "",
      sql: error?.sql)
  }

  private static func reading(_ error: DatabaseError, at path: String) -> StoreError {
    let cause = cause(error, at: path)
    // The index of the log cannot grow, which SQLite does not call a full disk.
    if error.extendedResultCode == .SQLITE_IOERR_SHMSIZE { return .full(cause) }
    return switch error.resultCode {
    case .SQLITE_FULL: .full(cause)
    case .SQLITE_READONLY: .readOnly(cause)
    case .SQLITE_BUSY, .SQLITE_LOCKED: .locked(cause)
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: .damaged(cause)
    default: .failed(cause)
    }
  }

  private static func reading(_ error: FileError) -> StoreError {
    let cause = Cause(path: error.path, code: error.code, message: error.reason)
    if error.isFull { return .full(cause) }
    if error.isForbidden { return .readOnly(cause) }
    return error.isLocked ? .locked(cause) : .failed(cause)
  }
}
