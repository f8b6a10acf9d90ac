import Screen
import SeededNumbers
import Terminal
import TerminalEmulator
import Testing

extension TerminalSuite {
  /// Terminals that give East Asia's ambiguous characters two columns.
  @Suite(.serialized) struct AmbiguousWidthTests {
    private static let wide = WidthRules(ambiguousIsWide: true)

    /// What stands for each ambiguous character, as the emulator knows it: one that is always wide.
    private static let standIns: [Unicode.Scalar: Unicode.Scalar] = [
      "α": "阿", "“": "「", "”": "」", "①": "一", "…": "点", "│": "竖", "─": "横", "Ж": "日",
    ]

    private static let lines = [
      "αb│c", "“x” 桥①y…", "│ a │ 木 │", "────x", "Жж abc", "a…b…c…d", "plain text",
    ]

    @Test func `A row goes on behind an ambiguous character where the frame has it`() throws {
      let stage = try Stage(columns: 20, rows: 2, standIns: Self.standIns)
      defer { stage.close() }
      stage.renderer.draw(frame(["αb│c", "“x” 桥①y…"]))
      #expect(stage.emulator.text == "阿b竖c\n「x」 桥一y点")
      #expect(stage.emulator.cell(row: 0, column: 2).text == "b")
      #expect(stage.emulator.cell(row: 1, column: 10).text == "y")
    }

    @Test(arguments: 1...4)
    func `After any edits the row is as if it were drawn anew`(_ seed: UInt64) throws {
      var random = SeededGenerator(seed: seed)
      let stage = try Stage(columns: 20, rows: 4, standIns: Self.standIns)
      defer { stage.close() }
      for step in 0..<200 {
        let rows = (0..<4).map { _ in Self.lines.randomElement(using: &random) ?? "" }
        let frame = frame(rows)
        stage.renderer.draw(frame)
        #expect(stage.emulator.text == shown(frame), "seed \(seed), step \(step)")
      }
    }

    @Test func `The same character is narrow again in a frame that says so`() throws {
      let stage = try Stage(columns: 20, rows: 1)
      defer { stage.close() }
      var narrow = Frame(size: Size(columns: 20, rows: 1))
      narrow.write(Cell.cells(of: "αb│c"), row: 0)
      stage.renderer.draw(narrow)
      #expect(stage.emulator.text == "αb│c")
    }

    private func frame(_ lines: [String]) -> Frame {
      var frame = Frame(size: Size(columns: 20, rows: lines.count))
      for (row, line) in lines.enumerated() {
        frame.write(Cell.cells(of: line, rules: Self.wide), row: row)
      }
      return frame
    }

    private func shown(_ frame: Frame) -> String {
      var text = String.UnicodeScalarView()
      for scalar in frame.snapshot.unicodeScalars { text.append(Self.standIns[scalar] ?? scalar) }
      return String(String(text).dropLast())
    }
  }
}
