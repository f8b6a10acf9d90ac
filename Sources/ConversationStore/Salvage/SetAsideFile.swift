import Conversation
import Files
import FoundationEssentials

/// A damaged database that was set aside: `iris.sqlite-damaged-2026-11-29T221320Z`, with its log.
///
/// A mark beside it, `…-unfinished`, says that what it holds is not saved yet. The mark is made
/// before the first file is renamed, and removed when all is saved, so that a program that is
/// killed in between leaves the next one to go on. A mark without its file stands for a database
/// that was gone: its copy alone is what there is to save.
package struct SetAsideFile: Hashable, Sendable {
  package let path: String

  package init(path: String) {
    self.path = path
  }

  private static let infix = "-damaged-"
  private static let markSuffix = "-unfinished"

  private var mark: String { path + Self.markSuffix }

  /// Whether it is not yet saved whole.
  func isUnfinished() throws(FileError) -> Bool { try FileSystem.status(of: mark) != nil }

  private func isTaken() throws(FileError) -> Bool {
    if try FileSystem.status(of: path) != nil { return true }
    return try isUnfinished()
  }

  /// Takes note that all it holds is saved.
  func finish() throws(FileError) {
    try FileSystem.remove(mark)
    try WholeFile.synchroniseFolder(of: mark)
  }

  /// Renames the database at `database` and its log; answers its new place.
  static func setAside(_ database: String, now: Timestamp) throws(FileError) -> SetAsideFile {
    let date = Date(timeIntervalSince1970: Double(now.milliseconds) / 1000)
    let style = Date.ISO8601FormatStyle(dateSeparator: .dash, timeSeparator: .omitted)
    var aside = SetAsideFile(path: database + infix + date.formatted(style))
    while try aside.isTaken() {
      aside = SetAsideFile(path: aside.path + "x")
    }
    _ = try OpenFile(aside.mark, for: .writing)
    try WholeFile.synchroniseFolder(of: aside.mark)
    try aside.move(database)
    return aside
  }

  /// The database first: while it is in place, nothing has happened yet.
  private func move(_ database: String) throws(FileError) {
    for suffix in ["", "-wal"] {
      let byteCount = try FileSystem.status(of: database + suffix)?.byteCount
      if suffix == "", byteCount == nil { continue }
      if suffix == "-wal", byteCount ?? 0 == 0 {
        try FileSystem.remove(database + suffix)
      } else {
        try FileSystem.rename(database + suffix, to: path + suffix)
      }
    }
    // The log's index, which SQLite makes anew.
    try FileSystem.remove(database + "-shm")
    try WholeFile.synchroniseFolder(of: path)
  }

  /// Moves the log of a database whose program was killed between the two.
  static func finishMoves(of database: String) throws(FileError) {
    guard try FileSystem.status(of: database) == nil,
      try FileSystem.status(of: database + "-wal") != nil,
      let last = try unfinished(beside: database).last,
      try FileSystem.status(of: last.path) != nil,
      try FileSystem.status(of: last.path + "-wal") == nil
    else { return }
    try last.move(database)
  }

  /// All that were set aside of the database at `path`, oldest first.
  static func all(beside database: String) throws(FileError) -> [SetAsideFile] {
    try names(beside: database).filter { name in
      !["-wal", "-shm", "-recovered", markSuffix].contains { name.hasSuffix($0) }
    }.map(SetAsideFile.init(path:))
  }

  /// Those that are not saved whole, oldest first.
  static func unfinished(beside database: String) throws(FileError) -> [SetAsideFile] {
    try names(beside: database).filter { $0.hasSuffix(markSuffix) }.map {
      SetAsideFile(path: String($0.dropLast(markSuffix.count)))
    }
  }

  private static func names(beside database: String) throws(FileError) -> [String] {
    guard let slash = database.lastIndex(of: "/") else { return [] }
    let folder = String(database[..<slash])
    guard try FileSystem.status(of: folder) != nil else { return [] }
    let prefix = database[database.index(after: slash)...] + infix
    return try FileSystem.names(in: folder).filter { $0.hasPrefix(prefix) }.sorted()
      .map { folder + "/" + $0 }
  }
}
