#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// What the system refused to do with a file.
package struct FileError: Error, Hashable, Sendable {
  /// The `errno` of the call that failed.
  package var code: Int32
  /// The file or folder that it failed on; not sanitised.
  package var path: String

  package init(code: Int32, path: String) {
    self.code = code
    self.path = path
  }

  /// The code for what is there and is no ordinary file: a pipe nobody writes to, a device.
  package static let notOrdinary: Int32 = -1

  /// What a file may not be put in the place of: a folder, a pipe, a device.
  package static func noFile(_ path: String, isFolder: Bool) -> FileError {
    FileError(code: isFolder ? EISDIR : notOrdinary, path: path)
  }

  /// Something is at `path` where something new was to be.
  package static func taken(_ path: String) -> FileError { FileError(code: EEXIST, path: path) }

  /// There is more at `path` than is read.
  package static func tooLarge(_ path: String) -> FileError { FileError(code: EFBIG, path: path) }

  /// A regular file was wanted, and this is a pipe, a device or a socket.
  package var isSpecial: Bool { code == Self.notOrdinary }
  package var isMissing: Bool { code == ENOENT || code == ENOTDIR }
  package var isFull: Bool { shortage != nil }
  package var isForbidden: Bool { code == EACCES || code == EPERM || code == EROFS }
  /// A file is larger than the system, or the reader, takes.
  package var isTooLarge: Bool { code == EFBIG }
  /// The new name of a file is on another file system.
  package var isOfOtherFileSystem: Bool { code == EXDEV }
  /// There is something where something new was to be.
  package var isTaken: Bool { code == EEXIST }
  /// Another program holds the lock that was asked for.
  package var isLocked: Bool { code == EWOULDBLOCK }

  /// The file system does not know what was asked for.
  package var isUnsupported: Bool {
    code == ENOTSUP || code == ENOSYS || code == ENOLCK || code == EINVAL
  }

  /// The system's own words for the error.
  package var reason: String { Self.reason(of: code) }

  /// The system's words for an `errno`, ours for ``notOrdinary``.
  package static func reason(of code: Int32) -> String {
    code == notOrdinary ? "Not an ordinary file" : String(cString: strerror(code))
  }
}

extension FileError {
  /// What there is too little of where something cannot be written.
  package enum Shortage: Sendable {
    case disk
    /// The user's share of the disk (quotactl(2)).
    case quota
    /// The size that a file may have for this process (`ulimit -f`, getrlimit(2)), or for the file system.
    case fileSize

    /// Nil for an `errno` that speaks of something else.
    package init?(code: Int32) {
      switch code {
      case ENOSPC: self = .disk
      case EDQUOT: self = .quota
      case EFBIG: self = .fileSize
      default: return nil
      }
    }
  }

  /// Nil where the failure is another one.
  package var shortage: Shortage? { Shortage(code: code) }
}

/// Does a system call, again where a signal interrupted it; a negative result is an error.
@discardableResult
func system<Result: BinaryInteger>(_ path: String, _ call: () -> Result) throws(FileError) -> Result
{
  while true {
    let result = call()
    if result >= 0 { return result }
    if errno != EINTR { throw FileError(code: errno, path: path) }
  }
}
