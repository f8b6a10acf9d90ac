import ChatEngine
import ChatScreen
import Screen
import Terminal
import TerminalEmulator
import Testing

extension CursesSuite {
  /// Every scene, drawn by each terminal's entry in terminfo.
  ///
  /// The emulator is an xterm. That tells on entries of others in one respect only: the Linux console
  /// and the video terminals have no second screen, so theirs is not looked for.
  @Suite(.serialized) struct TerminfoTests {
    private static let sizes = [(40, 10), (80, 24), (300, 100)].map {
      Size(columns: $0.0, rows: $0.1)
    }

    @Test(arguments: TerminfoEntry.all, sizes)
    func `Scene after scene stands on it as it should be shown`(
      _ entry: TerminfoEntry, _ size: Size
    ) throws {
      let glass = try glass(size, entry)
      defer { glass.close() }
      for scene in scenes(at: size) {
        var stage = stage(scene, on: glass, size)
        glass.draw(stage.draw())
        #expect(glass.difference(from: stage.drawAnew()) == nil, "\(scene.name)")
      }
    }

    /// All at the sizes that are looked at quickly, a few on a screen of 30,000 cells.
    private func scenes(at size: Size) -> [Scene] {
      let few = [
        "conversation", "streaming", "page", "Chinese table", "emphasis", "hostile text",
        "picture over the whole screen",
      ]
      return Scene.all.filter {
        // The emulator takes East Asia's ambiguous characters to be narrow.
        size.rows < 100 ? $0.name != "ambiguous signs wide" : few.contains($0.name)
      }
    }

    @Test(arguments: TerminfoEntry.all)
    func `It is left as it was`(_ entry: TerminfoEntry) throws {
      let size = Size(columns: 80, rows: 24)
      let glass = try glass(size, entry)
      for scene in Scene.all {
        var stage = stage(scene, on: glass, size)
        glass.draw(stage.draw())
      }
      glass.close()
      let emulator = glass.emulator
      #expect(!emulator.isAlternateScreen && emulator.isCursorVisible)
      #expect(!emulator.hasBracketedPaste && !emulator.reportsMouse)
      let cursor = emulator.cursor
      emulator.feed("x".utf8)
      let next = emulator.cell(row: cursor.row, column: cursor.column)
      #expect(next.text == "x" && next.attributes == [])
      #expect(next.foreground == nil && next.background == nil)
    }

    @Test(arguments: TerminfoEntry.all)
    func `Who speaks is told apart, with colours and without`(_ entry: TerminfoEntry) throws {
      let size = Size(columns: 80, rows: 40)
      let glass = try glass(size, entry)
      defer { glass.close() }
      var stage = stage(Scene("roles") { $0.addTrip() }, on: glass, size)
      glass.draw(stage.draw())
      #expect(glass.difference(from: stage.drawAnew()) == nil)
      let rows = (0..<size.rows).map { glass.emulator.text(row: $0) }
      for role in ["system", "you", "iris"] {
        let row = try #require(rows.firstIndex { $0.hasPrefix(" \(role)") })
        let name = glass.emulator.cell(row: row, column: 1)
        let text = glass.emulator.cell(row: row, column: 9)
        #expect(name.attributes == .bold && text.attributes == [], "\(role)")
      }
    }

    private func glass(_ size: Size, _ entry: TerminfoEntry) throws -> Glass {
      do {
        return try Glass(size, terminal: entry)
      } catch TerminalError.unknownTerminal {
        try Test.cancel("no \(entry.name) in terminfo here: `make test` installs it on Debian")
      }
    }

    private func stage(_ scene: Scene, on glass: Glass, _ size: Size) -> Stage {
      var stage = Stage(size.columns, size.rows)
      stage.capabilities.colors = glass.colors
      scene.set(&stage)
      return stage
    }
  }
}

extension Glass {
  /// The colours that it has, in the words of the state.
  fileprivate var colors: ChatScreen.ColorDepth {
    switch depth {
    case .none: .none
    case .eight, .sixteen: .basic
    case .palette: .indexed
    case .direct: .direct
    }
  }
}
