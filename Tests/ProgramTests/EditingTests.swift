import Foundation
import TerminalEmulator
import Testing

/// Readline, as the user's own inputrc has it, and the user's own editor.
@Suite(.seated) struct EditingTests {
  @Test func `The editor gets the text, and what it saves comes back unsent`() async throws {
    try await withServer { (home, log) async throws in
      var home = home
      let editor = try home.write(
        Array("#!/bin/sh\ntr a-z A-Z <\"$1\" >\"$1.new\" && mv \"$1.new\" \"$1\"\n".utf8),
        to: "my editor")
      // Not run by its own name: a child of another test may still hold it open for writing.
      home.environment["VISUAL"] = "sh '\(editor)'"
      let program = try home.chat("-m", "demo")
      program.type("some words")
      try program.waits(for: "some words")
      program.press(.control("x"))
      program.press(.control("e"))
      try program.waits(for: "user ▸ SOME WORDS", within: .slow)
      #expect(program.terminal.emulator.isAlternateScreen)
      #expect(try log.sent().isEmpty)
      program.press(.enter)
      try program.waits(for: "user: SOME WORDS", within: .slow)
    }
  }

  @Test func `What was saved in an editor that then fails is brought back by Up`() throws {
    var home = try Home()
    let editor = try home.write(
      Array("#!/bin/sh\necho '一天的工作' >\"$1\"; exit 1\n".utf8), to: "editor")
    home.environment["VISUAL"] = "sh '\(editor)'"
    let program = try home.chat()
    program.type("some words")
    try program.waits(for: "some words")
    program.press(.control("x"))
    program.press(.control("e"))
    try program.waits(for: "Up brings back what it had saved.", within: .slow)
    #expect(program.screen.contains("user ▸ some words"))
    program.press(.up)
    try program.waits(for: "user ▸ 一天的工作")
  }

  @Test func `Variables that are empty count as not set`() throws {
    var home = try Home()
    let editor = try home.write(Array("#!/bin/sh\necho \"$1\" >\"$1\"\n".utf8), to: "editor")
    home.environment.merge(["TMPDIR": "", "VISUAL": "", "EDITOR": "sh '\(editor)'"]) { $1 }
    let program = try home.chat()
    program.press(.control("x"))
    program.press(.control("e"))
    try program.waits(for: "user ▸ /tmp/iris-", within: .slow)
  }

  @Test func `An editor is started also where the folder for its file is gone`() throws {
    var home = try Home()
    let editor = try home.write(Array("#!/bin/sh\necho \"$1\" >\"$1\"\n".utf8), to: "editor")
    home.environment.merge(["TMPDIR": home.path + "/gone", "VISUAL": "sh '\(editor)'"]) { $1 }
    let program = try home.chat()
    program.press(.control("x"))
    program.press(.control("e"))
    try program.waits(for: "user ▸ /tmp/iris-", within: .slow)
  }

  @Test func `What was typed is found again in another run`() throws {
    let home = try Home()
    let first = try home.chat()
    try first.asks("the first one")
    try first.asks("the second one")
    #expect(try first.quits() == .status(0))
    let second = try home.chat()
    second.press(.control("r"))
    second.type("sec")
    try second.waits(for: "the second one")
    second.press(.control("g"))
    try second.waits(untilGone: "the second one")
    for (key, line) in [(Key.up, "/quit"), (.up, "the second one"), (.up, "the first one")] {
      second.press(key)
      try second.waits(for: "user ▸ " + line)
    }
  }

  @Test func `Up and Down move by the rows of the screen, then in the history`() throws {
    let program = try Home().chat(columns: 40, rows: 12)
    try program.asks("Before")
    // Behind the prompt there is room for 15 characters in each row.
    program.type(String(repeating: "桥", count: 36))
    try program.waits(until: "three rows are written") { $0.cursor.column == 8 + 12 }
    let last = program.terminal.emulator.cursor.row
    for (key, row) in [(Key.up, last - 1), (.up, last - 2), (.down, last - 1), (.up, last - 2)] {
      program.press(key)
      try program.waits(until: "the cursor is in row \(row)") {
        $0.cursor.row == row && $0.cursor.column == 8 + 12
      }
    }
    program.press(.up)
    try program.waits(for: "user ▸ Before")
    program.press(.down)
    try program.waits(until: "the text is back") {
      $0.cursor.row == last && $0.cursor.column == 8 + 12
    }
  }

  @Test func `Keys are bound by name in the inputrc, and vi mode is its own`() throws {
    var home = try Home()
    let keys = """
      set editing-mode vi
      $if iris
      "\\C-t": iris-newline
      $endif
      """
    home.environment["INPUTRC"] = try home.write(Array(keys.utf8), to: "inputrc")
    let program = try home.chat()
    program.type("one")
    program.press(.control("t"))
    program.type("two")
    try program.waits(until: "a second line was begun") { terminal in
      (0..<terminal.rows).contains { terminal.text(row: $0).hasSuffix("▸ one") }
        && terminal.text.contains("two")
    }
    program.press(.escape)
    program.type("x")
    try program.waits(until: "a letter was deleted by a command of vi") {
      !$0.text.contains("two") && $0.text.contains("tw")
    }
  }

  @Test func `The kill ring gives back what was cut`() throws {
    let program = try Home().chat()
    program.type("left right")
    program.press(.control("w"))
    try program.waits(untilGone: "right")
    program.press(.control("a"))
    program.press(.control("y"))
    try program.waits(for: "user ▸ rightleft")
    program.press(.control("_"))
    try program.waits(untilGone: "right")
  }

  @Test func `A message is written anew as a branch, and the old one is kept`() async throws {
    try await withServer { (home, log) async throws in
      let program = try home.chat("-m", "demo")
      try program.asks("Draw a cat")
      program.enter("/edit")
      try program.waits(for: "edit ▸ Draw a cat")
      for _ in 0..<3 { program.press(.backspace) }
      program.enter("dog")
      try program.waits(for: "user: Draw a dog", within: .slow)
      try program.waits(untilGone: "Esc stops", within: .slow)
      #expect(try log.sent().last?.messages.map(\.texts) == [["Draw a dog"]])
      #expect(try home.run("list", "--search", "cat").output.contains("Draw a cat"))
    }
  }
}
