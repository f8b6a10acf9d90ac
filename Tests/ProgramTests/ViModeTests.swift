import Foundation
import TerminalEmulator
import Testing

/// What the screen promises of Esc, in readline's vi mode as in Emacs mode.
@Suite(.seated) struct ViModeTests {
  private static func home(_ home: Home, isVi: Bool) throws -> Home {
    var home = home
    let mode = isVi ? "vi" : "emacs"
    home.environment["INPUTRC"] = try home.write(
      Array("set editing-mode \(mode)\n".utf8), to: "inputrc")
    return home
  }

  @Test(arguments: [true, false])
  func `Esc stops a reply`(isVi: Bool) async throws {
    try await withServer(pace: .milliseconds(5)) { (home, _) async throws in
      let program = try Self.home(home, isVi: isVi).chat("-m", "demo")
      program.enter("count 100000")
      try program.waits(for: " 20 ", within: .slow)
      program.press(.escape)
      if isVi {
        try program.waits(for: "(cmd)")
        program.press(.escape)
      }
      try program.waits(for: "stopped", within: .slow)
    }
  }

  @Test(arguments: [true, false], ["/help", "/models", "/delete walk", "?"])
  func `Esc closes a page, a list and a question at once`(isVi: Bool, line: String) throws {
    let program = try Self.home(Home(), isVi: isVi).chat("-m", "demo")
    if isVi { try program.waits(for: "(ins) user ▸") }
    line == "?" ? program.type(line) : program.enter(line)
    try program.waits(untilGone: "user ▸")
    program.press(.escape)
    try program.waits(for: "user ▸")
  }

  @Test func `A pipe in the place of readline's settings is told, and not waited for`() throws {
    var home = try Home()
    home.environment["INPUTRC"] = home.path + "/inputrc"
    try #require(mkfifo(home.path + "/inputrc", 0o600) == 0)
    let program = try home.chat("-m", "demo", columns: 200)
    try program.waits(for: "is a pipe: its settings are left out.", within: .slow)
    program.type("abc")
    try program.waits(for: "user ▸ abc")
  }

  @Test func `A list that is opened in command mode takes letters`() throws {
    let program = try Self.home(Home(), isVi: true).chat("-m", "demo")
    program.press(.escape)
    try program.waits(for: "(cmd)")
    program.terminal.send([0x18, UInt8(ascii: "v")])
    try program.waits(for: "nothing to select")
  }

  @Test func `Home and Ctrl-A, Ctrl-E and Ctrl-K work in one line of several`() throws {
    let program = try Self.home(Home(), isVi: false).chat("-m", "demo")
    program.type("one")
    program.press(.altEnter)
    program.type("two")
    program.press(.control("a"))
    program.type("x")
    try program.waits(for: "xtwo")
    program.press(.up)
    program.press(.control("e"))
    program.type("!")
    try program.waits(for: "one!")
    program.press(.control("a"))
    program.press(.control("k"))
    try program.waits(untilGone: "one!")
    #expect(program.screen.contains("xtwo"))
  }

  @Test func `A pasted text of many lines tells the line and the count`() throws {
    let program = try Self.home(Home(), isVi: false).chat("-m", "demo")
    try program.waits(until: "pastes are marked") { $0.hasBracketedPaste }
    program.paste((1...1_500).map { "row \($0)" }.joined(separator: "\n"))
    try program.waits(for: "line 1500 of 1500")
  }
}
