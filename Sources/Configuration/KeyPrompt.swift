import Glibc
import Language
package import Secrets

/// Asks for a key on a terminal, without showing what is typed.
package struct KeyPrompt {
  /// The terminal; the caller keeps it open.
  private let terminal: Int32

  package init(terminal: Int32) {
    self.terminal = terminal
  }

  /// Asks `question` and waits for a line; nil when the user gives none (Enter, Ctrl-C, Ctrl-D), when
  /// this is no terminal, or when the question cannot be shown on it.
  ///
  /// Ctrl-C comes as a key, so that the terminal is always given back as it was.
  ///
  /// - Throws: `malformedKey`.
  package func ask(_ question: String) throws(ConfigurationError) -> Secret? {
    var original = termios()
    guard tcgetattr(terminal, &original) == 0 else { return nil }
    var silent = original
    silent.c_lflag &= ~tcflag_t(ECHO | ICANON | ISIG)
    guard set(&silent) else { return nil }
    defer { _ = set(&original) }
    guard show(question) else { return nil }
    // Only the cursor's place depends on it.
    defer { _ = show("\n") }
    guard let line = readLine(), let text = firstLine(line) else { return nil }
    return try Secret(key: text, from: say("the terminal"))
  }

  /// Sets the line's settings once all is out that was written; a signal that comes meanwhile must
  /// not leave the terminal without its echo.
  private func set(_ settings: inout termios) -> Bool {
    var result = tcsetattr(terminal, TCSAFLUSH, &settings)
    while result != 0, errno == EINTR { result = tcsetattr(terminal, TCSAFLUSH, &settings) }
    return result == 0
  }

  /// Writes all of `text`; whether the terminal took it.
  private func show(_ text: String) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(terminal, $0.baseAddress, $0.count) }
      guard count > 0 || (count < 0 && errno == EINTR) else { return false }
      rest = rest.dropFirst(max(0, count))
    }
    return true
  }

  /// The bytes up to Enter; nil after Ctrl-C, Ctrl-D or a hangup.
  private func readLine() -> [UInt8]? {
    var line: [UInt8] = []
    while let byte = readByte() {
      switch byte {
      case 0x0A, 0x0D: return line
      case 0x03, 0x04: return nil
      case 0x08, 0x7F: line = line.dropLast()
      case 0x15: line = []
      default: line.append(byte)
      }
    }
    return nil
  }

  private func readByte() -> UInt8? {
    var byte: UInt8 = 0
    var count = read(terminal, &byte, 1)
    while count < 0, errno == EINTR { count = read(terminal, &byte, 1) }
    return count == 1 ? byte : nil
  }
}
