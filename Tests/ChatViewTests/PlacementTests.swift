import ChatEngine
import ChatScreen
import Conversation
import Screen
import Testing

/// Pictures in real pixels among the text.
@Suite struct PlacementTests {
  private let preview = PixelPreview(
    name: "a.png", size: Size(columns: 6, rows: 3), pixels: (54, 50), cellHeight: 18
  ) { _ in "data" }

  /// A conversation whose first message has a picture in pixels.
  private func stage(_ columns: Int, _ rows: Int) -> Stage {
    var stage = Stage(columns, rows)
    stage.capabilities.previewsAreOn = true
    stage.add(.user, "What is this?", pictures: [Stage.picture("a.png", 64, 64)])
    _ = stage.draw()
    for key in stage.state.previews.keys {
      stage.handle(.preview(.drawnInPixels(key, preview)))
    }
    return stage
  }

  @Test(arguments: [(40, 10), (80, 24), (200, 50)])
  func `A picture stands between its name and the text`(columns: Int, rows: Int) throws {
    var stage = stage(columns, rows)
    let frame = stage.draw()
    let placement = try #require(frame.placements.first)
    #expect(frame.placements.count == 1)
    #expect(placement.rows == 0..<3)
    let lines = frame.rows.map(\.text)
    #expect(lines[placement.origin.row - 1].contains("a.png"))
    #expect(lines[placement.screenRows.upperBound].contains("What is this?"))
    #expect(lines[placement.screenRows].allSatisfy { !$0.contains("data") })
  }

  @Test func `It is scrolled with the text, cut at the edge, and gone behind it`() {
    var stage = stage(80, 24)
    stage.add(.assistant, (1...60).map { "line \($0)\n\n" }.joined())
    _ = stage.draw()
    #expect(stage.draw().placements == [])
    stage.press(.top)
    let whole = stage.draw().placements
    #expect(whole.map(\.rows) == [0..<3])
    var tops: [Int] = []
    for _ in 0..<5 {
      tops += stage.draw().placements.map(\.rows.lowerBound)
      stage.press(.lineDown)
    }
    #expect(tops == [0, 0, 1, 2])
  }

  @Test func `A page over the transcript covers it, and leaving that brings it back`() {
    var stage = stage(80, 24)
    #expect(stage.draw().placements.count == 1)
    stage.enter("/help")
    #expect(stage.draw().placements == [])
    stage.press(.cancel)
    #expect(stage.draw().placements.count == 1)
  }

  @Test func `One of a message that is left out stays in sight`() {
    var stage = stage(80, 24)
    stage.enter("/forget 1")
    #expect(stage.state.conversation.messages.path.first?.omission == .all)
    #expect(stage.draw().placements.count == 1)
  }
}
