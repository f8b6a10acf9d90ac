import CVTerm

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A terminal that a person uses: type, press, look, wait.
///
/// The emulator sits on one side of a pseudo-terminal, a program on the other. Waiting never sleeps:
/// it ends as soon as the screen is as described, or fails with the screen in the error when the
/// deadline has passed.
package final class PseudoTerminal {
  package let emulator: TerminalEmulator
  /// The path of the program's side.
  package let path: String
  /// Everything that the program wrote.
  package private(set) var output: [UInt8] = []
  /// How the terminal draws pixels, and says so when it is asked.
  package var graphics: TerminalGraphics?
  /// What it answers to questions that the emulator does not know: each is answered once.
  package var answers: [(question: String, answer: String)] = []
  let masterDescriptor: Int32
  private let clock = ContinuousClock()

  package init(columns: Int = 80, rows: Int = 24) throws(TerminalProgramError) {
    emulator = TerminalEmulator(columns: columns, rows: rows)
    var path = [CChar](repeating: 0, count: 128)
    masterDescriptor = cv_pty_open(Int32(columns), Int32(rows), &path, path.count)
    guard masterDescriptor >= 0 else { throw .notStarted(path: "/dev/ptmx", errno: errno) }
    self.path = String(decoding: path.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }

  deinit { close(masterDescriptor) }

  /// What a person sees.
  package var screen: String { emulator.text }
}

// MARK: - Doing

extension PseudoTerminal {
  package func type(_ text: String) { send(Array(text.utf8)) }

  package func press(_ keys: Key...) {
    for key in keys { send(emulator.bytes(for: key)) }
  }

  /// Pastes as the terminal does: bracketed where the program asked for it.
  package func paste(_ text: String) {
    let isBracketed = emulator.hasBracketedPaste
    let (start, end) = isBracketed ? ("\u{1B}[200~", "\u{1B}[201~") : ("", "")
    send(Array((start + text + end).utf8))
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
    _ = cv_pty_resize(masterDescriptor, Int32(columns), Int32(rows))
  }

  /// Sends bytes as they are.
  package func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(masterDescriptor, $0.baseAddress, $0.count) }
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

extension PseudoTerminal {
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
      let left = deadline - clock.now
      guard left > .zero, receive(for: POLLIN, within: left) || condition(emulator) else {
        throw .timedOut(waitingFor: description, screen: screen)
      }
    }
  }

  /// Shows what has arrived, without waiting.
  package func catchUp() {
    while receive(for: POLLIN, within: .zero) {}
  }

  /// Takes what arrives within `time`; false when nothing came or will come.
  func receive(for events: Int32 = POLLIN, within time: Duration) -> Bool {
    var entry = pollfd(fd: masterDescriptor, events: Int16(events), revents: 0)
    let milliseconds = (time / .milliseconds(1)).rounded(.up)
    guard poll(&entry, 1, Int32(max(0, milliseconds))) > 0 else { return false }
    guard Int32(entry.revents) & POLLIN != 0 else { return Int32(entry.revents) & POLLOUT != 0 }
    var buffer = [UInt8](repeating: 0, count: 65_536)
    let count = read(masterDescriptor, &buffer, buffer.count)
    guard count > 0 else { return false }
    output += buffer[..<count]
    emulator.feed(buffer[..<count])
    let answers = emulator.takeOutput()
    let own = graphics.map { $0.answers(to: buffer[..<count], besides: answers) } ?? answers
    if !own.isEmpty { send(own) }
    answerQuestions()
    return true
  }

  /// A question may come in two reads: it is looked for in all that came.
  private func answerQuestions() {
    guard !answers.isEmpty else { return }
    let text = String(decoding: output, as: UTF8.self)
    for answer in answers where text.contains(answer.question) {
      answers.removeAll { $0.question == answer.question }
      send(Array(answer.answer.utf8))
    }
  }
}
