import Foundation
import TerminalEmulator
import Testing

/// The terminal is given back as it was, however the program leaves it.
@Suite(.seated) struct LeavingTests {
  @Test func `On the way out it says how to come back`() throws {
    let program = try Home().chat()
    try program.asks("Hello")
    #expect(try program.quits() == .status(0))
    #expect(program.screen.contains("iris --continue"))
    #expect(program.terminal.isGivenBack)
  }

  @Test(arguments: zip([SIGTERM, SIGHUP, SIGINT], [Int32(143), 129, 130]))
  func `A signal ends it, and the terminal is as before`(signal: Int32, status: Int32) throws {
    let program = try Home().chat()
    program.enter("count 100000")
    try program.waits(until: "text comes", within: .slow) { $0.lastCounted != nil }
    program.signal(signal)
    let exit = try program.waitsForExit(within: .slow)
    #expect(exit == .status(status))
    #expect(program.terminal.isGivenBack)
  }

  /// A Swift program's threads of Dispatch block nearly all signals, and what they start inherits that.
  @Test(
    .enabled(
      if: FileManager.default.fileExists(atPath: "/proc/self"),
      "env(1) can block signals in the GNU system only"),
    arguments: zip([SIGTERM, SIGHUP, SIGUSR1], [Int32(143), 129, 138]))
  func `A signal ends it though whoever started it had blocked that`(
    signal: Int32, status: Int32
  ) throws {
    let home = try Home()
    let job = try ShellJob(
      "/usr/bin/env", ["--block-signal", Home.program], environment: home.environment,
      directory: home.path)
    try job.shell.waits(for: "user ▸", within: .slow)
    kill(try job.child(), signal)
    #expect(try job.waitsForEnd() == Int(status))
    #expect(job.terminal.lineSettings == job.before)
  }

  @Test func `Ctrl-C twice leaves, Ctrl-C once clears the line`() throws {
    let program = try Home().chat()
    program.type("some words")
    try program.waits(for: "some words")
    program.press(.control("c"))
    try program.waits(untilGone: "some words")
    program.press(.control("c"))
    try program.waits(for: "Ctrl-C again quits.")
    program.press(.control("c"))
    #expect(try program.waitsForExit() == .status(0))
  }

  @Test func `Ctrl-D on an empty line leaves`() throws {
    let program = try Home().chat()
    program.press(.control("d"))
    #expect(try program.waitsForExit() == .status(0))
    #expect(program.terminal.isGivenBack)
  }

  @Test func `Ctrl-Z gives the terminal to the shell, and fg goes on`() throws {
    let home = try Home()
    let environment = home.environment.merging(["PS1": "shell> ", "IRIS": Home.program]) { $1 }
    let shell = try TerminalProgram(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: environment, directory: home.path)
    try shell.waits(for: "shell>")
    shell.enter("$IRIS")
    try shell.waits(for: "user ▸", within: .slow)
    shell.type("half a word")
    try shell.waits(for: "user ▸ half a word")
    shell.press(.control("z"))
    try shell.waits(until: "the shell is back") {
      !$0.isAlternateScreen && $0.text.contains("Stopped") && $0.awaitsCommand
    }
    #expect(shell.terminal.emulator.isCursorVisible)
    #expect(!shell.terminal.emulator.reportsMouse)
    shell.enter("fg")
    try shell.waits(until: "the program is back", within: .slow) {
      $0.isAlternateScreen && $0.text.contains("user ▸ half a word")
    }
    shell.type("!")
    try shell.waits(for: "half a word!")
  }
}

extension TerminalEmulator {
  /// Whether the shell waits for a line: what is typed before, readline may throw away with the old
  /// settings of the terminal.
  var awaitsCommand: Bool {
    text.split(separator: "\n").last?.hasPrefix("shell>") == true
  }
}

extension PseudoTerminal {
  fileprivate var isGivenBack: Bool {
    !emulator.isAlternateScreen && emulator.isCursorVisible && !emulator.hasBracketedPaste
      && !emulator.reportsMouse
  }
}
