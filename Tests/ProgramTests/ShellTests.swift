import DemoServer
import Foundation
import TerminalEmulator
import Testing

/// What somebody at a shell expects of any program.
@Suite(.seated) struct ShellTests {
  @Test func `A call that other programs have is no question that costs money`() async throws {
    try await withServer { (home, log) async throws in
      let outcome = try home.run("version")
      #expect(outcome.status == 64)
      #expect(outcome.errors.hasPrefix("Error: There is no call version. Did you mean --version?"))
      #expect(try log.sent().isEmpty)
    }
  }

  @Test func `Tab completes files, and the names that this machine knows`() throws {
    let home = try Home()
    let script = try home.run("--generate-completion-script", "bash").output
    try home.write(Array(script.utf8), to: "iris.bash")
    for name in ["trip to Kyoto", "talk"] {
      let made = try home.run("ask", "-m", "demo", "--provider", "demo", "--save", name, "hello")
      try #require(made.status == 0)
    }
    try home.write([], to: "a picture.png")
    for (line, expected) in [
      ("iris show t", "trip to Kyoto"), ("iris export ta", "talk"),
      ("iris ask --load t", "talk"), ("iris ask -i a", "a picture.png"),
      ("iris ask --schema a", "a picture.png"), ("iris models --provider d", "demo"),
      ("iris export talk --format iris.", "iris.json"),
      // Those of the call that need not be named.
      ("iris --mod", "--model"), ("iris --ver", "--version"), ("iris -c --det", "--detail"),
      ("iris --load t", "trip to Kyoto"), ("iris --detail l", "low"), ("iris sh", "show"),
      ("iris -i a", "a picture.png"),
    ] {
      let words = line.split(separator: " ").map { "'\($0)'" }.joined(separator: " ")
      // As bash calls it (bash 5.2 manual, 8.6), with the program where the command's name leads.
      let shell = """
        PATH="$(dirname "$IRIS"):$PATH"; source ./iris.bash 2>/dev/null
        COMP_LINE="\(line)"; COMP_POINT=${#COMP_LINE}; COMP_WORDS=(\(words))
        COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
        _iris iris "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\\n' "${COMPREPLY[@]}"
        """
      let offered = try home.shell(shell).output.split(separator: "\n").map(String.init)
      #expect(offered.contains(expected), "\(line): \(offered)")
    }
  }

  @Test func `Tab at a prompt completes the options of the call that need not be named`() throws {
    let home = try Home()
    let script = try home.run("--generate-completion-script", "bash").output
    try home.write(Array(script.utf8), to: "iris.bash")
    let environment = home.environment.merging(["PS1": "shell> ", "IRIS": Home.program]) { $1 }
    let shell = try TerminalProgram(
      "/bin/bash", ["--norc", "--noprofile", "-i"], environment: environment, directory: home.path)
    try shell.waits(for: "shell>")
    shell.enter("PATH=\"$(dirname $IRIS):$PATH\"; source ./iris.bash; echo ready-$?")
    try shell.waits(for: "ready-0", within: .slow)
    for key in "iris --max\t" { shell.type(String(key)) }
    try shell.waits(for: "iris --max-tokens", within: .slow)
  }

  @Test(arguments: ["zsh", "fish"])
  func `Scripts of other shells go over to the call that need not be named`(shell: String) throws {
    let script = try Home().run("--generate-completion-script", shell).output
    #expect(script.components(separatedBy: "# A call that need not be named.").count == 2)
  }
}
