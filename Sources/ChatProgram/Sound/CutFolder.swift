import Files

/// The folder in the cache that holds the pieces of a long recording while they are heard.
///
/// Whoever has the lock of its file uses it: folders of programs that were killed are removed with the next.
final class CutFolder: Sendable {
  private static let prefix = "cut-"
  private static let lockName = "lock"

  let path: String
  private let lock: OpenFile

  /// Makes one, and removes those that nobody uses any more.
  init(in cache: String) throws(FileError) {
    Self.sweep(cache)
    path = "\(cache)/\(Self.prefix)\(UInt64.random(in: 0...UInt64.max))"
    try FileSystem.makePrivateFolder(path)
    lock = try OpenFile(path + "/" + Self.lockName, for: .writing, access: .owner)
    do throws(FileError) { try lock.lock(exclusively: true) } catch {
      // Where the file system knows no locks, nobody finds one free either.
      if !error.isUnsupported { throw error }
    }
  }

  /// Removes it with all that it holds.
  func remove() {
    Self.remove(path)
    lock.unlock()
  }

  /// Removes the folders of programs that ended without doing so.
  static func sweep(_ cache: String) {
    for name in (try? FileSystem.names(in: cache)) ?? [] where name.hasPrefix(prefix) {
      let path = cache + "/" + name
      guard let lock = try? OpenFile(path + "/" + lockName, for: .writing),
        (try? lock.lock(exclusively: true)) != nil
      else { continue }
      remove(path)
      lock.unlock()
    }
  }

  private static func remove(_ folder: String) {
    for name in (try? FileSystem.names(in: folder)) ?? [] {
      try? FileSystem.remove(folder + "/" + name)
    }
    try? FileSystem.removeFolderIfEmpty(folder)
  }
}
