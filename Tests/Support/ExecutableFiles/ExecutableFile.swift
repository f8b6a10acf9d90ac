import Foundation
import Glibc

/// A script that a program can run as soon as it is written.
///
/// The kernel does not run a file that someone has open for writing (execve(2), ETXTBSY), and a child
/// that another test starts at this moment has, until it runs a program of its own.
package enum ExecutableFile {
  /// Why there is none.
  package enum Failure: Error {
    case notWritten(String)
    case keptOpen(String)
  }

  /// `F_SETLEASE` of Linux, which Glibc's module does not pass on.
  private static let setLease: Int32 = 1024

  /// Writes the script, and waits until nobody has it open for writing: a lease for reading is granted
  /// then (fcntl(2), F_SETLEASE).
  ///
  /// - Throws: `Failure`; `keptOpen` after 10 s.
  package static func write(_ script: String, at path: String) throws {
    // No program that is started meanwhile may keep it open.
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o755)
    guard file >= 0, Glibc.write(file, script, script.utf8.count) == script.utf8.count else {
      throw Failure.notWritten(path)
    }
    close(file)
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    defer { close(descriptor) }
    var tries = 10_000
    while fcntl(descriptor, setLease, F_RDLCK) != 0, errno == EAGAIN, tries > 0 {
      usleep(1_000)
      tries -= 1
    }
    _ = fcntl(descriptor, setLease, F_UNLCK)
    guard tries > 0 else { throw Failure.keptOpen(path) }
  }
}
