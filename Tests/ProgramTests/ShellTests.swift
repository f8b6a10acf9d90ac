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
}
