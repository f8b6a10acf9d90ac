import Foundation
import TerminalEmulator
import Testing

/// `/view` on terminals with and without pixels.
@Suite(.seated) struct ViewTests {
  /// The program with a picture that waits, on a terminal that answers so.
  private func chat(
    _ home: Home, _ graphics: TerminalGraphics?, _ change: (inout Home) -> Void = { _ in }
  ) throws -> TerminalProgram {
    var home = home
    change(&home)
    try home.write(Samples.png(600, 400), to: "桥.png")
    let program = try home.chat("-m", "demo")
    program.terminal.graphics = graphics
    program.enter("/attach 桥.png low")
    try program.waits(for: "桥.png 600×400 low", within: .slow)
    return program
  }

  private func count(_ text: String, in program: TerminalProgram) -> Int {
    String(decoding: program.terminal.output, as: UTF8.self).components(separatedBy: text).count - 1
  }

  @Test func `kitty's protocol is used where the terminal has it, and leaves nothing behind`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let program = try chat(home, .kitty)
      let before = program.screen
      program.enter("/view")
      try program.waits(for: "The model sees", within: .slow)
      try program.waits(until: "the pixels are there", within: .slow) { _ in
        count("\u{1B}_Ga=T,f=100", in: program) == 1
      }
      #expect(program.screen.contains("桥.png, the original: PNG 600×400"))
      #expect(program.screen.contains("PNG 512×341"))
      // Nothing but the caption is made of characters.
      #expect(program.screen.split(separator: "\n").count <= 3)
      program.press(.escape)
      try program.waits(for: "user ▸", within: .slow)
      try program.waits(until: "the pixels are gone", within: .slow) { _ in
        count("\u{1B}_Ga=d,d=I", in: program) == 1
      }
      #expect(program.screen.firstLines(6) == before.firstLines(6))
      #expect(program.terminal.emulator.isCursorVisible)
      #expect(try program.quits() == .status(0))
      #expect(!program.terminal.emulator.isAlternateScreen)
      #expect(!program.terminal.emulator.hasBracketedPaste)
    }
  }

  @Test func `Sixels are drawn in the pixels of the picture, and erased`() async throws {
    try await withServer { (home, _) async throws in
      let program = try chat(home, .sixel)
      let before = program.screen
      program.enter("/view")
      try program.waits(until: "the pixels are there", within: .slow) { _ in
        count("\"1;1;512;3", in: program) == 1
      }
      try program.waits(for: "The model sees", within: .slow)
      let erased = count("\u{1B}[2J", in: program)
      program.type("x")
      try program.waits(for: "user ▸", within: .slow)
      try program.waits(until: "the screen is erased", within: .slow) { _ in
        count("\u{1B}[2J", in: program) > erased
      }
      #expect(program.screen.firstLines(6) == before.firstLines(6))
      // The key that closed it is not typed.
      #expect(!program.screen.contains("user ▸ x"))
    }
  }

  @Test func `A silent terminal gets cells`() async throws {
    try await withServer { (home, _) async throws in
      let program = try chat(home, nil)
      program.enter("/view")
      try program.waits(for: "The model sees", within: .slow)
      try program.waits(until: "the picture is drawn", within: .slow) {
        $0.cell(row: 10, column: 40).background != nil || $0.cell(row: 10, column: 40).text != " "
      }
      #expect(count("\u{1B}_Ga=T", in: program) == 0)
      program.resize(columns: 60, rows: 16)
      try program.waits(until: "the picture is drawn anew", within: .slow) {
        $0.cell(row: 6, column: 30).background != nil || $0.cell(row: 6, column: 30).text != " "
      }
      program.press(.enter)
      try program.waits(for: "user ▸", within: .slow)
    }
  }

  @Test func `A terminal that places pictures gets them among the text, and keeps none`()
    async throws
  {
    try await withServer { (home, _) async throws in
      let program = try chat(home, .kitty)
      #expect(count("a=q", in: program) == 0)
      program.terminal.send(Array("\u{1B}P>|kitty(0.35.2)\u{1B}\\".utf8))
      try program.waits(until: "the picture that waits is placed", within: .slow) { _ in
        count("\u{1B}_Ga=p,", in: program) == 1
      }
      #expect(count("a=q", in: program) == 1)
      #expect(count("\u{1B}_Ga=t,f=100", in: program) == 1)
      program.enter("What is it?")
      try program.waits(for: "What was sent", within: .slow)
      try program.waits(until: "the picture that was sent is placed", within: .slow) { _ in
        count("\u{1B}_Ga=t,f=100", in: program) == 2
      }
      #expect(try program.quits() == .status(0))
      #expect(count("\u{1B}_Ga=d,d=I", in: program) == 2)
    }
  }

  @Test func `Inside tmux nothing is asked, and cells are drawn`() async throws {
    try await withServer { (home, _) async throws in
      let program = try chat(home, .kitty) {
        $0.environment["TMUX"] = $0.path + "/tmux,1,0"
        $0.environment["TERM"] = "tmux-256color"
      }
      program.enter("/view")
      try program.waits(for: "The model sees", within: .slow)
      #expect(count("a=q", in: program) == 0)
      #expect(count("\u{1B}_G", in: program) == 0)
    }
  }
}

extension String {
  fileprivate func firstLines(_ count: Int) -> [Substring] {
    Array(split(separator: "\n", omittingEmptySubsequences: false).prefix(count))
  }
}
