import Foundation
import TerminalEmulator
import Testing

extension Home {
  /// `F_SETLEASE` of Linux, which Glibc's module does not pass on.
  private static let setLease: Int32 = 1024

  /// Writes a script that a program can run at once, and returns its path.
  ///
  /// The kernel does not run a file that someone has open for writing (execve(2), ETXTBSY), and a
  /// child that another test starts at this moment has, until it runs a program of its own. A lease
  /// for reading is granted when nobody has any more (fcntl(2), F_SETLEASE).
  @discardableResult
  func write(executable script: String, to name: String) throws -> String {
    let path = try write(Array(script.utf8), to: name)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    var tries = 10_000
    while fcntl(descriptor, Self.setLease, F_RDLCK) != 0, errno == EAGAIN, tries > 0 {
      usleep(1_000)
      tries -= 1
    }
    _ = fcntl(descriptor, Self.setLease, F_UNLCK)
    try #require(tries > 0)
    return path
  }
}
