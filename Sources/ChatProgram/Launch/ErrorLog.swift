import Files

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard error in a file while the screen is up: what a library prints there would otherwise
/// stand in the middle of the frame.
struct ErrorLog {
  private let original: Int32

  /// Sends standard error to `folder/log`; where that cannot be written, to nowhere.
  init(folder: String) {
    original = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)
    try? FileSystem.makePrivateFolder(folder)
    let flags = O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC
    let file = open(folder + "/log", flags, 0o600)
    let target = file >= 0 ? file : open("/dev/null", O_WRONLY | O_CLOEXEC)
    guard target >= 0 else { return }
    dup2(target, STDERR_FILENO)
    close(target)
  }

  /// Gives standard error back.
  func end() {
    guard original >= 0 else { return }
    dup2(original, STDERR_FILENO)
    close(original)
  }
}
