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

  struct Answering: CustomTestStringConvertible {
    var testDescription: String
    var entry = "xterm"
    var answers: [(question: String, answer: String)]
    /// What chooses a colour in SGR, behind the digit that says of what.
    var sequence: String
  }

  private static let answering = [
    Answering(
      testDescription: "xterm, by its capabilities",
      answers: [
        ("\u{1B}[>c", "\u{1B}[>41;379;0c"),
        ("\u{1B}P+q436F\u{1B}\\", "\u{1B}P1+r436F=323536\u{1B}\\\u{1B}P0+r\u{1B}\\"),
      ], sequence: "8;5;"),
    Answering(
      testDescription: "xterm as it is set up by itself",
      answers: [
        ("\u{1B}[>q", "\u{1B}P>|XTerm(379)\u{1B}\\"), ("\u{1B}[>c", "\u{1B}[>41;379;0c"),
        ("\u{1B}]4;255;?\u{07}", "\u{1B}]4;255;rgb:eeee/eeee/eeee\u{07}"),
      ], sequence: "8;5;"),
    Answering(
      testDescription: "xterm with direct colours",
      answers: [
        ("\u{1B}[>q", "\u{1B}P>|XTerm(379)\u{1B}\\"),
        ("\u{1B}P+q524742\u{1B}\\", "\u{1B}P1+r524742=382F382F38\u{1B}\\"),
      ], sequence: "8;2;"),
    Answering(
      testDescription: "foot over ssh, by its name", entry: "xterm-256color",
      answers: [("\u{1B}[>q", "\u{1B}P>|foot(1.16.2)\u{1B}\\")], sequence: "8;2;"),
    Answering(
      testDescription: "PuTTY, by its attributes",
      answers: [("\u{1B}[>c", "\u{1B}[>0;136;0c")], sequence: "8;5;"),
  ]

  @Test(arguments: answering)
  func `Colours that the terminal tells of are drawn, and what was typed meanwhile stays`(
    _ row: Answering
  ) async throws {
    try await withServer { (server, _) async throws in
      var home = server
      home.environment["TERM"] = row.entry
      try home.write(Samples.png(32, 32), to: "one.png")
      let program = try home.chat("-m", "demo", "-i", "one.png")
      program.terminal.answers = row.answers
      program.type("Look")
      try program.waits(for: "user ▸ Look", within: .slow)
      try program.waits(until: "pictures have more colours", within: .slow) { _ in
        String(decoding: program.terminal.output, as: UTF8.self).contains(row.sequence)
      }
      program.press(.enter)
      try program.waits(for: "user: Look", within: .slow)
      #expect(try program.quits() == .status(0))
      let emulator = program.terminal.emulator
      #expect(!emulator.isAlternateScreen && emulator.isCursorVisible)
      #expect(!emulator.hasBracketedPaste)
    }
  }

  @Test func `A terminal that answers nothing keeps the colours of its entry`() async throws {
    try await withServer { (server, _) async throws in
      var home = server
      home.environment["TERM"] = "xterm"
      try home.write(Samples.png(32, 32), to: "one.png")
      let program = try home.chat("-m", "demo", "-i", "one.png")
      try program.asks("Look")
      #expect(try program.quits() == .status(0))
      let bytes = String(decoding: program.terminal.output, as: UTF8.self)
      #expect(!bytes.contains("8;5;") && !bytes.contains("8;2;"))
    }
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
