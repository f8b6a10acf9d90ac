import Screen
import Terminal
import TerminalEmulator
import Testing

extension TerminalSuite {
  /// The real renderer, through ncurses onto a file and from there into an emulator.
  @Suite(.serialized) struct RendererTests {
    @Test func `A frame stands on the screen as it was written`() throws {
      let stage = try Stage(columns: 20, rows: 4)
      defer { stage.close() }
      stage.renderer.draw(
        stage.frame(["Iris", "", "桥 bridge"], cursor: Point(column: 2, row: 2)))
      #expect(stage.emulator.text == "Iris\n\n桥 bridge")
      #expect(stage.emulator.cursor == (row: 2, column: 2))
      #expect(stage.emulator.isCursorVisible)
      #expect(stage.emulator.isAlternateScreen)
    }

    @Test func `Text is struck through where terminfo says how, and nothing else is`() throws {
      for (terminal, strikes) in [("xterm-256color", true), ("vt100", false)] {
        let stage = try Stage(terminal: terminal, columns: 12, rows: 2)
        defer { stage.close() }
        var frame = Frame(size: Size(columns: 12, rows: 2))
        let struck = Cell.cells(of: "桥 b", style: Style(attributes: [.strikethrough, .bold]))
        frame.write(Cell.cells(of: "a ") + struck + Cell.cells(of: " c"), row: 0)
        stage.renderer.draw(frame)
        #expect(stage.emulator.text == "a 桥 b c")
        let found = (0..<8).map {
          stage.emulator.cell(row: 0, column: $0).attributes.contains(.strikethrough)
        }
        #expect(found == [false, false, strikes, found[3], strikes, strikes, false, false])
        #expect(!strikes || stage.emulator.cell(row: 0, column: 5).attributes.contains(.bold))
        stage.renderer.draw(stage.frame(["plain words"]))
        #expect(
          (0..<8).allSatisfy {
            !stage.emulator.cell(row: 0, column: $0).attributes.contains(.strikethrough)
          })
      }
    }

    @Test func `An unchanged frame costs no output`() throws {
      let stage = try Stage()
      defer { stage.close() }
      let frame = stage.frame(["one", "two"])
      stage.renderer.draw(frame)
      #expect(!stage.takeOutput().isEmpty)
      stage.renderer.draw(frame)
      #expect(stage.takeOutput().isEmpty)
    }

    @Test func `A changed word costs a few bytes, not a screen`() throws {
      let stage = try Stage()
      defer { stage.close() }
      stage.renderer.draw(stage.frame(Array(repeating: "the same line", count: 20)))
      stage.takeOutput()
      var lines = Array(repeating: "the same line", count: 20)
      lines[7] = "the same lime"
      stage.renderer.draw(stage.frame(lines))
      #expect(stage.takeOutput().count < 40)
      #expect(stage.emulator.text(row: 7) == "the same lime")
    }

    @Test func `Wide characters are replaced by narrow ones and back without a trace`() throws {
      let stage = try Stage(columns: 10, rows: 2)
      defer { stage.close() }
      for text in ["桥上看风景", "abcdefghij", "a桥上看风b", "桥上看风景"] {
        stage.renderer.draw(stage.frame([text, text]))
        #expect(stage.emulator.text == "\(text)\n\(text)")
      }
    }

    @Test func `The bottom right cell is drawn`() throws {
      let stage = try Stage(columns: 6, rows: 2)
      defer { stage.close() }
      stage.renderer.draw(stage.frame(["······", "123456"]))
      #expect(stage.emulator.text == "······\n123456")
    }

    @Test func `Marks stand with their base`() throws {
      let stage = try Stage(columns: 8, rows: 1)
      defer { stage.close() }
      var frame = Frame(size: Size(columns: 8, rows: 1))
      frame.write([Cell("e", marks: ["\u{301}"]), Cell("x")], row: 0)
      stage.renderer.draw(frame)
      #expect(stage.emulator.text == "e\u{301}x")
    }

