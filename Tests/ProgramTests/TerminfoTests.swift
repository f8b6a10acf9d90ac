import Foundation
import TerminalEmulator
import Testing

/// The program itself on the terminals that people have, by their entries in terminfo.
///
/// The emulator is an xterm: what the other terminals would make of strings that only xterms know is
/// looked for in the bytes themselves.
@Suite(.seated) struct TerminfoTests {
  private static let sizes = [(80, 24), (40, 10), (300, 100)]

  /// What the screen shows at each size, as the entry that all others are compared with draws it.
  private static let colourful = Result { try TerminfoTests().screens("xterm-256color") }
  private static let colourless = Result {
    try TerminfoTests().screens("xterm-256color", ["NO_COLOR": "1"])
  }

  @Test(arguments: [
    "linux", "screen", "screen-256color", "tmux-256color", "xterm", "xterm-kitty", "foot", "vt100",
    "vt220", "xterm-direct",
  ])
  func `A conversation looks the same at every size`(_ entry: String) throws {
    let isColourless = entry.hasPrefix("vt")
    let expected = try (isColourless ? Self.colourless : Self.colourful).get()
    #expect(expected.allSatisfy { $0.contains("Please count to 3") && $0.contains("user ▸") })
    #expect(try screens(entry) == expected)
  }

  @Test(arguments: ["linux", "vt100", "vt220"])
  func `A terminal that would print control strings gets none`(_ entry: String) throws {
    let program = try chat(entry)
    program.enter("/copy 1")
    try program.waits(for: "There is no clipboard here.", within: .slow)
    #expect(try program.quits() == .status(0))
    let bytes = String(decoding: program.terminal.output, as: UTF8.self)
      // The console's own, by which curses gives its palette back.
      .replacingOccurrences(of: "\u{1B}]R", with: "")
    for introducer in ["\u{1B}]", "\u{1B}P", "\u{1B}_"] { #expect(!bytes.contains(introducer)) }
  }

  private func chat(
    _ entry: String, _ environment: [String: String] = [:]
  ) throws -> TerminalProgram {
    var home = try Home()
    home.environment.merge(environment) { $1 }
    home.environment["TERM"] = entry
    let program: TerminalProgram
    do {
      program = try home.chat("-m", "demo")
    } catch {
      guard try home.run("--version").status == 0, try !home.knows(entry) else { throw error }
      try Test.cancel("no \(entry) in terminfo here: `make test` installs it on Debian")
    }
    program.enter("Please count to 3")
    try program.waits(until: "the reply has come", within: .slow) {
      $0.text.contains(" tok ") && !$0.text.contains("Esc stops")
    }
    return program
  }

  private func screens(
    _ entry: String, _ environment: [String: String] = [:]
  ) throws -> [String] {
    let program = try chat(entry, environment)
    var typed = ""
    let screens = try Self.sizes.map { columns, rows in
      program.resize(columns: columns, rows: rows)
      // What is typed after a change of size is shown in the new one.
      typed += "x"
      program.type("x")
      try program.waits(for: "user ▸ \(typed)", within: .slow)
      return program.screen
    }
    program.press(.control("c"))
    try program.waits(untilGone: typed)
    #expect(try program.quits() == .status(0))
    let emulator = program.terminal.emulator
    #expect(!emulator.isAlternateScreen && emulator.isCursorVisible)
    #expect(!emulator.hasBracketedPaste && !emulator.reportsMouse)
    return screens
  }
}

extension Home {
  /// Whether terminfo has an entry.
  fileprivate func knows(_ entry: String) throws -> Bool {
    try shell("infocmp \(entry)").status == 0
  }
}
