import Screen
import SeededNumbers
import Terminal
import TerminalEmulator
import Testing

#if canImport(Glibc)
  import Glibc
#endif

extension TerminalSuite {
  /// Links of OSC 8, written around curses.
  @Suite(.serialized) struct LinkTests {
    private static let size = Size(columns: 24, rows: 6)
    private static let addresses = [
      "https://example.com/a", "https://example.com/b", "https://zh.wikipedia.org/wiki/中文",
    ]

    private func stage() throws -> Stage {
      let stage = try Stage(columns: Self.size.columns, rows: Self.size.rows)
      stage.renderer.drawsLinks = true
      return stage
    }

    /// Words of which some lead somewhere.
    private func randomFrame(_ random: inout SeededGenerator) -> Frame {
      var frame = Frame(size: Self.size)
      for address in Self.addresses { frame.links.insert(address) }
      for row in 0..<Self.size.rows where Bool.random(using: &random) {
        var column = 0
        for _ in 0..<Int.random(in: 0...5, using: &random) {
          let word = ["a", "link", "桥上", "longer words", " "].randomElement(using: &random) ?? ""
          var style = Style()
          if Bool.random(using: &random) {
            style.link = LinkID(of: Self.addresses.randomElement(using: &random) ?? "")
          }
          let cells = Cell.cells(of: word, style: style)
          frame.write(cells, row: row, column: column)
          column += cells.count
        }
      }
      return frame
    }

    @Test(arguments: 1...6)
    func `After any edits every cell leads where the frame says, and nowhere else`(
      _ seed: UInt64
    ) throws {
      var random = SeededGenerator(seed: seed)
      let stage = try stage()
      defer { stage.close() }
      let terminal = LinkedTerminal(columns: Self.size.columns, rows: Self.size.rows)
      for step in 0..<150 {
        let frame = randomFrame(&random)
        if step % 40 == 39 { stage.renderer.repaint() }
        stage.renderer.draw(frame)
        terminal.feed(stage.takeOutput())
        #expect(wrong(terminal, frame) == [], "seed \(seed), step \(step)")
        #expect(stage.emulator.text == shown(frame), "seed \(seed), step \(step)")
      }
    }

    /// The cells whose link is not the frame's.
    private func wrong(_ terminal: LinkedTerminal, _ frame: Frame) -> [String] {
      frame.rows.enumerated().flatMap { row, cells in
        cells.enumerated().compactMap { column, cell in
          let wanted = frame.links[cell.style.link] ?? ""
          let found = terminal.address(row: row, column: column)
          return found == wanted ? nil : "\(row),\(column): “\(found)” for “\(wanted)”"
        }
      }
    }

    private func shown(_ frame: Frame) -> String {
      var rows = frame.snapshot.split(separator: "\n", omittingEmptySubsequences: false)[...]
      while rows.last?.isEmpty == true { rows = rows.dropLast() }
      return rows.joined(separator: "\n")
    }

    @Test func `Looks stay as curses has drawn them`() throws {
      var style = Style(
        foreground: .rgb(10, 200, 30), background: .named(9), attributes: .underline)
      style.link = LinkID(of: Self.addresses[0])
      var frame = Frame(size: Self.size)
      frame.write(Cell.cells(of: "桥 here", style: style), row: 2, column: 3)
      frame.write(Cell.cells(of: "plain", style: .plain), row: 3)
      frame.cursor = Point(column: 4, row: 5)
      let plain = try stage()
      plain.renderer.draw(frame)
      let before = (0..<8).map { plain.emulator.cell(row: 2, column: $0 + 3) }
      plain.close()
      frame.links.insert(Self.addresses[0])
      let linked = try stage()
      defer { linked.close() }
      linked.renderer.draw(frame)
      #expect((0..<8).map { linked.emulator.cell(row: 2, column: $0 + 3) } == before)
      #expect(linked.emulator.cursor == (row: 5, column: 4))
      frame.write(Cell.cells(of: "more", style: .plain), row: 4)
      linked.renderer.draw(frame)
      #expect(linked.emulator.cell(row: 4, column: 0).foreground == nil)
    }

    @Test func `No link is written where the terminal is not known to have them`() throws {
      let stage = try Stage(columns: Self.size.columns, rows: Self.size.rows)
      defer { stage.close() }
      var random = SeededGenerator(seed: 1)
      for _ in 0..<20 {
        stage.renderer.draw(randomFrame(&random))
        #expect(!stage.takeOutput().contains(Array("\u{1B}]8".utf8)))
      }
    }

    @Test func `A terminal that tells its name late gets the links that are on the screen`() throws
    {
      let stage = try Stage(columns: Self.size.columns, rows: Self.size.rows)
      defer { stage.close() }
      var random = SeededGenerator(seed: 2)
      let frame = randomFrame(&random)
      let terminal = LinkedTerminal(columns: Self.size.columns, rows: Self.size.rows)
      stage.renderer.draw(frame)
      terminal.feed(stage.takeOutput())
      stage.renderer.drawsLinks = true
      stage.renderer.draw(frame)
      terminal.feed(stage.takeOutput())
      #expect(wrong(terminal, frame) == [])
    }

    @Test func `Links are back when the screen is, after an editor`() throws {
      let stage = try stage()
      defer { stage.close() }
      var random = SeededGenerator(seed: 3)
      let frame = randomFrame(&random)
      let terminal = LinkedTerminal(columns: Self.size.columns, rows: Self.size.rows)
      stage.renderer.draw(frame)
      stage.renderer.suspend()
      terminal.feed(stage.takeOutput())
      terminal.feed(Array("\u{1B}[2J\u{1B}[Hanother program's words".utf8))
      stage.renderer.resume(size: Self.size)
      stage.renderer.draw(frame)
      terminal.feed(stage.takeOutput())
      #expect(wrong(terminal, frame) == [])
    }

    @Test(arguments: [
      ("kitty(0.35.2)", true), ("foot(1.16.2)", true), ("WezTerm 20240203-110809-5046fc22", true),
      ("iTerm2 3.5.0", true), ("ghostty 1.0.0", true), ("VTE(6800)", true), ("VTE(4800)", false),
      ("Konsole 22.12.3", true), ("tmux 3.4", true), ("tmux 3.3a", false), ("tmux next-3.5", false),
      ("XTerm(379)", false), ("", false), ("?", false),
    ])
    func `A terminal's name tells whether it follows links`(name: String, follows: Bool) {
      #expect(TerminalName(name).drawsLinks == follows)
    }

    @Test func `The answer to the question for the name is told from keys`() {
      var tokenizer = Tokenizer()
      let events = tokenizer.feed(Array("a\u{1B}P>|kitty(0.35.2)\u{1B}\\b".utf8))
      #expect(
        events == [.key([0x61]), .answer(.name("kitty(0.35.2)")), .key([0x62])])
    }
  }
}
