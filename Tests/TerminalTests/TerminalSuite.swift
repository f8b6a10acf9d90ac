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
  /// A composer with an empty history and these lines as the user's init file.
  ///
  /// A process has readline only once: what an earlier test's lines have changed is taken back.
  static func fresh(initLines: String = "") throws -> Composer {
    setenv("INPUTRC", "/dev/null", 1)
    let path = try InitFile.write(
      "set editing-mode emacs\n\"\\C-o\": operate-and-get-next\n" + initLines)
    defer { unlink(path) }
    let composer = try Composer(bindings: bindings, initFile: path)
    composer.setHistory([])
    return composer
  }

  /// The program's keys, in short.
  private static var bindings: [KeyBinding] {
    let actions = [
      "iris-cancel": ["\\e"], "iris-interrupt": ["\\C-c"], "iris-quit-or-delete": ["\\C-d"],
      "iris-newline": ["\\e\\C-m", "\\C-j"], "iris-edit-in-editor": ["\\C-x\\C-e"],
      "iris-suspend": ["\\C-z"], "iris-accept": ["\\C-m"], "iris-help": ["?", "\\eOP"],
      "iris-up": ["\\e[A", "\\C-p"], "iris-down": ["\\e[B", "\\C-n"],
      "iris-page-up": ["\\e[5~"], "iris-page-down": ["\\e[6~"], "iris-wheel-up": ["\\e[<64M"],
      "iris-home": ["\\e[H"], "iris-transcript-start": ["\\e[1;5H"],
    ]
    return KeyBinding.editing + actions.flatMap { KeyBinding.bindings(named: $0.key, $0.value) }
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
  static let home = "\u{1B}[H"
}

extension ComposerEvent {
  static func action(_ name: String) -> Self { .action(ComposerAction(rawValue: name)) }
}
