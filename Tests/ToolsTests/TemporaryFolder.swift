import ExecutableFiles
import Foundation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A folder of a test's own, which goes with it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "/iris-tools-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, and the folders above it.
  @discardableResult
  func write(_ text: String, to name: String, isProgram: Bool = false) throws -> String {
    let file = path + "/" + name
    let folder = (file as NSString).deletingLastPathComponent
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    guard !isProgram else {
      try ExecutableFile.write(text, at: file)
      return file
    }
    try Data(text.utf8).write(to: URL(filePath: file))
    return file
  }

  /// Waits until nobody has a program open for writing: the kernel does not run it before (execve(2),
  /// ETXTBSY), and a child that another test starts at this moment has, until it runs its own.
  ///
  /// A lease for reading is granted then (fcntl(2), F_SETLEASE, 1024, which Glibc's module does not
  /// pass on).
  private func waitUntilItCanRun(_ file: String) {
    let descriptor = open(file, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let deadline = ContinuousClock.now + .seconds(10)
    while fcntl(descriptor, 1024, F_RDLCK) != 0, errno == EAGAIN, ContinuousClock.now < deadline {
      usleep(1_000)
    }
    _ = fcntl(descriptor, 1024, F_UNLCK)
  }
}
