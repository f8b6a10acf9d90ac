import Foundation
import TerminalEmulator
import Testing

/// However the screen ends, the terminal is as it was, and the last line says how to come back.
@Suite(.seated) struct TerminalRestorationTests {
  private static let advice = "comes back with: iris --continue"

  @Test(arguments: [
    SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2,
    SIGALRM, SIGXCPU,
  ])
  func `A fatal signal gives the terminal back, also in mid-reply`(number: Int32) async throws {
    try await withServer(pace: .milliseconds(2)) { (home, _) async throws in
      let job = try ShellJob(
        Home.program, ["-m", "demo"], environment: home.environment, directory: home.path)
      try job.shell.waits(for: "user ▸", within: .slow)
      job.shell.enter("count 100000")
      try job.shell.waits(for: " 20 ", within: .slow)
      try home.waits(untilStored: " 5 ", " 12 ")
      kill(try job.child(), number)
      #expect(try job.waitsForEnd() == 128 + Int(number))
      #expect(job.terminal.lineSettings == job.before)
      let emulator = job.terminal.emulator
      #expect(!emulator.isAlternateScreen && !emulator.reportsMouse && !emulator.hasBracketedPaste)
      #expect(emulator.isCursorVisible)
      #expect(job.shell.screen.contains(Self.advice))
    }
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func `A signal to end gives the terminal back after all is stored`(number: Int32) async throws {
    try await withServer { (home, _) async throws in
      let job = try ShellJob(
        Home.program, ["-m", "demo"], environment: home.environment, directory: home.path)
      try job.shell.waits(for: "user ▸", within: .slow)
      kill(try job.child(), number)
      #expect(try job.waitsForEnd() == 128 + Int(number))
      #expect(job.terminal.lineSettings == job.before)
      #expect(!job.terminal.emulator.isAlternateScreen)
    }
  }

  @Test func `Leaving gives the line's settings back`() throws {
    let home = try Home()
    let job = try ShellJob(Home.program, environment: home.environment, directory: home.path)
    try job.shell.waits(for: "user ▸", within: .slow)
    job.shell.enter("/quit")
    #expect(try job.waitsForEnd() == 0)
    #expect(job.terminal.lineSettings == job.before)
  }

  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux")),
    arguments: [SIGSEGV, SIGUSR1, SIGTERM])
  func `Inside tmux as well`(number: Int32) throws {
    let home = try Home()
    let script = """
      stty erase ^H -ixon; echo $$ >pid; before=$(stty -g); "\(Home.program)"
      [ "$before" = "$(stty -g)" ] && echo "settings: same"
      tmux display-message -p 'alternate #{alternate_on} mouse #{mouse_any_flag} cursor #{cursor_flag}'
      read end
      """
    try home.write(Array(script.utf8), to: "script")
    let tmux = try TerminalProgram(
      "/usr/bin/tmux", ["-S", home.path + "/tmux", "-f", "/dev/null", "new-session", "sh script"],
      environment: home.environment, directory: home.path)
    try tmux.waits(for: "user ▸", within: .slow)
    let shell = try #require(Int32(home.text(of: "pid").trimmingCharacters(in: .newlines)))
    kill(try ShellJob.child(of: shell), number)
    try tmux.waits(for: "alternate 0 mouse 0 cursor 1", within: .slow)
    #expect(tmux.screen.contains("settings: same"))
    tmux.type("\r")
    _ = try tmux.waitsForExit()
  }
}
