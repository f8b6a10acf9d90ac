#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// What tells whether an open file is still what it was.
struct FileStamp: Equatable {
  var byteCount: Int
  private var modifiedSeconds: Int
  private var modifiedNanoseconds: Int

  /// Reads the stamp of an open file.
  ///
  /// - Throws: `.notReadable` where the descriptor is not a regular file, or fstat(2) fails.
  init(descriptor: Int32) throws(PictureError) {
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .notReadable(.failure(errno: errno)) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .notReadable(.folder)
    default: throw .notReadable(.special)
    }
    #if canImport(Glibc)
      let modified = status.st_mtim
    #else
      let modified = status.st_mtimespec
    #endif
    byteCount = Int(status.st_size)
    modifiedSeconds = modified.tv_sec
    modifiedNanoseconds = modified.tv_nsec
  }
}
