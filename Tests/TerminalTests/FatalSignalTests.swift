import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// However a program on this module ends, the terminal is as it was before it started.
struct FatalSignalTests {
  private func start(_ more: [String: String] = [:], limits: String = "") throws -> ShellJob {
    let job = try ShellJob(
      ProgramTests.path, environment: ProgramTests.environment.merging(more) { $1 },
      limits: limits, columns: 40, rows: 12)
    // The modes are the last that a frame brings.
    try job.shell.waits(until: "the screen is taken") { $0.reportsMouse && $0.isAlternateScreen }
    #expect(job.terminal.lineSettings != job.before)
    return job
  }

  /// The settings, the modes and the title are given back.
  private func expectRestored(_ job: ShellJob) {
    #expect(job.terminal.lineSettings == job.before)
    let emulator = job.terminal.emulator
    #expect(!emulator.isAlternateScreen && !emulator.reportsMouse && !emulator.hasBracketedPaste)
    #expect(emulator.isCursorVisible)
    #expect(job.terminal.output.firstRange(of: Array("\u{1B}[22;0t".utf8)) != nil)
    #expect(job.terminal.output.firstRange(of: Array("\u{1B}[23;0t".utf8)) != nil)
  }

  static let signals = [
    SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2,
    SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ, SIGIO, SIGPWR, SIGSTKFLT, 34, 50, 64,
  ]

  @Test(arguments: signals)
  func `A fatal signal gives the terminal back, and ends the program`(number: Int32) throws {
    let job = try start()
    kill(try job.child(), number)
    #expect(try job.waitsForEnd() == 128 + Int(number))
    expectRestored(job)
    #expect(job.shell.screen.contains("The probe has crashed."))
  }

  @Test(arguments: [SIGTERM, SIGHUP, SIGINT])
  func `A signal that the loop answers gives the terminal back`(number: Int32) throws {
    let job = try start()
    kill(try job.child(), number)
    #expect(try job.waitsForEnd() == 0)
    expectRestored(job)
    #expect(!job.shell.screen.contains("crashed"))
  }

  @Test func `Leaving gives the terminal back`() throws {
    let job = try start()
    job.shell.press(.control("d"))
    #expect(try job.waitsForEnd() == 0)
    expectRestored(job)
  }

  struct Fault: CustomTestStringConvertible, Sendable {
    var command: String
    var signals: [Int32]
    var limits = ""
    var testDescription: String { command }
  }

  @Test(arguments: [
    Fault(command: "crash", signals: [SIGABRT]),
    Fault(command: "trap", signals: [SIGILL, SIGTRAP]),
    Fault(command: "overflow", signals: [SIGSEGV, SIGBUS]),
    Fault(command: "overflow beside", signals: [SIGSEGV, SIGBUS]),
    Fault(command: "memory", signals: [SIGABRT, SIGILL, SIGTRAP, SIGSEGV]),
  ])
  func `A fault gives the terminal back, whatever Swift's backtracer wants`(fault: Fault) throws {
    let job = try start(["SWIFT_BACKTRACE": "enable=yes,interactive=yes,color=no"])
    job.shell.type(fault.command + "\r")
    let status = try job.waitsForEnd()
    #expect(fault.signals.map { 128 + Int($0) }.contains(status))
    expectRestored(job)
    #expect(!job.shell.screen.contains("Backtrace") && !job.shell.screen.contains("Crash"))
  }

  @Test func `A write to a closed pipe is an error for its caller, and ends nothing`() throws {
    let job = try start()
    job.shell.type("broken pipe\r")
    try job.shell.waits(for: "write -1 true")
    job.shell.press(.control("d"))
    #expect(try job.waitsForEnd() == 0)
  }

  @Test func `A signal that was ignored when the program started is still ignored`() throws {
    let job = try start(limits: "trap '' USR1;")
    kill(try job.child(), SIGUSR1)
    job.shell.type("x")
    try job.shell.waits(for: "> x")
    #expect(job.terminal.emulator.isAlternateScreen)
  }

  @Test func `While an editor has the terminal, a fatal signal writes nothing there`() throws {
    let job = try start()
    job.shell.type("editor\r")
    try job.shell.waits(for: "in the editor")
    kill(try job.child(), SIGUSR1)
    // The shell waits for its child alone.
    #expect(try job.waitsForEnd() == 128 + Int(SIGUSR1))
    #expect(job.terminal.lineSettings == job.before)
    #expect(!job.shell.screen.contains("crashed"))
  }

  @Test func `After SIGSTOP, fg takes the terminal back`() throws {
    let program = try TerminalProgram(
      "/bin/bash", ["--norc", "--noprofile", "-i"],
      environment: ProgramTests.environment.merging(["PS1": "shell "]) { $1 }, columns: 60,
      rows: 12)
    try program.waits(for: "shell")
    program.type("\(ProgramTests.path)\r")
    try program.waits(until: "the screen is taken") { $0.reportsMouse }
    let raw = program.terminal.lineSettings
    program.type("stop\r")
    try program.waits(for: "Stopped")
    program.type("fg\r")
    try program.waits(for: "continued")
    program.type("here")
    try program.waits(for: "> here")
    #expect(program.terminal.lineSettings == raw)
    program.press(.control("d"))
  }
}