    @Test func `Attributes and colours reach the screen`() throws {
      let stage = try Stage(columns: 8, rows: 1)
      defer { stage.close() }
      #expect(stage.renderer.depth == .palette)
      var frame = Frame(size: Size(columns: 8, rows: 1))
      frame.write(
        [
          Cell("a", style: Style(foreground: .named(1), attributes: [.bold, .underline])),
          Cell("b", style: Style(background: .indexed(240), attributes: .italic)),
          Cell("c", style: Style(foreground: .rgb(255, 0, 0), background: .named(12))),
          Cell("d", style: Style(attributes: .reverse)),
        ], row: 0)
      stage.renderer.draw(frame)
      let cells = (0..<5).map { stage.emulator.cell(row: 0, column: $0) }
      #expect(cells.map(\.foreground) == [.indexed(1), nil, .indexed(196), nil, nil])
      #expect(cells.map(\.background) == [nil, .indexed(240), .indexed(12), nil, nil])
      #expect(cells.map(\.attributes) == [[.bold, .underline], .italic, [], .reverse, []])
    }

    @Test func `Direct colours are drawn exactly, and the palette stays the user's`() throws {
      let stage = try Stage(columns: 8, rows: 1, colours: .direct)
      defer { stage.close() }
      #expect(stage.renderer.depth == .direct)
      var frame = Frame(size: Size(columns: 8, rows: 1))
      frame.write(
        [
          Cell("a", style: Style(foreground: .rgb(18, 52, 86), background: .rgb(255, 254, 1))),
          Cell("b", style: Style(foreground: .named(1), background: .named(9))),
          Cell("c", style: Style(foreground: .indexed(240))),
          Cell("d", style: Style(foreground: .rgb(0, 0, 7), background: .rgb(0, 0, 0))),
          Cell("e"),
        ], row: 0)
      stage.renderer.draw(frame)
      let cells = (0..<5).map { stage.emulator.cell(row: 0, column: $0) }
      #expect(
        cells.map(\.foreground)
          == [.rgb(0x123456), .indexed(1), .indexed(240), .rgb(0x000107), nil])
      #expect(
        cells.map(\.background) == [.rgb(0xFFFE01), .indexed(9), nil, .rgb(0x000100), nil])
    }

    @Test func `Three hundred colour pairs are all drawn`() throws {
      let stage = try Stage(columns: 100, rows: 3)
      defer { stage.close() }
      var frame = Frame(size: Size(columns: 100, rows: 3))
      for row in 0..<3 {
        let cells = (0..<100).map {
          Cell("x", style: Style(foreground: .indexed(UInt8($0)), background: .named(UInt8(row))))
        }
        frame.write(cells, row: row)
      }
      stage.renderer.draw(frame)
      for row in 0..<3 {
        for column in 0..<100 {
          let cell = stage.emulator.cell(row: row, column: column)
          #expect(cell.foreground == .indexed(column) && cell.background == .indexed(row))
        }
      }
    }

    @Test func `Where colour pairs run out the whole screen is drawn again`() throws {
      // A terminal of 8 colours has 64 pairs.
      let stage = try Stage(terminal: "xterm", columns: 40, rows: 3)
      defer { stage.close() }
      #expect(stage.renderer.depth == .eight)
      func row(_ backgrounds: Range<UInt8>) -> [Cell] {
        backgrounds.flatMap { background in
          (0..<8).map {
            Cell("x", style: Style(foreground: .named($0), background: .named(background)))
          }
        }
      }
      var frame = Frame(size: Size(columns: 40, rows: 3))
      frame.write(row(0..<4), row: 0)
      stage.renderer.draw(frame)
      frame.write(row(4..<8), row: 1)
      stage.renderer.draw(frame)
      frame = Frame(size: frame.size)
      frame.write(row(0..<4), row: 0)
      frame.write([Cell("y", style: Style(foreground: .named(3)))], row: 2)
      stage.renderer.draw(frame)
      for column in 0..<32 {
        let cell = stage.emulator.cell(row: 0, column: column)
        #expect(cell.foreground == .indexed(column % 8))
        #expect(cell.background == .indexed(column / 8))
      }
      #expect(stage.emulator.cell(row: 2, column: 0).foreground == .indexed(3))
    }

    @Test func `Without colour there is none`() throws {
      let stage = try Stage(columns: 4, rows: 1, colours: .none)
      defer { stage.close() }
      #expect(stage.renderer.depth == .none)
      var frame = Frame(size: Size(columns: 4, rows: 1))
      frame.write([Cell("a", style: Style(foreground: .named(1), attributes: .bold))], row: 0)
      stage.renderer.draw(frame)
      let cell = stage.emulator.cell(row: 0, column: 0)
      #expect(cell.foreground == nil && cell.attributes == .bold)
    }

    @Test(arguments: [0x1B, 0x07, 0x0D, 0x08, 0x9B, 0x202E, 0x200B] as [UInt32])
    func `Hostile characters never reach the terminal`(code: UInt32) throws {
      let stage = try Stage(columns: 8, rows: 1)
      defer { stage.close() }
      stage.renderer.draw(stage.frame([""]))
      stage.takeOutput()
      var frame = Frame(size: Size(columns: 8, rows: 1))
      let scalar = try #require(Unicode.Scalar(code))
      frame.write([Cell(scalar), Cell("a", marks: [scalar]), Cell("b")], row: 0)
      stage.renderer.draw(frame)
      #expect(stage.emulator.text == "\u{FFFD}ab")
    }

    @Test func `Modes follow the frame and are restored`() throws {
      let stage = try Stage(columns: 8, rows: 1)
      var frame = Frame(size: Size(columns: 8, rows: 1))
      frame.modes.mouse = true
      frame.modes.title = "Iris\u{7}\u{1B}]52;c;AAAA\u{7} – 桥"
      stage.renderer.draw(frame)
      #expect(stage.emulator.reportsMouse && stage.emulator.hasBracketedPaste)
      #expect(!stage.emulator.isCursorVisible)
      #expect(stage.emulator.title == "Iris]52;c;AAAA – 桥")
      frame.modes.mouse = false
      stage.renderer.draw(frame)
      #expect(!stage.emulator.reportsMouse)
      stage.close()
      #expect(!stage.emulator.hasBracketedPaste && !stage.emulator.isAlternateScreen)
      #expect(stage.emulator.isCursorVisible)
    }

    @Test func `A resize keeps up with the frame's size`() throws {
      let stage = try Stage(columns: 20, rows: 4)
      defer { stage.close() }
      stage.renderer.draw(stage.frame(["1", "2", "3", "4"]))
      stage.resize(columns: 12, rows: 6)
      stage.renderer.draw(stage.frame(["123456789012", "2", "3", "4", "5", "6"]))
      #expect(stage.emulator.text == "123456789012\n2\n3\n4\n5\n6")
    }

    @Test func `A released screen is taken back whole`() throws {
      let stage = try Stage(columns: 20, rows: 2)
      defer { stage.close() }
      let frame = stage.frame(["above", "below"])
      stage.renderer.draw(frame)
      stage.renderer.suspend()
      #expect(!stage.emulator.isAlternateScreen && !stage.emulator.hasBracketedPaste)
      stage.renderer.resume(size: Size(columns: 20, rows: 2))
      stage.renderer.draw(frame)
      #expect(stage.emulator.text == "above\nbelow")
      #expect(stage.emulator.isAlternateScreen && stage.emulator.hasBracketedPaste)
    }

    @Test(arguments: [
      ("no-such-terminal", TerminalError.unknownTerminal("no-such-terminal")),
      ("dumb", .unusableTerminal("dumb")),
    ])
    func `A terminal that cannot be drawn on is told`(name: String, error: TerminalError) {
      #expect(throws: error) { try Stage(terminal: name) }
    }
  }
}
