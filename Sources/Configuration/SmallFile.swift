import Glibc

/// A file that is open for reading, of which only so much is ever read; closed with the value.
struct SmallFile: ~Copyable {
  let path: String
  private let descriptor: Int32

  /// Opens the file; where it is a pipe, `waits` says whether to wait for its writer.
  ///
  /// - Throws: `unreadable`.
  init(_ path: String, waits: Bool) throws(ConfigurationError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | (waits ? 0 : O_NONBLOCK))
    guard descriptor >= 0 else { throw .unreadable(path: path, code: errno) }
    self.path = path
  }

  deinit { close(descriptor) }

  func status() throws(ConfigurationError) -> stat {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .unreadable(path: path, code: errno) }
    return status
  }

  /// The file's bytes.
  ///
  /// - Throws: `tooLarge` when there are more than `most`, `unreadable`.
  func read(atMost most: Int) throws(ConfigurationError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .unreadable(path: path, code: errno) }
      if count == 0 { return bytes }
      bytes += buffer.prefix(count)
      guard bytes.count <= most else { throw .tooLarge(path: path) }
    }
  }
}
