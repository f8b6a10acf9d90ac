#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file, or a pipe, that is read whole, and of which only so much is ever read.
package struct SmallFile: ~Copyable {
  /// What is known of the very file whose bytes are read.
  package let status: FileSystem.Status
  private let file: OpenFile

  /// Opens the file; where it is a pipe, `waits` says whether to wait for its writer.
  package init(_ path: String, waits: Bool = true) throws(FileError) {
    let file = try OpenFile(path, for: waits ? .reading : .readingAtOnce)
    status = try file.status()
    self.file = file
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
  package static func bytes(of path: String, atMost most: Int) throws(FileError) -> [UInt8] {
    let file = try SmallFile(path)
    return try file.bytes(atMost: most)
  }
}
