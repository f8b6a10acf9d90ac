import Files
import GRDB

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension VectorIndex {
  /// Reads every page of the file of the indexes, and changes nothing; a file that is not there is sound.
  ///
  /// A file that nobody may write here is sound, too, where SQLite cannot read it for that alone.
  package static func check(path: String) throws(VectorError) {
    do {
      guard let status = try FileSystem.status(of: path) else { return }
      guard status.isFile else { throw FileError.noFile(path, isFolder: status.isFolder) }
      var configuration = GRDB.Configuration()
      configuration.readonly = true
      configuration.busyMode = .timeout(10)
      let database = try DatabaseQueue(path: path, configuration: configuration)
      let fault = try database.read { database in
        // An empty file is a database without tables, which SQLite finds no fault with.
        _ = try Int.fetchOne(database, sql: "SELECT count(*) FROM collection")
        return try String.fetchOne(database, sql: "PRAGMA integrity_check(1)") ?? ""
      }
      if fault != "ok" { throw VectorError.damaged(path: path, reason: fault) }
    } catch DatabaseError.SQLITE_CANTOPEN where access(path.folder, W_OK) != 0 {
      return
    } catch let error as DatabaseError where error.resultCode == .SQLITE_ERROR {
      throw VectorError.damaged(path: path, reason: error.message ?? "")
    } catch {
      throw failure(error, path)
    }
  }
}

extension String {
  /// The folder of the file at this path.
  fileprivate var folder: String { String(prefix(upTo: lastIndex(of: "/") ?? startIndex)) }
}
