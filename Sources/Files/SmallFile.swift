#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is read whole, and of which only so much is ever read.
package struct SmallFile: ~Copyable {
  /// What is known of the very file whose bytes are read.
  package let status: FileSystem.Status
  private let file: OpenFile

  /// Opens the file, without waiting for anybody: a pipe without a writer is open, too.
  package init(_ path: String) throws(FileError) {
    let file = try OpenFile(path, for: Self.isInherited(path) ? .reading : .readingAtOnce)
    status = try file.status()
    self.file = file
  }

  /// Whether the path names a descriptor that the shell opened for us, as `<(command)` does: who
  /// writes to that pipe is at work.
  private static func isInherited(_ path: String) -> Bool {
    path.hasPrefix("/dev/fd/") || path.hasPrefix("/proc/self/fd/") || path == "/dev/stdin"
  }

  /// All that there is.
  ///
  /// - Throws: `EFBIG` where that is more than `most` bytes.
  package func bytes(atMost most: Int) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = try file.readNext(16_384)
      if chunk.isEmpty { return bytes }
      bytes += chunk
      guard bytes.count <= most else { throw FileError(code: EFBIG, path: file.path) }
    }
  }

  /// All that there is in the file at `path`, at most so many bytes.
  ///
  /// What is no ordinary file could be endless, or make us wait for ever: it is refused at once, but
  /// for `/dev/null`, which stands for an empty file, and a pipe that the shell opened for us.
  ///
  /// - Throws: `notOrdinary`, and `EFBIG` where there is more.
  package static func bytes(of path: String, atMost most: Int) throws(FileError) -> [UInt8] {
    let file = try SmallFile(path)
    guard file.status.isFile || file.status.isFolder || file.status.isNull || isInherited(path)
    else { throw FileError(code: FileError.notOrdinary, path: path) }
    guard file.status.byteCount <= most else { throw FileError(code: EFBIG, path: path) }
    return try file.bytes(atMost: most)
  }
}
