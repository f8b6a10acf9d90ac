import Foundation
import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension Home {
  /// The same home, whose only programs are `tools`, each a script of the shell.
  func equipped(
    with tools: [String: String], _ variables: [String: String] = [:]
  ) throws -> Home {
    var home = self
    try FileManager.default.createDirectory(
      atPath: path + "/bin", withIntermediateDirectories: true)
    for (name, script) in tools {
      try write(executable: "#!/bin/sh\n\(script)\n", to: "bin/" + name)
    }
    home.environment["PATH"] = path + "/bin"
    home.environment.merge(variables) { $1 }
    return home
  }

  /// `F_SETLEASE` of Linux, which Glibc's module does not pass on.
  private static let setLease: Int32 = 1024

  /// Writes a script that a program can run at once, and returns its path.
  ///
  /// The kernel does not run a file that someone has open for writing (execve(2), ETXTBSY), and a
  /// child that another test starts at this moment has, until it runs a program of its own. A lease
  /// for reading is granted when nobody has any more (fcntl(2), F_SETLEASE).
  @discardableResult
  func write(executable script: String, to name: String) throws -> String {
    let path = path + "/" + name
    // No program that is started meanwhile may keep it open.
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o755)
    try #require(Glibc.write(file, script, script.utf8.count) == script.utf8.count)
    close(file)
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
