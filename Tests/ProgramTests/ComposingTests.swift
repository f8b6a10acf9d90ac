import DemoServer
import TerminalEmulator
import Testing

/// Typing, sending, and watching a reply come.
@Suite(.seated) struct ComposingTests {
  @Test func `The first screen says that this is the demo`() throws {
    let program = try Home().chat()
    try program.waits(for: "This is the demo")
    #expect(program.terminal.emulator.isAlternateScreen)
    // The terminal's modes follow the text of the frame.
    try program.waits(until: "pastes are marked") { $0.hasBracketedPaste }
  }

  @Test func `A reply streams in, and its Markdown is drawn`() throws {
    let program = try Home().chat()
    try program.asks("Hello there")
    #expect(program.screen.contains("What was sent"))
    for sign in ["**", "`"] { #expect(!program.screen.contains(sign)) }
  }

  @Test func `The first reply says that this is the demo`() throws {
    let program = try Home().chat(rows: 40)
    try program.asks("Hello")
    #expect(program.screen.contains("This is the demo, not a model"))
  }

  @Test func `Chinese and emoji stand in their columns, and Backspace takes them back`() throws {
    let program = try Home().chat()
    let start = " user ▸ ".count
    program.type("看😀桥x")
    try program.waits(until: "the cursor stands behind the text") {
      $0.text.contains("看😀桥x") && $0.cursor.column == start + 7
    }
    let emulator = program.terminal.emulator
    let row = emulator.cursor.row
    #expect(
      (0..<6).map { emulator.cell(row: row, column: start + $0).text }
        == ["看", "", "😀", "", "桥", ""])
    program.press(.backspace)
    program.press(.backspace)
    try program.waits(until: "two characters are gone") {
      !$0.text.contains("桥") && $0.cursor.column == start + 4
    }
    program.press(.left)
    program.type("一")
    try program.waits(until: "a character stands between the two") {
      $0.text.contains("看一😀") && $0.cursor.column == start + 4
    }
  }

  @Test(arguments: [Key.altEnter, .control("j")])
  func `A new line is typed, and the whole message is sent`(key: Key) async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.type("é one")
      program.press(key)
      program.type("two")
      try program.waits(for: "two")
      #expect(try log.sent().isEmpty)
      program.press(.enter)
      try program.waits(for: "No parameters were set.", within: .slow)
      #expect(try log.sent().map(\.messages.last?.texts) == [["é one\ntwo"]])
    }
  }

  @Test func `A paste goes in whole and is not sent by its newlines`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.paste("first é\nsecond\n/quit\nlast")
      try program.waits(for: "last")
      program.type("!")
      try program.waits(for: "last!")
      #expect(try log.sent().isEmpty)
      program.press(.enter)
      try program.waits(for: "No parameters were set.", within: .slow)
      #expect(
        try log.sent().map(\.messages.last?.texts) == [["first é\nsecond\n/quit\nlast!"]])
    }
  }

  @Test func `A paste without brackets goes in whole, and its first line is not sent`() async throws
  {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.terminal.send(Array("first é\r\tsecond\r/quit\r\rlast".utf8))
      try program.waits(for: "last")
      program.type("!")
      try program.waits(for: "last!")
      #expect(log.requests.isEmpty)
      program.press(.enter)
      try program.waits(for: "No parameters were set.", within: .slow)
      #expect(
        try log.sent().map(\.messages.last?.texts) == [["first é\n\tsecond\n/quit\n\nlast!"]])
    }
  }

  @Test func `A line and Enter in one write are sent, as a script types them`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      program.terminal.send(Array("hello\r".utf8))
      try program.waits(for: "No parameters were set.", within: .slow)
      #expect(try log.sent().map(\.messages.last?.texts) == [["hello"]])
    }
  }

  @Test func `Control characters in a reply change neither title nor modes`() throws {
    let program = try Home().chat()
    let emulator = program.terminal.emulator
    // The demo says what it was sent, these bytes as well.
    program.paste("a\u{1B}]0;stolen\u{7}b\u{1B}[?1049lc\u{9B}?25ld\u{1B}[?2004le")
    program.press(.enter)
    try program.waits(for: "No parameters were set.", within: .slow)
    #expect(emulator.title.hasPrefix("Iris · a"))
    #expect(emulator.isAlternateScreen)
    #expect(emulator.hasBracketedPaste)
    #expect(emulator.isCursorVisible)
    #expect(emulator.bells == 0)
  }

  @Test func `An unfinished message is there again after a crash`() throws {
    let home = try Home()
    let program = try home.chat()
    program.type("words not sent yet")
    try home.waits(untilStored: "words not sent yet")
    try program.kill()
    try home.chat("--continue").waits(for: "user ▸ words not sent yet")
  }
}
