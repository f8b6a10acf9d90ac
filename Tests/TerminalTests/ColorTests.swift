import Screen
import Terminal
import TerminalEmulator
import Testing

extension TerminalSuite {
  /// Colours that a terminal lacks are drawn in the nearest that it has.
  @Suite(.serialized) struct ColorTests {
    struct Case: CustomTestStringConvertible {
      let color: Color
      let palette: Int
      let eight: Int
      var testDescription: String { "\(color)" }

      init(_ color: Color, _ palette: Int, _ eight: Int) {
        self.color = color
        self.palette = palette
        self.eight = eight
      }
    }

    /// Expected values by xterm's `256colres.h`.
    static let cases = [
      Case(.named(3), 3, 3), Case(.named(11), 11, 3), Case(.indexed(196), 196, 1),
      Case(.named(8), 8, 7), Case(.indexed(16), 16, 0), Case(.indexed(255), 255, 7),
      Case(.rgb(0, 0, 0), 16, 0),
      Case(.rgb(255, 255, 255), 231, 7), Case(.rgb(250, 4, 4), 196, 1),
      Case(.rgb(95, 135, 175), 67, 6),
      Case(.rgb(8, 8, 8), 232, 0), Case(.rgb(118, 118, 118), 243, 7), Case(.rgb(1, 255, 2), 46, 2),
    ]

    @Test(arguments: cases)
    func `A colour is drawn as near as the terminal can`(example: Case) throws {
      for (terminal, expected) in [("xterm-256color", example.palette), ("xterm", example.eight)] {
        let stage = try Stage(terminal: terminal, columns: 2, rows: 1)
        defer { stage.close() }
        var frame = Frame(size: Size(columns: 2, rows: 1))
        frame.write([Cell("x", style: Style(foreground: example.color))], row: 0)
        stage.renderer.draw(frame)
        #expect(stage.emulator.cell(row: 0, column: 0).foreground == .indexed(expected))
      }
    }

    @Test func `A terminal of 256 colours is known that calls itself xterm`() {
      for mark in ["XTERM_VERSION", "VTE_VERSION", "KONSOLE_VERSION"] {
        let settings = TerminalSettings(environment: ["TERM": "xterm", mark: "379"])
        #expect(settings.richerName == "xterm-256color")
      }
      for environment in [
        ["TERM": "xterm"], ["TERM": "xterm", "VTE_VERSION": ""],
        ["TERM": "xterm-color", "XTERM_VERSION": "379"], ["TERM": "linux", "VTE_VERSION": "1"],
      ] {
        #expect(TerminalSettings(environment: environment).richerName == nil)
      }
    }
  }
}
