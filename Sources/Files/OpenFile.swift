#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file or folder that is open; it is closed when the value ends, and not inherited by children.
package struct OpenFile: ~Copyable {
  /// What the file is opened for.
  package enum Purpose: Sendable {
    case reading
    /// For reading, without waiting for the writer of a pipe.
    case readingAtOnce
    /// For writing, made where it is missing.
    case writing
    /// For writing, and it must not be there yet.
    case creating
    /// For adding at the end, made where it is missing; an ordinary file alone, or `/dev/null`.
    case appending
  }

  /// Who may look into a new file.
  package enum Access: Sendable {
    /// The user alone (0600), whatever the umask says.
    case owner
    /// Whom the umask allows (0666 less the umask).
    case umask
  }

  package let path: String
  private let descriptor: Int32

  package init(
    _ path: String, for purpose: Purpose = .reading, access: Access = .owner
  ) throws(FileError) {
    let flags =
      switch purpose {
      case .reading: O_RDONLY
      case .readingAtOnce: O_RDONLY | O_NONBLOCK
      case .writing: O_RDWR | O_CREAT
      case .creating: O_RDWR | O_CREAT | O_EXCL
      // A pipe would be waited for until somebody reads it.
      case .appending: O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK
      }
    let mode: mode_t = access == .owner ? 0o600 : 0o666
    let descriptor: Int32
    do throws(FileError) {
      descriptor = try system(path) { open(path, flags | O_CLOEXEC | O_NOCTTY, mode) }
    } catch {
      // A pipe that nobody reads, or a socket (open(2)).
      throw error.code == ENXIO ? FileError(code: FileError.notOrdinary, path: path) : error
    }
    if purpose == .appending {
      let status = try Self.status(of: descriptor, path)
      guard status.isFile || status.isNull else {
        close(descriptor)
        throw FileError(code: FileError.notOrdinary, path: path)
      }
    }
    // The umask may have taken too much; an older file may be open to others. Where the mode
    // cannot be changed (a foreign owner, a file system without modes), it stays.
    if flags & O_CREAT != 0, access == .owner { fchmod(descriptor, mode) }
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Does `body` with the descriptor, which is for libraries that read by one.
  func withDescriptor<Value>(_ body: (Int32) -> Value) -> Value { body(descriptor) }

  func status() throws(FileError) -> FileSystem.Status { try Self.status(of: descriptor, path) }

  private static func status(
    of descriptor: Int32, _ path: String
  ) throws(FileError) -> FileSystem.Status {
    var status = stat()
    try system(path) { fstat(descriptor, &status) }
    return FileSystem.Status(status)
  }

  /// Reads into `buffer` from `offset`; answers how many bytes came, 0 at the end.
  package func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError)
    -> Int
  {
    try system(path) { pread(descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
  }

  /// The `count` bytes from `offset` on; fewer only at the end.
  package func bytes(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let descriptor = descriptor
    var filled = 0
    while filled < count {
      let start = filled
      let read = try system(path) {
        bytes.withUnsafeMutableBytes { buffer in
          pread(
            descriptor, buffer.baseAddress.map { $0 + start }, count - start,
            off_t(offset + start))
        }
      }
      if read == 0 { break }
      filled += read
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// The next bytes, as pipes give them too; at most `count`, none at the end.
  func readNext(_ count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let read = try system(path) { systemRead(descriptor, &bytes, count) }
    bytes.removeLast(count - read)
    return bytes
  }

  /// Writes `buffer` at `offset`; answers how many bytes went.
  package func write(_ buffer: UnsafeRawBufferPointer, at offset: Int) throws(FileError) -> Int {
    try system(path) { pwrite(descriptor, buffer.baseAddress, buffer.count, off_t(offset)) }
  }

  /// Writes all of `bytes` by one `write(2)`, as a file opened for ``Purpose/appending`` takes them
  /// whole between those of other programs.
  ///
  /// - Throws: `ENOSPC` where not all of them went.
  package func append(_ bytes: [UInt8]) throws(FileError) {
    let count = try system(path) { systemWrite(descriptor, bytes, bytes.count) }
    if count < bytes.count { throw FileError(code: ENOSPC, path: path) }
  }

  /// Cuts the file off behind so many bytes.
  package func truncate(to count: Int) throws(FileError) {
    try system(path) { ftruncate(descriptor, off_t(count)) }
  }

  /// Waits until the contents are on the disk.
  package func synchronise() throws(FileError) {
    try system(path) { fsync(descriptor) }
  }

  /// Takes a lock on the file (`flock(2)`) at once, or fails with ``FileError/isLocked``.
  ///
  /// A lock that is held already changes its kind. It ends with the value, also when the program
  /// is killed.
  package func lock(exclusively: Bool) throws(FileError) {
    try system(path) { flock(descriptor, (exclusively ? LOCK_EX : LOCK_SH) | LOCK_NB) }
  }

  /// Takes the lock as ``lock(exclusively:)`` does, after waiting for other programs up to `patience`.
  package func lock(exclusively: Bool, patience: Duration) throws(FileError) {
    let deadline = ContinuousClock.now + patience
    while true {
      do {
        return try lock(exclusively: exclusively)
      } catch  where error.isLocked && ContinuousClock.now < deadline {
        FileSystem.pause(milliseconds: 5)
      }
    }
  }

  /// Gives up the lock.
  package func unlock() {
    flock(descriptor, LOCK_UN)
  }
}

// Its name is hidden where a type has a method of the same name.
private func systemWrite(_ file: Int32, _ source: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, source, count)
}

private func systemRead(_ file: Int32, _ target: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, target, count)
}
