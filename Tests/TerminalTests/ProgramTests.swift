import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A whole program on this room, in a process and a terminal of its own.
struct ProgramTests {
  /// The program stands beside the tests.
  static var path: String {
    var buffer = [CChar](repeating: 0, count: 4_096)
    let count = readlink("/proc/self/exe", &buffer, buffer.count)
    let bytes = buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }
    let executable = String(decoding: bytes, as: UTF8.self)
    return executable.split(separator: "/").dropLast().map { "/" + $0 }.joined() + "/TerminalProbe"
  }

  static let environment = [
    "TERM": "xterm-256color", "LANG": "C.UTF-8", "INPUTRC": "/dev/null", "PATH": "/usr/bin:/bin",
  ]

  private func start(_ more: [String: String] = [:]) throws -> TerminalProgram {
    try TerminalProgram(
      Self.path, environment: Self.environment.merging(more) { $1 }, columns: 40, rows: 12)
  }

  @Test func `Typing is edited and accepted`() throws {
    let program = try start()
    try program.waits(for: "40×12 palette")
    program.type("看桥x")
    program.press(.backspace)
    program.press(.altEnter)
    program.type("end")
    try program.waits(for: "> 看桥↵end")
    program.press(.enter)
    try program.waits(for: "line 看桥")
  }

  @Test func `Ctrl-D leaves with the terminal restored`() throws {
    let program = try start()
    try program.waits(for: ">")
    #expect(program.terminal.emulator.isAlternateScreen)
    program.press(.control("d"))
    #expect(try program.waitsForExit() == .status(0))
    let emulator = program.terminal.emulator
    #expect(!emulator.isAlternateScreen && !emulator.reportsMouse && !emulator.hasBracketedPaste)
    #expect(emulator.isCursorVisible)
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `A signal ends it with the terminal restored`(number: Int32) throws {
    let program = try start()
    try program.waits(for: ">")
    program.signal(number)
    #expect(try program.waitsForExit() == .status(0))
    #expect(!program.terminal.emulator.isAlternateScreen)
  }

  @Test func `A resize is drawn in the new size`() throws {
    let program = try start()
    try program.waits(for: "40×12")
    program.resize(columns: 22, rows: 6)
    try program.waits(for: "22×6")
  }

  @Test func `An event of another thread is shown at once`() throws {
    let program = try start()
    try program.waits(for: ">")
    program.type("post\r")
    try program.waits(for: "posted")
  }

  @Test func `An answer, a click and the wheel arrive as what they are`() throws {
    let program = try start()
    try program.waits(for: ">")
    program.type("ask\r")
    try program.waits(for: "answer(")
    program.terminal.click(row: 3, column: 7)
    try program.waits(for: "release 7,3")
    program.terminal.turnWheel(up: true)
    try program.waits(for: "iris-wheel-up")
  }

  @Test func `An editor takes the terminal over and gives it back`() throws {
    let program = try start()
    try program.waits(for: ">")
    program.type("editor\r")
    try program.waits(for: "in the editor")
    #expect(!program.terminal.emulator.isAlternateScreen)
    program.type("\r")
    try program.waits(for: "line editor")
    #expect(program.terminal.emulator.isAlternateScreen)
  }

  @Test func `Ctrl-C in an editor is the editor's`() throws {
    let program = try start()
    try program.waits(for: ">")
    program.type("editor\r")
    try program.waits(for: "in the editor")
    program.press(.control("c"))
    try program.waits(for: "line editor")
    program.type("x")
    try program.waits(for: "> x")
    #expect(!program.screen.contains("signal"))
  }

  @Test func `A suspension without a shell is survived`() throws {
    // The leader of a session cannot be stopped by Ctrl-Z: it takes the screen back at once.
    let program = try start()
    try program.waits(for: ">")
    program.press(.control("z"))
    try program.waits(for: "iris-suspend")
    program.type("x")
    try program.waits(for: "> x")
  }

  @Test func `Ctrl-Z gives the shell its terminal, and fg brings the program back`() throws {
    let program = try TerminalProgram(
      "/bin/bash", ["--norc", "--noprofile", "-i"],
      environment: [
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "INPUTRC": "/dev/null", "PS1": "shell ",
        "PATH": "/usr/bin:/bin",
      ], columns: 60, rows: 12)
    try program.waits(for: "shell")
    program.type("\(Self.path)\r")
    try program.waits(for: "60×12")
    program.type("kept")
    try program.waits(for: "> kept")
    program.press(.control("z"))
    try program.waits(for: "Stopped")
    #expect(!program.terminal.emulator.isAlternateScreen)
    #expect(!program.terminal.emulator.reportsMouse)
    program.type("fg\r")
    try program.waits(for: "> kept")
    try program.waits(until: "the modes are back") { $0.isAlternateScreen && $0.reportsMouse }
    program.press(.control("d"))
  }

  @Test func `The user's own init file rules`() throws {
    let path = try InitFile.write(
      """
      set editing-mode vi
      $if iris
      "\\C-o": iris-page-up
      $endif
      """)
    defer { unlink(path) }
    let program = try start(["INPUTRC": path])
    try program.waits(for: ">")
    program.press(.control("o"))
    try program.waits(for: "iris-page-up")
    program.type("abc")
    program.press(.escape)
    program.type("0x")
    try program.waits(for: "> bc")
  }

  @Test(arguments: [
    (["NO_COLOR": "1"], "none"), (["COLORTERM": "truecolor"], "direct"),
    (["TERM": "xterm"], "eight"), (["LANG": "C"], "palette"),
    (["LC_ALL": "POSIX"], "palette"),
  ])
  func `Colour follows the environment, and UTF-8 is set in any`(
    environment: [String: String], depth: String
  ) throws {
    let program = try start(environment)
    try program.waits(for: "40×12 \(depth)")
    program.type("桥")
    program.press(.backspace)
    program.type("看桥")
    try program.waits(for: "> 看桥")
  }

  @Test func `The terminal's going away ends the program`() throws {
    var program: TerminalProgram? = try start()
    try program?.waits(for: ">")
    let pid = try #require(program?.pid)
    program?.signal(SIGHUP)
    #expect(try program?.waitsForExit() == .status(0))
    program = nil
    #expect(kill(pid, 0) == -1)
  }
}
