import ExecutableFiles
import Foundation
import TerminalEmulator

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

  /// Writes a script that a program can run at once, and returns its path.
  @discardableResult
  func write(executable script: String, to name: String) throws -> String {
    let path = path + "/" + name
    try ExecutableFile.write(script, at: path)
    return path
  }
}
