import Files
import Processes

/// The command line program of SQLite, whose `.recover` reads damaged databases (sqlite.org/cli.html
/// §11), where it is installed.
///
/// Debian 12 builds it without the table that `.recover` reads, so that it fails there on every
/// database (docs/decisions/0076): what it cannot do the next source does.
enum RecoveryProgram {
  /// How long it may take: a gigabyte takes about a minute.
  private static let timeLimit = Duration.seconds(600)

  /// Writes what it recovers of the database at `path` into a new one at `target`; tells whether it
  /// wrote one.
  ///
  /// The damaged file is opened for reading alone, and the user's `~/.sqliterc` is not read.
  static func recover(
    _ path: String, into target: String, environment: [String: String]
  ) -> Bool {
    let command = """
      command -v sqlite3 >/dev/null || exit 127
      sqlite3 -batch -init /dev/null -readonly "$1" '.recover --ignore-freelist' |
      sqlite3 -batch -init /dev/null "$2"
      """
    var program = ChildProgram(
      arguments: ["/bin/sh", "-c", command, "sh", path, target], environment: environment,
      input: [], output: .nowhere)
    program.timeLimit = timeLimit
    _ = program.run()
    return (try? FileSystem.status(of: target))??.byteCount ?? 0 > 0
  }
}
