import Screen
import Testing

/// Where the pictures of a frame stand, as their cells tell.
struct PlacementTests {
  private let preview = PixelPreview(
    name: "lake", size: Size(columns: 4, rows: 3), pixels: (35, 50), cellHeight: 20
  ) { "data of \($0)" }

  private func frame(_ origins: Point...) -> Frame {
    var frame = Frame(size: Size(columns: 12, rows: 5))
    frame.previews = [preview]
    for origin in origins {
      for (row, cells) in preview.cells.enumerated() {
        frame.write(cells, row: origin.row + row, column: origin.column)
      }
    }
    return frame
  }

  private func placement(
    _ ordinal: Int, _ column: Int, _ row: Int, _ rows: Range<Int>
  ) -> PixelPlacement {
    PixelPlacement(
      preview: preview, ordinal: ordinal, origin: Point(column: column, row: row), rows: rows)
  }

  @Test func `A picture stands where its cells are, and covers as many`() {
    #expect(preview.cells.map(\.count) == [4, 4, 4])
    #expect(frame(Point(column: 2, row: 1)).placements == [placement(1, 2, 1, 0..<3)])
    #expect(frame().placements == [])
  }

  @Test(arguments: [(-2, 0, 2..<3), (-1, 0, 1..<3), (3, 3, 0..<2), (4, 4, 0..<1)])
  func `What is scrolled off at either end is cut off`(at: Int, row: Int, rows: Range<Int>) {
    #expect(frame(Point(column: 0, row: at)).placements == [placement(1, 0, row, rows)])
  }

  @Test func `Rows that something else is written over are not shown`() {
    var frame = frame(Point(column: 3, row: 1))
    frame.write(Cell.cells(of: "桥"), row: 2, column: 6)
    #expect(frame.placements == [placement(1, 3, 1, 0..<1), placement(2, 3, 3, 2..<3)])
  }

  @Test func `The same picture may stand in several places`() {
    let frame = frame(Point(column: 0, row: 0), Point(column: 6, row: 0), Point(column: 0, row: 3))
    #expect(
      frame.placements == [
        placement(1, 0, 0, 0..<3), placement(2, 6, 0, 0..<3), placement(3, 0, 3, 0..<2),
      ])
  }

  @Test func `Pictures of one content have one number, others another`() {
    let same = PixelPreview(
      name: "lake", size: Size(columns: 1, rows: 1), pixels: (1, 1), cellHeight: 1
    ) { _ in "" }
    let other = PixelPreview(
      name: "lake 2", size: Size(columns: 1, rows: 1), pixels: (1, 1), cellHeight: 1
    ) { _ in "" }
    #expect(same.number == preview.number)
    #expect(other.number != preview.number)
    #expect(preview.transmission == "data of \(preview.number)")
  }
}
