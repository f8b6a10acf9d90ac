import Screen
import SeededNumbers
import Testing

struct FittingTests {
  @Test func `Text that fits is left alone`() {
    let cells = Cell.cells(of: "你好")
    #expect(cells.truncated(to: 4) == cells)
    #expect(cells.clipped(to: 4) == cells)
    #expect(cells.padded(to: 4) == cells)
  }

  @Test(arguments: [
    (Truncation.end, 7, "trip-p…"), (.start, 7, "…os.png"), (.middle, 7, "tri…png"),
    (.end, 1, "…"), (.end, 0, ""), (.end, -1, ""),
  ])
  func `An ellipsis marks what was cut`(_ place: Truncation, _ columns: Int, _ expected: String) {
    #expect(Cell.cells(of: "trip-photos.png").truncated(to: columns, at: place).text == expected)
  }

  @Test func `A wide character is never halved`() {
    let cells = Cell.cells(of: "一二三四")
    #expect(cells.clipped(to: 3).text == "一")
    #expect(cells.truncated(to: 6).text == "一二…")
    #expect(cells.truncated(to: 6, at: .start).text == "…三四")
    #expect(cells.truncated(to: 6, at: .middle).text == "一…四")
  }

  @Test func `The ellipsis is as wide as the rules say`() {
    let wide = WidthRules(ambiguousIsWide: true)
    #expect(Cell.cells(of: "abcdef").truncated(to: 4, rules: wide).text == "ab…")
    #expect(Cell.cells(of: "abcdef").truncated(to: 1, rules: wide).isEmpty)
  }

  @Test(arguments: [
    (Alignment.leading, "ab   "), (.center, " ab  "), (.trailing, "   ab"),
  ])
  func `Padding fills up to a width`(_ alignment: Alignment, _ expected: String) {
    #expect(Cell.cells(of: "ab").padded(to: 5, alignment: alignment).text == expected)
  }

  @Test(arguments: 1...200)
  func `Fitted text is exactly as wide as asked`(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let rules = WidthRules(ambiguousIsWide: seed.isMultiple(of: 2))
    let cells = Cell.cells(of: random.line(pieces: 12), rules: rules)
    let columns = Int.random(in: 0...30, using: &random)
    let place = try #require([Truncation.start, .middle, .end].randomElement(using: &random))
    let fitted = cells.fitted(to: columns, at: place, rules: rules)
    #expect(fitted.count == columns)
    expectWhole(fitted)
  }
}
