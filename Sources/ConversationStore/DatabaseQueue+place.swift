import GRDB
import GRDBSQLite

extension DatabaseQueue {
  /// Whether the file that is open is no longer the one at its path: it was moved, or removed (SQLite C API,
  /// `sqlite3_file_control`, `SQLITE_FCNTL_HAS_MOVED`).
  ///
  /// In WAL mode SQLite itself writes on into such a file, and only looks before it folds the log into it.
  var hasMoved: Bool {
    unsafeRead { database in
      var hasMoved: Int32 = 0
      let code = sqlite3_file_control(
        database.sqliteConnection, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
      return code == SQLITE_OK && hasMoved != 0
    }
  }
}
