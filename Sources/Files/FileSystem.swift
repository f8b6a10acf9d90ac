#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The system's folders and names.
package enum FileSystem {
  /// What is known of a file beside its contents.
  package struct Status: Hashable, Sendable {
    package var byteCount: Int
    /// What the file is on its file system, whatever its name.
    package var inode: UInt64
    /// Nanoseconds after ``modified`` of the last change of the contents.
    package var modifiedNanoseconds: Int
    /// Seconds since 1970 of the last change of the contents, or of ``touch(_:)``.
    package var modified: Int
    package var isFolder: Bool
    /// Whether it is an ordinary file, and no folder, pipe or device.
    package var isFile: Bool
    /// Whether it is the device that is always empty, `/dev/null`.
    package var isNull: Bool
    /// The user whose it is.
    package var owner: UInt32
    /// Who may read, write and run it, as chmod(1) takes them.
    package var permissions: UInt32
  }

  /// The status of what is at `path`, or nil where nothing is.
  package static func status(of path: String) throws(FileError) -> Status? {
    var status = stat()
    do {
      try system(path) { stat(path, &status) }
    } catch  where error.isMissing {
      return nil
    }
    return Status(status)
  }

  /// Makes `path` a folder that only its owner may look into (0700), whatever the umask says.
  ///
  /// Missing folders above it are made too, as the XDG base directory specification asks.
  package static func makePrivateFolder(_ path: String) throws(FileError) {
    var made = mkdir(path, 0o700) == 0 ? 0 : errno
    if made == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      try makeFolders(String(path[..<slash]))
      made = mkdir(path, 0o700) == 0 ? 0 : errno
    }
    guard made == 0 || made == EEXIST else { throw FileError(code: made, path: path) }
    var status = stat()
    try system(path) { stat(path, &status) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw FileError(code: ENOTDIR, path: path) }
    if status.st_mode & 0o777 != 0o700 { try system(path) { chmod(path, 0o700) } }
  }

  /// Makes a folder for whom the umask allows; answers false where something has the name already.
  @discardableResult
  package static func makeFolder(_ path: String) throws(FileError) -> Bool {
    if mkdir(path, 0o777) == 0 { return true }
    guard errno == EEXIST else { throw FileError(code: errno, path: path) }
    return false
  }

  private static func makeFolders(_ path: String) throws(FileError) {
    if mkdir(path, 0o700) == 0 || errno == EEXIST { return }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw FileError(code: errno, path: path)
    }
    try makeFolders(String(path[..<slash]))
    // Another task or program may have made it meanwhile.
    if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileError(code: errno, path: path) }
  }

  /// Gives a file another name in one step, in the place of what had that name.
  package static func rename(_ path: String, to newPath: String) throws(FileError) {
    #if canImport(Glibc)
      try system(path) { Glibc.rename(path, newPath) }
    #elseif canImport(Musl)
      try system(path) { Musl.rename(path, newPath) }
    #else
      try system(path) { Darwin.rename(path, newPath) }
    #endif
  }

  /// Gives a file a name that nothing has yet, in one step where the file system knows links.
  ///
  /// - Throws: `EEXIST` where something has it.
  package static func renameNew(_ path: String, to newPath: String) throws(FileError) {
    do {
      try system(newPath) { link(path, newPath) }
      try remove(path)
    } catch  where error.isForbidden || error.isUnsupported || error.code == EMLINK {
      var status = stat()
      if lstat(newPath, &status) == 0 { throw FileError(code: EEXIST, path: newPath) }
      try rename(path, to: newPath)
    }
  }

  /// Removes a file; one that is not there is no error.
  package static func remove(_ path: String) throws(FileError) {
    do {
      try system(path) { unlink(path) }
    } catch  where error.isMissing {}
  }

  /// Removes a folder that is empty; another stays, and that is no error.
  package static func removeFolderIfEmpty(_ path: String) throws(FileError) {
    do {
      try system(path) { rmdir(path) }
    } catch  where error.isMissing || error.code == ENOTEMPTY || error.code == EEXIST {}
  }

  /// Sets the time of the last change to now.
  package static func touch(_ path: String) throws(FileError) {
    try system(path) { utimes(path, nil) }
  }

  /// Sets the time of the last change, in seconds since 1970.
  package static func setModified(_ path: String, to seconds: Int) throws(FileError) {
    let times = [timeval(tv_sec: seconds, tv_usec: 0), timeval(tv_sec: seconds, tv_usec: 0)]
    try system(path) { utimes(path, times) }
  }

  /// Makes sure that its owner may read and write a file, and nobody else (0600).
  ///
  /// One that is not there, or is another user's, is left as it is.
  package static func allowOwner(_ path: String) throws(FileError) {
    do {
      try system(path) { chmod(path, 0o600) }
    } catch  where error.isMissing || error.isForbidden {}
  }

  /// The names in a folder, without `.` and `..`, in no order.
  package static func names(in folder: String) throws(FileError) -> [String] {
    guard let stream = opendir(folder) else { throw FileError(code: errno, path: folder) }
    defer { closedir(stream) }
    var names: [String] = []
    while true {
      // The only way to tell an error from the end (readdir(3)).
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) {
        String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    guard errno == 0 else { throw FileError(code: errno, path: folder) }
    return names
  }

  /// The absolute path without links, `.` and `..`, of what is at `path` (realpath(3)).
  package static func realPath(of path: String) throws(FileError) -> String {
    guard let real = realpath(path, nil) else { throw FileError(code: errno, path: path) }
    defer { free(real) }
    return String(cString: real)
  }

  /// Waits on the calling thread.
  package static func pause(milliseconds: UInt32) {
    usleep(milliseconds * 1000)
  }
}

extension FileSystem.Status {
  init(_ status: stat) {
    byteCount = Int(status.st_size)
    inode = UInt64(status.st_ino)
    #if canImport(Darwin)
      modified = Int(status.st_mtimespec.tv_sec)
      modifiedNanoseconds = Int(status.st_mtimespec.tv_nsec)
    #else
      modified = Int(status.st_mtim.tv_sec)
      modifiedNanoseconds = Int(status.st_mtim.tv_nsec)
    #endif
    isFolder = status.st_mode & S_IFMT == S_IFDIR
    isFile = status.st_mode & S_IFMT == S_IFREG
    var null = stat()
    isNull =
      status.st_mode & S_IFMT == S_IFCHR && Self.lookUp("/dev/null", &null) == 0
      && status.st_rdev == null.st_rdev
    owner = status.st_uid
    permissions = UInt32(status.st_mode & 0o777)
  }

  // The type's own initialiser hides the name of the call.
  private static func lookUp(_ path: String, _ status: UnsafeMutablePointer<stat>) -> Int32 {
    stat(path, status)
  }
}
