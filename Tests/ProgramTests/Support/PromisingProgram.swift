import Foundation
import TerminalEmulator
import Testing

/// The program as a person reads it who does what its sentences say.
///
/// `HouseTests` reads the calls of ``promises(_:press:)``: a sentence that names a key must stand in one,
/// with that key.
final class PromisingProgram {
  /// The question about a tool's call.
  static let callQuestion =
    "y once, c in this conversation, a always, e edits, n no, r no with a reason, Esc stops all"

  let program: TerminalProgram
  let isVi: Bool

  init(_ home: Home, isVi: Bool, _ arguments: String..., columns: Int = 100, rows: Int = 24) throws
  {
    var home = home
    home.environment["INPUTRC"] = try home.write(
      Array("set editing-mode \(isVi ? "vi" : "emacs")\n".utf8), to: "inputrc")
    self.isVi = isVi
    program = try TerminalProgram(
      Home.program, arguments, environment: home.environment, directory: home.path,
      columns: columns, rows: rows)
    try program.waits(for: isVi ? "(ins) user ▸" : "user ▸", within: .slow)
  }

  var emulator: TerminalEmulator { program.terminal.emulator }

  /// Waits until the screen shows a sentence, `%@` standing for anything, and presses the keys by the
  /// names that it has for them.
  func promises(_ sentence: String, press keys: String...) throws {
    let pieces = sentence.components(separatedBy: "%@").map { piece in
      piece.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        .map(NSRegularExpression.escapedPattern).joined(separator: #"\s+"#)
    }
    let pattern = pieces.joined(separator: #"[\s\S]*?"#)
    try program.waits(until: "the screen shows “\(sentence)”", within: .slow) {
      $0.text.range(of: pattern, options: .regularExpression) != nil
    }
    for key in keys { try press(key) }
  }

  func type(_ text: String) throws {
    if isVi, emulator.text.contains("(cmd)") {
      program.type("A")
      try program.waits(for: "(ins)")
    }
    program.type(text)
  }

  func enter(_ line: String) throws {
    try type(line)
    try program.waits(for: "▸ \(line)")
    program.press(.enter)
  }

  /// Waits until the line of the message is back, in the mode of inserting.
  func isBack() throws { try program.waits(for: isVi ? "(ins) user ▸" : "user ▸", within: .slow) }

  /// Presses a key until the screen shows some words; a question takes no key that follows its
  /// appearance, or another key, within 0.8 s, and leaves it to the line.
  func promises(_ sentence: String, answer key: String, until words: String) throws {
    try promises(sentence)
    try answers(with: key, until: words) { $0.text.contains(words) }
  }

  /// Presses a key until what is asked is not asked any more.
  func answers(with key: String, untilGone words: String) throws {
    try answers(with: key, until: "no “\(words)”") { !$0.text.contains(words) }
  }

  private func answers(
    with key: String, until description: String, _ isDone: (TerminalEmulator) -> Bool
  ) throws {
    var last = ContinuousClock.now
    try program.waits(until: description, within: .slow) { screen in
      if isDone(screen) { return true }
      if last.duration(to: .now) > .seconds(1) {
        last = .now
        program.type(key)
      }
      return false
    }
  }

  /// Waits until the reply with these last words is whole.
  func waitsForReply(endingWith words: String) throws {
    try program.waits(for: words, within: .slow)
    try waitsForReply()
  }

  /// Waits until no reply comes any more.
  func waitsForReply() throws { try program.waits(untilGone: "Esc stops", within: .slow) }

  func press(_ name: String) throws {
    switch name {
    // The first Esc goes to command mode where a line is edited.
    case "Esc" where isVi && emulator.text.contains("(ins)"):
      program.press(.escape)
      try program.waits(for: "(cmd)")
      program.press(.escape)
    case _ where name.hasPrefix("Ctrl-X "): program.terminal.send([0x18] + name.utf8.suffix(1))
    default:
      guard let key = Self.keys[name] else { return program.type(name == "Space" ? " " : name) }
      program.press(key)
    }
  }

  private static let keys: [String: Key] = [
    "Esc": .escape, "Enter": .enter, "Tab": .tab, "Up": .up, "Alt-Enter": .altEnter,
    "Ctrl-C": .control("c"), "Ctrl-End": .end.withControl, "Alt-Left": .left.withAlt,
    "Alt-Right": .right.withAlt,
  ]
}
