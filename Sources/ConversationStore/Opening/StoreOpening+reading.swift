import Files
import GRDB

extension StoreOpening {
  /// The database of a folder, or of a file, that cannot be written, or that a newer version wrote.
  ///
  /// SQLite reads a database in WAL mode only beside its log, which it makes where it is missing:
  /// where that cannot be, a file that has no log is read as one that nobody changes (SQLite WAL
  /// §5, URI filenames §3.2).
  func openForReading() throws -> DatabaseQueue {
    guard try FileSystem.status(of: path)?.byteCount ?? 0 > 0 else {
      throw FileError(code: 2, path: path)
    }
    var source = try FileSource(path)
    let header = DatabaseHeader(try source.read(upTo: DatabaseHeader.byteCount))
    if let mistake = header.mistake(fileByteCount: nil) { throw damaged(mistake, "header") }
    let log = try FileSystem.status(of: path + "-wal")?.byteCount ?? 0
    // Nobody has it open, nor left anything behind: SQLite need not make a log beside it.
    if log == 0, try FileSystem.status(of: path + "-shm") == nil {
      return try read("file:\(Self.escaped(path))?immutable=1")
    }
    do {
      return try read(path)
    } catch let error as DatabaseError {
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
    try checkSchema(database)
    if try database.read({ try Schema.isReadable($0) }) { return database }
    if try !isCurrent(database) { return try upgradedInMemory(database) }
    throw StoreError.newer(path: path)
  }

  /// A copy of an older database in memory, of this version's schema; its file stays as it is.
  private func upgradedInMemory(_ database: DatabaseQueue) throws -> DatabaseQueue {
    let copy = try DatabaseQueue()
    try database.backup(to: copy)
    database.retire()
    try Schema.migrator.migrate(copy)
    return copy
  }

  /// A path as SQLite takes it in a URI (SQLite URI filenames §2).
  static func escaped(_ path: String) -> String {
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
