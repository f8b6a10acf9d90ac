import Terminal
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TerminalSuite {
  /// Readline behind the composer, without a terminal.
  @Suite(.serialized) struct ComposerTests {
    @Test func `What is typed stands in the snapshot, and Enter accepts it`() throws {
      let composer = try Composer.fresh()
      #expect(composer.type("hello") == Array(repeating: .changed, count: 5))
      #expect(composer.snapshot == ComposerSnapshot(text: "hello", cursorByteOffset: 5))
      #expect(composer.type("\r") == [.lineAccepted("hello"), .changed])
      #expect(composer.snapshot.text.isEmpty)
    }

    @Test func `Backspace takes a whole Chinese character`() throws {
      let composer = try Composer.fresh()
      composer.type("桥上🌉\u{7F}\u{7F}")
      #expect(composer.snapshot == ComposerSnapshot(text: "桥", cursorByteOffset: 3))
      composer.type("\u{1}看")
      #expect(composer.snapshot == ComposerSnapshot(text: "看桥", cursorByteOffset: 3))
    }

    @Test(arguments: [[0x1B, 0x0D], [0x0A]] as [[UInt8]])
    func `Alt-Enter and Ctrl-J make a new line, and Enter takes both lines`(key: [UInt8]) throws {
      let composer = try Composer.fresh()
      composer.type("a")
      _ = composer.press(key)
      composer.type("b")
      #expect(composer.snapshot.text == "a\nb")
      #expect(composer.type("\r").contains(.lineAccepted("a\nb")))
    }

    @Test func `A paste is not sent by its newlines and is undone as one`() throws {
      let composer = try Composer.fresh()
      composer.type("> ")
      #expect(composer.insert("one\ntwo\n") == [.changed])
      #expect(composer.snapshot.text == "> one\ntwo\n")
      composer.type("\u{1F}")
      #expect(composer.snapshot.text == "> ")
    }

    @Test func `Kill, yank and undo are readline's`() throws {
      let composer = try Composer.fresh()
      composer.type("one two\u{17}\u{1}\u{19}")
      #expect(composer.snapshot.text == "twoone ")
      composer.type("\u{1F}\u{1F}")
      #expect(composer.snapshot.text == "one two")
    }

    @Test(arguments: ["\u{10}\r", "\u{12}older\r", "\u{10}\u{10}x\r"])
    func `A draft that an older line is sent over stands in the history`(keys: String) throws {
      let composer = try Composer.fresh()
      composer.setHistory(["oldest", "older"])
      composer.type("a draft")
      let sent = composer.type(keys).compactMap { event in
        if case .lineAccepted(let line) = event { line } else { nil }
      }
      composer.addHistory(try #require(sent.first))
      composer.type("\u{10}")
      #expect(composer.snapshot.text == sent.first)
      composer.type("\u{10}")
      #expect(composer.snapshot.text == "a draft")
    }

    @Test func `A line that is sent as it was typed stands there once`() throws {
      let composer = try Composer.fresh()
      composer.setHistory(["older"])
      composer.type("new\u{10}\u{0E}\r")
      composer.addHistory("new")
      composer.type("\u{10}\u{10}")
      #expect(composer.snapshot.text == "older")
    }

    @Test func `A line that is given back stands in the history once, and Up passes it`() throws {
      let composer = try Composer.fresh()
      composer.setHistory(["oldest", "older"])
      composer.type("/load x\r")
      composer.addHistory("/load x")
      _ = composer.setText("/load x")
      composer.press(.up)
      #expect(composer.snapshot.text == "older")
      composer.press(.down)
      composer.press(.down)
      #expect(composer.snapshot == ComposerSnapshot(text: "/load x", cursorByteOffset: 7))
      composer.type("\r")
      composer.addHistory("/load x")
      composer.type("\u{10}\u{10}")
      #expect(composer.snapshot.text == "older")
    }

    @Test func `Quoted insert takes the next key as it is`() throws {
      let composer = try Composer.fresh()
      composer.type("\u{16}")
      composer.press("\u{1B}")
      #expect(composer.snapshot.text == "\u{1B}")
      #expect(composer.press("\u{1B}") == [.action("iris-cancel")])
    }

    @Test func `A keyboard macro plays back`() throws {
      let composer = try Composer.fresh()
      composer.type("\u{18}(ab\u{18})\u{18}e")
      #expect(composer.snapshot.text == "abab")
    }

    @Test func `Up and Down move between lines before they leave for the history`() throws {
      let composer = try Composer.fresh()
      composer.setHistory(["older"])
      _ = composer.setText("桥桥桥\nx\nabcdef")
      composer.press(.up)
      #expect(composer.snapshot.cursorByteOffset == 11)
      composer.press(.up)
      #expect(composer.snapshot.cursorByteOffset == 9)
      composer.press(.down)
      composer.press(.down)
      #expect(composer.snapshot.cursorByteOffset == 18)
      for _ in 0..<3 { composer.press(.up) }
      #expect(composer.snapshot.text == "older")
      composer.press(.down)
      #expect(composer.snapshot.text == "桥桥桥\nx\nabcdef")
    }

    @Test func `Up and Down move between the rows of one long line first`() throws {
      let composer = try Composer.fresh()
      composer.setHistory(["older"])
      // 79 columns for the text: 39 Chinese characters, then 79 letters, then four.
      let text = String(repeating: "桥", count: 39) + String(repeating: "x", count: 83)
      _ = composer.setText(text, cursorByteOffset: 39 * 3 + 79 + 3)
      for offset in [39 * 3 + 3, 3, 39 * 3 + 3, 39 * 3 + 79 + 3] {
        composer.press(offset < composer.snapshot.cursorByteOffset ? .up : .down)
        #expect(composer.snapshot.cursorByteOffset == offset)
      }
      for _ in 0..<3 { composer.press(.up) }
      #expect(composer.snapshot.text == "older")
      composer.press(.down)
      #expect(composer.snapshot == ComposerSnapshot(text: text, cursorByteOffset: text.utf8.count))
    }

    @Test func `A run of moves keeps its column through short rows until another key`() throws {
      let composer = try Composer.fresh()
      _ = composer.setText("abcdefg\n桥\nabcdefg", cursorByteOffset: 5)
      composer.press(.down)
      composer.press(.down)
      #expect(composer.snapshot.cursorByteOffset == 8 + 4 + 5)
      composer.press(.up)
      composer.type("\u{2}")
      composer.press(.up)
      #expect(composer.snapshot.cursorByteOffset == 0)
    }

    @Test func `Moves by rows know bytes that are no text`() throws {
      let composer = try Composer.fresh()
      composer.type("\u{16}")
      _ = composer.press([0xFF])
      composer.type("ab")
      _ = composer.press([0x0A])
      composer.type("abcd")
      composer.press(.up)
      composer.type("|")
      #expect(composer.snapshot.text == "\u{FFFD}ab|\nabcd")
    }

    @Test func `Ctrl-R finds an entry of several lines and says so in the prompt`() throws {
      let composer = try Composer.fresh()
      composer.setHistory(["look at\nthe bridge", "something else"])
      composer.type("\u{12}brid")
      #expect(composer.snapshot.text == "look at\nthe bridge")
      #expect(composer.snapshot.message?.contains("brid") ?? false)
      composer.press("\u{1B}")
      #expect(composer.snapshot.message == nil)
      #expect(composer.snapshot.text == "look at\nthe bridge")
    }

    @Test func `A paste during a search ends the search first`() throws {
      let composer = try Composer.fresh()
      composer.setHistory(["bridge"])
      composer.type("x\u{12}bri")
      _ = composer.insert("pasted")
      #expect(composer.snapshot == ComposerSnapshot(text: "xpasted", cursorByteOffset: 7))
    }

    @Test func `An unknown sequence is dropped, not typed`() throws {
      let composer = try Composer.fresh()
      #expect(composer.press("\u{1B}[1;5Q").isEmpty)
      #expect(composer.press("\u{1B}OS").isEmpty)
      composer.type("\u{18}")
      composer.press("\u{1B}[1;7Z")
      composer.type("x")
      #expect(composer.snapshot.text == "x")
    }

    @Test func `Esc abandons half a command`() throws {
      let composer = try Composer.fresh()
      composer.type("ab\u{18}")
      composer.press("\u{1B}")
      composer.type("\u{5}c")
      #expect(composer.snapshot.text == "abc")
    }

    @Test func `Text set by the program can be undone`() throws {
      let composer = try Composer.fresh()
      composer.type("mine")
      _ = composer.setText("theirs", cursorByteOffset: 2)
      #expect(composer.snapshot == ComposerSnapshot(text: "theirs", cursorByteOffset: 2))
      composer.type("\u{1F}")
      #expect(composer.snapshot.text == "mine")
    }

    struct LineKey: CustomTestStringConvertible, Sendable {
      var keys: String
      var text: String
      var cursor: Int
      var isVi = false
      var testDescription: String { keys.debugDescription }
    }

    @Test(arguments: [
      LineKey(keys: "\u{1}", text: "one\ntwo\nthree", cursor: 4),
      LineKey(keys: "\u{5}", text: "one\ntwo\nthree", cursor: 7),
      LineKey(keys: .home, text: "one\ntwo\nthree", cursor: 4),
      LineKey(keys: "\u{B}", text: "one\nt\nthree", cursor: 5),
      LineKey(keys: "\u{5}\u{B}", text: "one\ntwothree", cursor: 7),
      LineKey(keys: "\u{15}", text: "one\nwo\nthree", cursor: 4),
      LineKey(keys: "\u{15}\u{15}", text: "onewo\nthree", cursor: 3),
      LineKey(keys: "\u{6}\u{2}\u{B}\u{19}", text: "one\ntwo\nthree", cursor: 7),
      LineKey(keys: "\u{1B}0", text: "one\ntwo\nthree", cursor: 4, isVi: true),
      LineKey(keys: "\u{1B}$", text: "one\ntwo\nthree", cursor: 6, isVi: true),
      LineKey(keys: "\u{1B}d$", text: "one\n\nthree", cursor: 4, isVi: true),
      LineKey(keys: "\u{1B}lD", text: "one\nt\nthree", cursor: 5, isVi: true),
      LineKey(keys: "\u{1B}A!", text: "one\ntwo!\nthree", cursor: 8, isVi: true),
      LineKey(keys: "\u{1B}I!", text: "one\n!two\nthree", cursor: 5, isVi: true),
    ])
    func `The keys for a line's ends, and those that kill, work in one line of several`(
      row: LineKey
    ) throws {
      let composer = try Composer.fresh(initLines: row.isVi ? "set editing-mode vi" : "")
      _ = composer.setText("one\ntwo\nthree", cursorByteOffset: 5)
      if row.keys == .home { composer.press(row.keys) } else { composer.type(row.keys) }
      #expect(composer.snapshot.text == row.text)
      #expect(composer.snapshot.cursorByteOffset == row.cursor)
    }

    @Test func `A key that the user bound to the line's start goes to its start as well`() throws {
      let composer = try Composer.fresh(initLines: "\"\\C-o\": beginning-of-line")
      _ = composer.setText("one\ntwo", cursorByteOffset: 6)
      composer.type("\u{F}")
      #expect(composer.snapshot.cursorByteOffset == 4)
    }

    @Test func `A numeric argument shows and repeats`() throws {
      let composer = try Composer.fresh()
      composer.press("\u{1B}3")
      #expect(composer.snapshot.message == "(arg: 3) ")
      composer.type("x")
      #expect(composer.snapshot.text == "xxx")
      #expect(composer.snapshot.message == nil)
    }
  }
}
