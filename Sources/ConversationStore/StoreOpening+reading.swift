import Files
import GRDB

extension StoreOpening {
  /// The database of a folder, or of a file, that cannot be written.
  ///
  /// SQLite reads a database in WAL mode only beside its log, which it makes where it is missing:
  /// where that cannot be, a file that has no log is read as one that nobody changes (SQLite WAL
  /// §5, URI filenames §3.2).
  func openForReading() throws -> DatabaseQueue {
    guard try FileSystem.status(of: path)?.byteCount ?? 0 > 0 else {
      throw FileError(code: 2, path: path)
    }
    do {
      return try read(path)
    } catch let error as DatabaseError {
      let log = try FileSystem.status(of: path + "-wal")?.byteCount ?? 0
      let isLogMissing =
        error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_IOERR
      guard isLogMissing, log == 0 else { throw error }
      return try read("file:\(Self.escaped(path))?immutable=1")
    }
  }

  private func read(_ name: String) throws -> DatabaseQueue {
    var configuration = self.configuration
    configuration.readonly = true
    let database = try DatabaseQueue(path: name, configuration: configuration)
    guard try isCurrent(database) else {
      throw DatabaseError(resultCode: .SQLITE_READONLY, message: "older schema")
    }
    return database
  }

  /// A path as SQLite takes it in a URI (SQLite URI filenames §2).
  private static func escaped(_ path: String) -> String {
    path.reduce(into: "") { text, letter in
      switch letter {
      case "%": text += "%25"
      case "?": text += "%3f"
      case "#": text += "%23"
      default: text.append(letter)
      }
    }
  }
}
