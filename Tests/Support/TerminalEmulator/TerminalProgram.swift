import CVTerm

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A program in a terminal of its own, used as a person uses it: type, press, look, wait.
///
/// Waiting never sleeps: it ends as soon as the screen is as described, or fails with the screen in
/// the error when the deadline has passed. A program that still runs is killed at the end.
package final class TerminalProgram {
  /// How a program ended.
  package enum Exit: Hashable, Sendable {
    case status(Int32)
    case signal(Int32)
  }

  package let emulator: TerminalEmulator
  package let pid: Int32
  /// Everything that the program wrote.
  package private(set) var output: [UInt8] = []
  private let descriptor: Int32
  private var exit: Exit?
  private let clock = ContinuousClock()

  /// Starts a program.
  ///
  /// The environment is exactly the one given: name at least `TERM`, and `INPUTRC=/dev/null` to be
  /// safe from the reader's own keys. Standard error shares the terminal, or goes to a file.
  package init(
    _ path: String, _ arguments: [String] = [], environment: [String: String],
    directory: String? = nil, errors: String? = nil, columns: Int = 80, rows: Int = 24
  ) throws(TerminalProgramError) {
    emulator = TerminalEmulator(columns: columns, rows: rows)
    var tty = [CChar](repeating: 0, count: 128)
    descriptor = cv_pty_open(Int32(columns), Int32(rows), &tty, tty.count)
    guard descriptor >= 0 else { throw .notStarted(path: path, errno: errno) }
    var child: Int32 = 0
    let variables = environment.map { "\($0.key)=\($0.value)" }
    let status = withCStrings([path] + arguments) { arguments in
      withCStrings(variables) { variables in
        cv_spawn(path, arguments, variables, directory, tty, errors, &child)
      }
    }
    pid = child
    guard status == 0 else {
      close(descriptor)
      throw .notStarted(path: path, errno: status)
    }
  }

  deinit {
    if exit == nil {
      kill(pid, SIGKILL)
      waitpid(pid, nil, 0)
    }
    close(descriptor)
  }

  /// What a person sees.
  package var screen: String { emulator.text }
}

// MARK: - Doing

extension TerminalProgram {
  package func type(_ text: String) { send(Array(text.utf8)) }

  package func press(_ keys: Key...) {
    for key in keys { send(emulator.bytes(for: key)) }
  }

  /// Pastes as the terminal does: bracketed where the program asked for it.
  package func paste(_ text: String) {
    let isBracketed = emulator.hasBracketedPaste
    send(
      Array(((isBracketed ? "\u{1B}[200~" : "") + text + (isBracketed ? "\u{1B}[201~" : "")).utf8))
  }

  /// Clicks with the left button.
  package func click(row: Int, column: Int) {
    send(emulator.bytes(forButton: 1, row: row, column: column))
  }

  package func turnWheel(up: Bool, row: Int = 0, column: Int = 0) {
    send(emulator.bytes(forButton: up ? 4 : 5, row: row, column: column))
  }

  /// Gives the window another size, as a person who drags its corner.
  package func resize(columns: Int, rows: Int) {
    emulator.resize(columns: columns, rows: rows)
    _ = cv_pty_resize(descriptor, Int32(columns), Int32(rows))
  }

  package func signal(_ number: Int32) { kill(pid, number) }

  /// Sends bytes as they are.
  package func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        // The program writes before it reads on: take what it says.
        _ = receive(for: POLLIN | POLLOUT, within: .seconds(10))
      } else if errno != EINTR {
        return
      }
    }
  }
}

// MARK: - Waiting

extension TerminalProgram {
  /// Waits until the screen shows a text.
  package func waits(
    for text: String, within time: Duration = .seconds(10)
  ) throws(TerminalProgramError) {
    try waits(until: "the screen shows “\(text)”", within: time) { $0.text.contains(text) }
  }

  /// Waits until the screen no longer shows a text.
  package func waits(
    untilGone text: String, within time: Duration = .seconds(10)
  ) throws(TerminalProgramError) {
    try waits(until: "the screen no longer shows “\(text)”", within: time) {
      !$0.text.contains(text)
    }
  }

  /// Waits until `condition` holds; `description` says in the error what was waited for.
  package func waits(
    until description: String, within time: Duration = .seconds(10),
    _ condition: (TerminalEmulator) -> Bool
  ) throws(TerminalProgramError) {
    let deadline = clock.now + time
    while !condition(emulator) {
      guard clock.now < deadline, receive(for: POLLIN, within: deadline - clock.now) else {
        if condition(emulator) { return }
        throw .timedOut(waitingFor: description, screen: screen)
      }
    }
  }

  /// Waits until the program has ended, and says how.
  package func waitsForExit(
    within time: Duration = .seconds(10)
  ) throws(TerminalProgramError) -> Exit {
    let deadline = clock.now + time
    while clock.now < deadline {
      if let exit = exit ?? takeExit() { return exit }
      // Once the terminal hangs up nothing arrives any more: do not spin until the end is reported.
      if !receive(for: POLLIN, within: .milliseconds(20)) { _ = poll(nil, 0, 2) }
    }
    throw .timedOut(waitingFor: "the program to end", screen: screen)
  }

  private func takeExit() -> Exit? {
    var status: Int32 = 0
    guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
    while receive(for: POLLIN, within: .zero) {}
    exit = status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
    return exit
  }

  /// Takes what has arrived, waiting at most `time`; false when nothing came or will come.
  private func receive(for events: Int32, within time: Duration) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    let milliseconds = (time / .milliseconds(1)).rounded(.up)
    guard poll(&entry, 1, Int32(max(0, milliseconds))) > 0 else { return false }
    guard Int32(entry.revents) & POLLIN != 0 else { return Int32(entry.revents) & POLLOUT != 0 }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(descriptor, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    emulator.feed(buffer[..<count])
    let answers = emulator.takeOutput()
    if !answers.isEmpty { send(answers) }
    return true
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
