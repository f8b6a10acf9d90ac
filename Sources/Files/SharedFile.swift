/// A small file that several programs change, such as a list of what was learned.
///
/// Each change reads the file and writes it anew, whole, while it holds a lock (`flock(2)`), so that no
/// program undoes what another has written meanwhile. The lock is on the folder, since the file
/// itself is a new one after every change. Where the file system knows no locks, none is held.
package enum SharedFile {
  /// How long a change waits for another program's.
  private static let patience = Duration.seconds(2)

  /// Replaces the contents of the file at `path` by what `change` makes of them; nil leaves the file.
  ///
  /// `change` gets no bytes where there is no file. The folder is made where it is missing (0700).
  ///
  /// - Throws: `EFBIG` where the file has more than `most` bytes; ``FileError/isLocked`` where another
  ///   program holds the lock for more than two seconds.
  package static func update(
    _ path: String, atMost most: Int, _ change: ([UInt8]) -> [UInt8]?
  ) throws(FileError) {
    let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    try FileSystem.makePrivateFolder(folder)
    let lock = try OpenFile(folder)
    do {
      try lock.lock(exclusively: true, patience: patience)
    } catch  where error.isUnsupported {}
    defer { lock.unlock() }
    guard let bytes = change(try contents(of: path, atMost: most)) else { return }
    try WholeFile.write(to: path, access: .owner) { sink throws(FileError) in
      try sink.write(bytes)
    }
  }

  private static func contents(of path: String, atMost most: Int) throws(FileError) -> [UInt8] {
    do {
      return try SmallFile.bytes(of: path, atMost: most)
    } catch  where error.isMissing {
      return []
    }
  }
}
