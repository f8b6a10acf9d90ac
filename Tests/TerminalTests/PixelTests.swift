import Foundation
import Screen
import Terminal
import TerminalEmulator
import Testing

extension TerminalSuite {
  /// Pictures in real pixels, beside what curses writes.
  @Suite(.serialized) struct PixelTests {
    private static let kitty = PixelPicture(
      drawing: "\u{1B}_Ga=T,i=7;AAAA\u{1B}\\", removal: "\u{1B}_Ga=d,d=I,i=7\u{1B}\\")
    private static let sixel = PixelPicture(
      drawing: "\u{1B}P0;1q\"1;1;6;6#0~\u{1B}\\", removal: "")

    private func draw(_ picture: PixelPicture?, _ lines: [String], on stage: Stage) -> String {
      var frame = stage.frame(lines, cursor: Point(column: 3, row: 1))
      frame.picture = picture
      frame.picture?.origin = Point(column: 4, row: 2)
      stage.renderer.draw(frame)
      return String(decoding: stage.takeOutput(), as: UTF8.self)
    }

    @Test(arguments: [kitty, sixel])
    func `Pixels are drawn once, at their cell, and the cursor stays`(
      picture: PixelPicture
    ) throws {
      let stage = try Stage(columns: 20, rows: 6)
      defer { stage.close() }
      let output = draw(picture, ["one"], on: stage)
      #expect(output.hasSuffix("\u{1B}7\u{1B}[3;5H\(picture.drawing)\u{1B}8"))
      #expect(stage.emulator.cursor == (row: 1, column: 3))
      #expect(draw(picture, ["one"], on: stage).isEmpty)
      let second = draw(picture, ["one", "", "", "", "", "two"], on: stage)
      #expect(!second.contains(picture.drawing))
      #expect(second.contains("two"))
      #expect(stage.emulator.text == "one\n\n\n\n\ntwo")
    }

    @Test func `A kitty picture is taken off by its own command`() throws {
      let stage = try Stage(columns: 20, rows: 6)
      defer { stage.close() }
      _ = draw(Self.kitty, ["one"], on: stage)
      let output = draw(nil, ["one", "two"], on: stage)
      #expect(output.hasPrefix(Self.kitty.removal))
      #expect(!output.contains("\u{1B}[2J"))
      #expect(draw(nil, ["one", "two"], on: stage).isEmpty)
    }

    @Test func `A sixel picture is erased with the screen, which is painted again`() throws {
      let stage = try Stage(columns: 20, rows: 6)
      defer { stage.close() }
      _ = draw(Self.sixel, ["one"], on: stage)
      let output = draw(nil, ["one", "two"], on: stage)
      #expect(output.contains("\u{1B}[2J"))
      #expect(output.contains("one"))
      #expect(stage.emulator.text == "one\ntwo")
    }

    @Test func `A repaint draws the picture again`() throws {
      let stage = try Stage(columns: 20, rows: 6)
      defer { stage.close() }
      _ = draw(Self.kitty, ["one"], on: stage)
      stage.renderer.repaint()
      let output = draw(Self.kitty, ["one"], on: stage)
      #expect(output.contains("one"))
      #expect(output.hasPrefix(Self.kitty.removal))
      #expect(output.contains(Self.kitty.drawing))
    }

    @Test func `Who takes the terminal over finds no picture`() throws {
      let stage = try Stage(columns: 20, rows: 6)
      defer { stage.close() }
      _ = draw(Self.kitty, ["one"], on: stage)
      stage.renderer.suspend()
      #expect(String(decoding: stage.takeOutput(), as: UTF8.self).hasPrefix(Self.kitty.removal))
      stage.renderer.resume(size: Size(columns: 20, rows: 6))
      #expect(draw(Self.kitty, ["one"], on: stage).contains(Self.kitty.drawing))
      stage.renderer.close()
      #expect(String(decoding: stage.takeOutput(), as: UTF8.self).hasPrefix(Self.kitty.removal))
    }

    @Test(arguments: [
      ("xterm-256color", true), ("xterm-kitty", true), ("foot", true), ("mlterm", true),
      ("tmux-256color", false), ("screen-256color", false), ("linux", false), ("vt100", false),
    ])
    func `Consoles and multiplexers are not asked for pixels`(name: String, isAsked: Bool) {
      #expect(TerminalSettings(environment: ["TERM": name]).mayDrawPixels == isAsked)
      #expect(!TerminalSettings(environment: ["TERM": name, "TMUX": "/tmp/x,1,0"]).mayDrawPixels)
    }
  }
}
