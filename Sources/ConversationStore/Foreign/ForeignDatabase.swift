import Files
import FoundationEssentials
import GRDB

/// A database of another program, which is read without a trace: no file beside it is made or changed.
enum ForeignDatabase {
  /// Does `body` with the database at `path` as it is at this moment.
  ///
  /// One whose changes go to a log (WAL mode) cannot be opened without an index beside it (SQLite,
  /// "Write-Ahead Logging", "Read-Only Databases"): it is read from a private copy, with its log.
  static func read<Value>(_ path: String, _ body: (Database) throws -> Value) throws -> Value {
    guard try hasLog(path) else { return try open(path, body) }
    return try withCopy(of: path) { try open($0, body) }
  }

  /// Does `body` with the path of a private copy of the database and its log, which is removed with
  /// everything that was made beside it.
  static func withCopy<Value>(of path: String, _ body: (String) throws -> Value) throws -> Value {
    let folder =
      FileManager.default.temporaryDirectory.path + "/iris-" + UUID().uuidString.lowercased()
    try FileSystem.makePrivateFolder(folder)
    let copy = folder + "/copy.db"
    defer {
      for name in (try? FileSystem.names(in: folder)) ?? [] {
        try? FileSystem.remove(folder + "/" + name)
      }
      try? FileSystem.removeFolderIfEmpty(folder)
    }
    // The log first: what is folded from it into the database meanwhile is in both.
    if try FileSystem.status(of: path + "-wal")?.isFile == true {
      try Self.copy(path + "-wal", to: copy + "-wal")
    }
    try Self.copy(path, to: copy)
    return try body(copy)
  }

  private static func open<Value>(
    _ path: String, _ body: (Database) throws -> Value
  ) throws -> Value {
    var configuration = Configuration()
    configuration.readonly = true
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    defer { queue.retire() }
    return try queue.read(body)
  }

  /// Whether the header says that readers use a log (SQLite, "Database File Format", 1.3.3).
  private static func hasLog(_ path: String) throws(FileError) -> Bool {
    var source = try FileSource(path)
    let header = try source.read(upTo: 20)
    return header.count == 20 && header[19] == 2
  }

  private static func copy(_ path: String, to target: String) throws(FileError) {
    try WholeFile.write(to: target, access: .owner) { sink throws(FileError) in
      var source = try FileSource(path)
      while !Task.isCancelled {
        let piece = try source.read(upTo: 1 << 20)
        if piece.isEmpty { return }
        try sink.write(piece)
      }
    }
  }
}
