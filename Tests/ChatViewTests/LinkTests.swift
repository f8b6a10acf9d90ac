import Conversation
import Screen
import Testing

/// Where a click on the transcript leads.
@Suite struct LinkTests {
  private static let address = "https://example.com/a/long/path/that/has/to/be/wrapped/中文?q=1#part"

  /// The text of the cells that lead to an address, row by row.
  private func linked(_ frame: Frame, to address: String) -> String {
    let cells = frame.rows.joined().filter {
      $0.style.link == LinkID(of: address) && frame.links[$0.style.link] != nil && $0.width > 0
    }
    return String(String.UnicodeScalarView(cells.map(\.base)))
  }

  @Test(arguments: [40, 80, 200])
  func `A link leads to its address with its text and all of the address`(columns: Int) {
    var stage = Stage(columns, 30)
    stage.add(
      .assistant, "See [the guide](\(Self.address)).\n\n| a |\n|---|\n| [b](http://b.example) |")
    let frame = stage.draw()
    #expect(linked(frame, to: Self.address) == "the guide" + Self.address)
    #expect(linked(frame, to: "http://b.example") == "bhttp://b.example")
  }

  @Test func `Text beside a link, and what people wrote, lead nowhere`() {
    var stage = Stage(80, 30)
    stage.add(.user, "[mine](https://example.com/mine)")
    stage.add(.assistant, "Before [in](https://example.com/in) after [rel](docs/a.md)")
    let frame = stage.draw()
    let leading = frame.rows.joined().filter { frame.links[$0.style.link] != nil && $0.width > 0 }
    #expect(String(String.UnicodeScalarView(leading.map(\.base))) == "inhttps://example.com/in")
  }

  @Test func `Links out of sight are not in the frame`() {
    var stage = Stage(80, 10)
    stage.add(.assistant, "[top](https://example.com/top)")
    stage.add(.assistant, (1...40).map { "line \($0)\n\n" }.joined())
    #expect(stage.draw().links.isEmpty)
  }
}
