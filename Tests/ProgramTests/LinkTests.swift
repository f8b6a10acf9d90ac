import Foundation
import TerminalEmulator
import Testing

/// Links that a click in the terminal follows.
@Suite(.seated) struct LinkTests {
  /// A home with a conversation whose last reply has a link.
  private func home() throws -> Home {
    let home = try Home()
    let messages = """
      [{"role": "user", "content": "Where?"},
       {"role": "assistant", "content": "See the [guide](https://example.com/guide)."}]
      """
    let file = try home.write(Array(messages.utf8), to: "messages.json")
    #expect(try home.run("import", file).status == 0)
    return home
  }

  /// How often the program has written that a click leads to the guide.
  private func count(_ program: TerminalProgram) -> Int {
    let text = String(decoding: program.terminal.output, as: UTF8.self)
    let sequence = /\u{1B}\]8;id=\d+;https:\/\/example\.com\/guide\u{1B}\\/
    return text.matches(of: sequence).count
  }

  @Test func `A terminal that is known to follow links gets them`() throws {
    let program = try home().chat("--continue")
    try program.waits(for: "guide (https://example.com/guide)", within: .slow)
    try program.terminal.waits(until: "the program asks for the name", within: .slow) { _ in
      program.terminal.output.firstRange(of: Array("\u{1B}[>q".utf8)) != nil
    }
    #expect(count(program) == 0)
    program.terminal.send(Array("\u{1B}P>|kitty(0.35.2)\u{1B}\\".utf8))
    try program.terminal.waits(until: "text and address are links", within: .slow) { _ in
      count(program) == 2
    }
    #expect(!program.terminal.screen.contains("kitty"))
  }

  @Test func `The configuration has the last word`() throws {
    let home = try home()
    try home.write(Array("hyperlinks: on\n".utf8), to: "iris.yaml")
    let program = try home.chat("--config", "iris.yaml", "--continue")
    program.terminal.send(Array("\u{1B}P>|xterm(379)\u{1B}\\".utf8))
    try program.terminal.waits(until: "text and address are links", within: .slow) { _ in
      count(program) == 2
    }
  }
}
