import Terminal
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Everything that touches curses or readline, which a process has only once: one test at a time.
@Suite(.serialized) struct TerminalSuite {}

extension Composer {
  /// A composer with an empty history that no init file of the reader's has touched.
  static func fresh(initFile: String? = nil) throws -> Composer {
    setenv("INPUTRC", "/dev/null", 1)
    let composer = try Composer(initFile: initFile)
    composer.setHistory([])
    return composer
  }

  /// Types each character as a key of its own.
  @discardableResult func type(_ text: String) -> [ComposerEvent] {
    text.unicodeScalars.flatMap { press(Array(String($0).utf8)) }
  }

  /// Presses one key, given as the terminal sends it.
  @discardableResult func press(_ sequence: String) -> [ComposerEvent] {
    press(Array(sequence.utf8))
  }
}

extension String {
  static let up = "\u{1B}[A"
  static let down = "\u{1B}[B"
}
