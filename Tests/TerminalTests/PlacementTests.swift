import Screen
import SeededNumbers
import Terminal
import TerminalEmulator
import Testing

extension TerminalSuite {
  /// Pictures that stand among text, on a terminal that places them.
  @Suite(.serialized) struct PlacementTests {
    private static let size = Size(columns: 24, rows: 10)
    private static let pictures = (1...40).map { number in
      PixelPreview(
        name: "\(number)", size: Size(columns: 3 + number % 3, rows: 1 + number % 4),
        pixels: (25, (1 + number % 4) * 20 - 7), cellHeight: 20
      ) { "\u{1B}_Ga=t,f=100,i=\($0),q=2,m=0;AAAA\u{1B}\\" }
    }

    private func stage() throws -> Stage {
      try Stage(columns: Self.size.columns, rows: Self.size.rows)
    }

    private func frame(_ picture: PixelPreview?, row: Int, _ words: String = "") -> Frame {
      var frame = Frame(size: Self.size)
      if let picture { put(picture, Point(column: 2, row: row), into: &frame) }
      frame.write(Cell.cells(of: words), row: 0)
      frame.cursor = Point(column: 1, row: 0)
      return frame
    }

    private func put(_ picture: PixelPreview, _ origin: Point, into frame: inout Frame) {
      if !frame.previews.contains(picture) { frame.previews.append(picture) }
      for (row, cells) in picture.cells.enumerated() {
        frame.write(cells, row: origin.row + row, column: origin.column)
      }
    }

    /// Pictures and words anywhere, above the first row and below the last one as well.
    private func randomFrame(_ random: inout SeededGenerator) -> Frame {
      var frame = Frame(size: Self.size)
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let picture = Self.pictures.randomElement(using: &random) ?? Self.pictures[0]
        let origin = Point(
          column: Int.random(in: 0...16, using: &random),
          row: Int.random(in: -3...11, using: &random))
        put(picture, origin, into: &frame)
      }
      for row in 0..<Self.size.rows where Int.random(in: 0..<5, using: &random) == 0 {
        frame.write(Cell.cells(of: "桥 word"), row: row, column: 4)
      }
      return frame
    }

    private func wanted(_ frame: Frame) -> Set<PlacingTerminal.Placement> {
      Set(
        frame.placements.map { placement in
          let top = placement.rows.lowerBound * 20
          let end = min(placement.rows.upperBound * 20, placement.preview.pixels.height)
          return PlacingTerminal.Placement(
            picture: placement.preview.number, row: placement.origin.row,
            column: placement.origin.column, top: top, height: end - top)
        })
    }

    @Test(arguments: 1...6)
    func `After any frames the pictures in sight are there, and no others`(_ seed: UInt64) throws {
      var random = SeededGenerator(seed: seed)
      let stage = try stage()
      defer { stage.close() }
      var terminal = PlacingTerminal()
      let large = PixelPicture(
        drawing: "\u{1B}_Ga=t,i=7,q=2;AAAA\u{1B}\\", removal: "\u{1B}_Ga=d,d=I,i=7,q=2\u{1B}\\")
      for step in 0..<150 {
        var frame = randomFrame(&random)
        if step % 29 == 28 { stage.renderer.repaint() }
        if step % 37 == 36 { stage.renderer.resize(to: Self.size) }
        if step % 17 == 16 {
          frame = Frame(size: Self.size)
          frame.picture = large
        }
        stage.renderer.draw(frame)
        terminal.feed(stage.takeOutput())
        #expect(terminal.placements == wanted(frame), "seed \(seed), step \(step)")
        #expect(terminal.complaints == [], "seed \(seed), step \(step)")
        #expect(terminal.pictures.count < 40, "seed \(seed), step \(step)")
      }
    }

    @Test func `A picture is given once, and only moved as the text moves`() throws {
      let stage = try stage()
      defer { stage.close() }
      var terminal = PlacingTerminal()
      let picture = Self.pictures[2]
      for row in [3, 2, 1, 4, 8, 9, 11, 6] {
        stage.renderer.draw(frame(picture, row: row))
        terminal.feed(stage.takeOutput())
      }
      #expect(terminal.transmissions == [picture.number])
      #expect(stage.emulator.cursor == (row: 0, column: 1))
      stage.renderer.draw(frame(picture, row: 6))
      #expect(stage.takeOutput() == [])
      stage.renderer.draw(frame(picture, row: 6, "words elsewhere"))
      #expect(!String(decoding: stage.takeOutput(), as: UTF8.self).contains("\u{1B}_G"))
    }

    @Test func `Text beside a picture has it placed again, where terminals take a part of it away`()
      throws
    {
      let stage = try stage()
      defer { stage.close() }
      let picture = Self.pictures[2]
      stage.renderer.draw(frame(picture, row: 0))
      stage.takeOutput()
      var next = frame(picture, row: 0)
      next.write(Cell.cells(of: "beside"), row: 1, column: 10)
      stage.renderer.draw(next)
      #expect(
        String(decoding: stage.takeOutput(), as: UTF8.self).contains("a=p,i=\(picture.number)"))
    }

    @Test func `Who takes the terminal over finds no picture, and gets it back after`() throws {
      let stage = try stage()
      defer { stage.close() }
      var terminal = PlacingTerminal()
      let shown = frame(Self.pictures[1], row: 2)
      stage.renderer.draw(shown)
      stage.renderer.suspend()
      terminal.feed(stage.takeOutput())
      #expect(terminal.placements == [] && terminal.pictures == [])
      stage.renderer.resume(size: Self.size)
      stage.renderer.draw(shown)
      terminal.feed(stage.takeOutput())
      #expect(terminal.placements == wanted(shown))
      stage.renderer.close()
      terminal.feed(stage.takeOutput())
      #expect(terminal.placements == [] && terminal.pictures == [])
    }

    @Test(arguments: [
      ("kitty(0.26.5)", true), ("kitty(0.19.3)", false), ("ghostty 1.0.0", true),
      ("WezTerm 20240203-110809-5046fc22", true), ("Konsole 22.12.3", true),
      ("Konsole 21.12.3", false), ("foot(1.16.2)", false), ("XTerm(379)", false),
      ("VTE(6800)", false), ("tmux 3.4", false), ("", false),
    ])
    func `A terminal's name tells whether it places pictures`(name: String, places: Bool) {
      #expect(TerminalName(name).placesPictures == places)
    }
  }
}
