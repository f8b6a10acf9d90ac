import Terminal
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension TerminalSuite {
  /// The program's keys as readline functions, and the user's own init file over them.
  @Suite(.serialized) struct KeyBindingTests {
    struct Case: CustomTestStringConvertible {
      let key: String
      let action: String
      var testDescription: String { action }

      init(_ key: String, _ action: String) {
        self.key = key
        self.action = action
      }
    }

    @Test(arguments: [
      Case("\u{1B}", "iris-cancel"), Case("\u{3}", "iris-interrupt"),
      Case("\u{1B}[5~", "iris-page-up"), Case("\u{1B}[<64M", "iris-wheel-up"),
      Case("\u{1B}OP", "iris-help"), Case("\u{1A}", "iris-suspend"),
      Case("\u{1B}[1;5H", "iris-transcript-start"),
    ])
    func `A key of the program is an action, whatever is typed`(example: Case) throws {
      let composer = try Composer.fresh()
      composer.type("text")
      #expect(composer.press(example.key) == [.action(example.action)])
      #expect(composer.snapshot.text == "text")
    }

    @Test func `Ctrl-X Ctrl-E asks for the editor`() throws {
      let composer = try Composer.fresh()
      #expect(composer.type("\u{18}\u{5}") == [.action("iris-edit-in-editor")])
    }

    @Test func `Ctrl-D ends the input of an empty composer, and deletes in a text`() throws {
      let composer = try Composer.fresh()
      #expect(composer.type("\u{4}") == [.action(.endOfInput)])
      _ = composer.setText("桥x", cursorByteOffset: 0)
      #expect(composer.type("\u{4}") == [.changed])
      #expect(composer.snapshot.text == "x")
    }

    @Test func `A question mark asks for help only on an empty composer`() throws {
      let composer = try Composer.fresh()
      #expect(composer.type("?") == [.action("iris-help")])
      composer.type("why?")
      #expect(composer.snapshot.text == "why?")
    }

    @Test func `Home moves in the text, and in the transcript where there is none`() throws {
      let composer = try Composer.fresh()
      #expect(composer.press("\u{1B}[H") == [.action("iris-home")])
      composer.type("ab")
      #expect(composer.press("\u{1B}[H") == [.changed])
      #expect(composer.snapshot.cursorByteOffset == 0)
    }

    @Test func `An init file that names what a key does in text leaves it its action`() throws {
      let composer = try Composer.fresh(
        initLines: "\"\\e[H\": beginning-of-line\n\"\\e[5~\": beginning-of-history\n")
      #expect(composer.press("\u{1B}[H") == [.action("iris-home")])
      #expect(composer.press("\u{1B}[5~") != [.action("iris-page-up")])
      composer.type("ab")
      #expect(composer.press("\u{1B}[H") == [.changed])
    }

    @Test func `An open overlay takes Enter, Up and Down`() throws {
      let composer = try Composer.fresh()
      composer.setHistory(["old"])
      composer.type("filter")
      composer.isOverlayOpen = true
      #expect(composer.press(.up) == [.action("iris-up")])
      #expect(composer.press(.down) == [.action("iris-down")])
      #expect(composer.type("\r") == [.action("iris-accept")])
      #expect(composer.snapshot.text == "filter")
      composer.isOverlayOpen = false
      #expect(composer.type("\r") == [.lineAccepted("filter"), .changed])
    }

    @Test func `The init file rebinds the program's keys under its name only`() throws {
      let composer = try Composer.fresh(
        initLines:
          """
          "\\C-o": iris-page-up
          $if iris
          "\\e[5~": iris-page-down
          "\\C-xq": iris-interrupt
          $endif
          $if bash
          "\\e[6~": iris-interrupt
          $endif
          """)
      #expect(composer.type("\u{F}") == [.action("iris-page-up")])
      #expect(composer.press("\u{1B}[5~") == [.action("iris-page-down")])
      #expect(composer.press("\u{1B}[6~") == [.action("iris-page-down")])
      #expect(composer.type("\u{18}q") == [.action("iris-interrupt")])
    }

    @Test func `An init file that cannot be read is told`() throws {
      #expect(throws: TerminalError.file(path: "/nonexistent/inputrc", errno: ENOENT)) {
        try Composer(initFile: "/nonexistent/inputrc")
      }
    }

    @Test func `In vi mode Esc leaves the insertion, and cancels from command mode`() throws {
      let composer = try Composer.fresh(initLines: "set editing-mode vi")
      #expect(composer.snapshot.mode == .viInsert)
      composer.type("one two")
      #expect(composer.press("\u{1B}") == [.changed])
      #expect(composer.snapshot.mode == .viCommand)
      composer.type("bdw")
      #expect(composer.snapshot.text == "one ")
      #expect(composer.press("\u{1B}") == [.action("iris-cancel")])
      composer.type("0fea!")
      #expect(
        composer.snapshot
          == ComposerSnapshot(
            text: "one! ", cursorByteOffset: 4, mode: .viInsert))
      #expect(composer.press("\u{1B}[5~") == [.action("iris-page-up")])
      composer.press("\u{1B}k")
      #expect(composer.snapshot.mode == .viCommand)
    }

    @Test func `Before a list, Esc leaves it at once, and letters are typed, in vi mode too`()
      throws
    {
      let composer = try Composer.fresh(initLines: "set editing-mode vi")
      composer.type("one")
      composer.press("\u{1B}")
      composer.isOverlayOpen = true
      composer.type("j")
      #expect(composer.snapshot.text.contains("j"))
      #expect(composer.press("\u{1B}") == [.action("iris-cancel")])
      composer.isOverlayOpen = false
    }

    @Test func `In vi's command mode a slash searches and v opens the editor`() throws {
      let composer = try Composer.fresh(initLines: "set editing-mode vi")
      composer.setHistory(["walkway"])
      composer.press("\u{1B}")
      composer.type("/walk\r")
      #expect(composer.snapshot.text == "walkway")
      #expect(composer.type("v") == [.action("iris-edit-in-editor")])
    }

    @Test func `An unfinished vi command is abandoned by Esc`() throws {
      let composer = try Composer.fresh(initLines: "set editing-mode vi")
      composer.type("one two")
      composer.press("\u{1B}")
      composer.type("d")
      composer.press("\u{1B}")
      composer.type("x")
      #expect(composer.snapshot.text == "one tw")
    }
  }
}

/// An init file of readline for one test.
enum InitFile {
  static func write(_ text: String) throws -> String {
    var template = TemporaryPath.template("inputrc")
    let descriptor = mkstemp(&template)
    defer { close(descriptor) }
    let bytes = Array((text + "\n").utf8)
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    return String(decoding: template.dropLast().map(UInt8.init), as: UTF8.self)
  }
}
