#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// All that `stty -a` tells of a terminal's line.
package struct LineSettings: Hashable, CustomStringConvertible {
  private let flags: [tcflag_t]
  private let characters: [UInt8]
  private let speeds: [speed_t]

  /// The settings of the terminal behind a descriptor, on either side of it; nil where it has none.
  init?(of descriptor: Int32) {
    var settings = termios()
    guard tcgetattr(descriptor, &settings) == 0 else { return nil }
    flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    characters = withUnsafeBytes(of: settings.c_cc) { Array($0) }
    speeds = [cfgetispeed(&settings), cfgetospeed(&settings)]
  }

  package var description: String {
    let flags = flags.map { String($0, radix: 8) }.joined(separator: " ")
    return "flags \(flags), characters \(characters), speeds \(speeds)"
  }
}

extension PseudoTerminal {
  /// The line's settings now; nil once nothing has the terminal open.
  package var lineSettings: LineSettings? { LineSettings(of: masterDescriptor) }
}

/// A program that a shell started on a terminal, which outlives it.
///
/// The terminal's settings are lost with the leader of its session: a test that looks at them needs
/// one that stays. They differ from the system's own, so that what is not given back is noticed.
package final class ShellJob {
  package let shell: TerminalProgram
  /// The settings before the program was started.
  package let before: LineSettings
  private let path: String
  private static let ready = "ready to start"

  package init(
    _ path: String, _ arguments: [String] = [], environment: [String: String],
    directory: String? = nil, limits: String = "", columns: Int = 80, rows: Int = 24
  ) throws {
    let script = """
      stty erase ^H -ixon iutf8 echoctl kill ^X; \(limits)
      echo \(Self.ready); read go; "$0" "$@"; echo "[ended with $?]"; read end
      """
    self.path = path
    shell = try TerminalProgram(
      "/bin/bash", ["-c", script, path] + arguments, environment: environment,
      directory: directory, columns: columns, rows: rows)
    try shell.waits(for: Self.ready)
    guard let settings = shell.terminal.lineSettings else { throw Failure.noSettings }
    before = settings
    shell.type("\n")
  }

  package enum Failure: Error {
    case noSettings
    case noChild
  }

  package var terminal: PseudoTerminal { shell.terminal }

  /// The program's own identifier.
  package func child() throws -> Int32 { try Self.child(of: shell.pid) }

  /// The first child of a process.
  package static func child(of pid: Int32) throws -> Int32 {
    guard let file = fopen("/proc/\(pid)/task/\(pid)/children", "r") else { throw Failure.noChild }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 64)
    guard fgets(&buffer, Int32(buffer.count), file) != nil else { throw Failure.noChild }
    guard case let number = atoi(buffer), number > 0 else { throw Failure.noChild }
    return number
  }

  /// Waits until the program has ended; its status, as the shell counts it.
  package func waitsForEnd(within time: Duration = .seconds(30)) throws -> Int {
    var status: Int?
    try shell.waits(until: "the program ends", within: time) {
      guard let range = $0.text.firstRange(of: "[ended with ") else { return false }
      status = Int($0.text[range.upperBound...].prefix { $0 != "]" })
      return status != nil
    }
    return status ?? -1
  }
}
