import CVTerm

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program in a terminal of its own, which a test uses through ``terminal``.
///
/// A program that still runs is killed at the end.
package final class TerminalProgram {
  /// How a program ended.
  package enum Exit: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
  }

  package let terminal: PseudoTerminal
  package let pid: Int32
  private var exit: Exit?
  private let clock = ContinuousClock()

  /// Starts a program as the leader of a session.
  ///
  /// The environment is exactly the one given: name at least `TERM`, and `INPUTRC=/dev/null` to be
  /// safe from the reader's own keys. Standard error shares the terminal, or goes to a file.
  package init(
    _ path: String, _ arguments: [String] = [], environment: [String: String],
    directory: String? = nil, errors: String? = nil, columns: Int = 80, rows: Int = 24
  ) throws(TerminalProgramError) {
    let terminal = try PseudoTerminal(columns: columns, rows: rows)
    var child: Int32 = 0
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let status = withCStrings([path] + arguments) { arguments in
      withCStrings(variables) { variables in
        cv_spawn(path, arguments, variables, directory, terminal.path, errors, &child)
      }
    }
    guard status == 0 else { throw .notStarted(path: path, errno: status) }
    self.terminal = terminal
    pid = child
  }

  deinit {
    guard exit == nil else { return }
    kill(pid, SIGKILL)
    waitpid(pid, nil, 0)
  }

  package func signal(_ number: Int32) { kill(pid, number) }

  /// Waits until the program has ended, and says how.
  package func waitsForExit(
    within time: Duration = .seconds(10)
  ) throws(TerminalProgramError) -> Exit {
    let deadline = clock.now + time
    while clock.now < deadline {
      if let exit = exit ?? takeExit() { return exit }
      // Once the terminal hangs up nothing arrives any more: do not spin until the end is reported.
      if !terminal.receive(within: .milliseconds(20)) { _ = poll(nil, 0, 2) }
    }
    throw .timedOut(waitingFor: "the program ends", screen: terminal.screen)
  }

  private func takeExit() -> Exit? {
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    terminal.catchUp()
    exit = status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
    return exit
  }
}

/// The words of a test, said to the program itself.
extension TerminalProgram {
  package var screen: String { terminal.screen }
  package func type(_ text: String) { terminal.type(text) }
  package func paste(_ text: String) { terminal.paste(text) }
  package func press(_ key: Key) { terminal.press(key) }

  package func resize(columns: Int, rows: Int) { terminal.resize(columns: columns, rows: rows) }

  package func waits(
    for text: String, within time: Duration = .seconds(10)
  ) throws(TerminalProgramError) {
    try terminal.waits(for: text, within: time)
  }

  package func waits(
    untilGone text: String, within time: Duration = .seconds(10)
  ) throws(TerminalProgramError) {
    try terminal.waits(untilGone: text, within: time)
  }

  package func waits(
    until description: String, within time: Duration = .seconds(10),
    _ condition: (TerminalEmulator) -> Bool
  ) throws(TerminalProgramError) {
    try terminal.waits(until: description, within: time, condition)
  }
}

/// Why a program in a terminal could not be used as a test wanted to.
package enum TerminalProgramError: Error, Equatable, CustomStringConvertible {
  case notStarted(path: String, errno: Int32)
  case timedOut(waitingFor: String, screen: String)

  package var description: String {
    switch self {
    case .notStarted(let path, let errno): "\(path) could not be started (errno \(errno))"
    case .timedOut(let expectation, let screen):
      "waited in vain until \(expectation); the screen is:\n\(screen)"
    }
  }
}

/// Lends strings to C as a null-terminated array.
private func withCStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { for copy in copies { free(copy) } }
  return body(copies + [nil])
}
