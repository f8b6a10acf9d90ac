import Conversation
import ModelCatalog
import Testing

/// Long pictures as tiles whose print can be read: a share of 0.75 of a size keeps print of 12 pixels at 9.
@Suite struct TilePlanTests {
  private static let rules: [PictureRule] = [.gpt4o, .gpt4oMini, .gpt52, .gpt54, .gpt56, .unknown]
  private static let sizes = [
    (1_080, 20_000), (20_000, 1_080), (1_170, 8_000), (3_840, 2_160), (2_480, 3_508), (900, 30_000),
    (4_000, 4_000), (1_024, 1_500), (1_100, 1_100),
  ].map(PixelSize.init)

  @Test(arguments: rules, sizes)
  func `Tiles cover the picture, share a strip, and keep print`(rule: PictureRule, size: PixelSize)
    throws
  {
    guard let plan = TilePlan(of: size, by: rule) else { return }
    #expect((2...TilePlan.maximumCount).contains(plan.count))
    #expect(plan.tiles.count == plan.count)
    let sent = rule.sentSize(of: plan.tile, detail: .high)
    #expect(Double(sent.width) >= 0.75 * Double(plan.tile.width))
    #expect(Double(sent.height) >= 0.75 * Double(plan.tile.height))
    let lefts = Set(plan.tiles.map(\.left)).sorted()
    let tops = Set(plan.tiles.map(\.top)).sorted()
    for (starts, length, side) in [
      (lefts, plan.tile.width, size.width), (tops, plan.tile.height, size.height),
    ] {
      #expect(starts.first == 0)
      #expect(starts.last == side - length)
      // Two lines of print at least.
      #expect(zip(starts, starts.dropFirst()).allSatisfy { $0 + length - $1 >= 40 })
    }
  }

  @Test(arguments: rules, sizes)
  func `A picture that can be read whole is not cut, any other is`(
    rule: PictureRule, size: PixelSize
  ) {
    let sent = rule.sentSize(of: size, detail: .high)
    let share = Double(sent.width) / Double(size.width)
    let plan = TilePlan(of: size, by: rule)
    if share > 0.76 { #expect(plan == nil) }
    if share < 0.74 { #expect(plan != nil) }
  }

  @Test func `Tiles of a long page go from top to bottom, and each is priced`() throws {
    let page = PixelSize(width: 1_080, height: 20_000)
    let plan = try #require(TilePlan(of: page, by: .gpt4o))
    #expect(plan.columns == 1)
    // 1024 pixels shrink to 768, three quarters of them: 20,000 = 22 × 1024 - 21 × 120 at the most.
    #expect((20...23).contains(plan.rows))
    #expect(plan.tiles.map(\.top) == plan.tiles.map(\.top).sorted())
    #expect(plan.tiles.allSatisfy { $0.left == 0 && $0.size == plan.tile })
    // 810 × 768 are four tiles of 512: 85 + 4 × 170.
    #expect(plan.tokens == .exact(plan.count * 765))
  }

  @Test func `Tiles of a wide picture go from left to right, row by row`() throws {
    let wide = try #require(TilePlan(of: PixelSize(width: 20_000, height: 1_080), by: .gpt4o))
    // At most 2730 pixels of a row keep print: 20,000 = 8 × 2579 - 7 × 90.
    #expect(wide.columns == 8)
    let places = wide.tiles.map { [$0.top, $0.left] }
    #expect(places == places.sorted { $0.lexicographicallyPrecedes($1) })
  }

  @Test func `A model that looks closer needs fewer tiles`() throws {
    let page = PixelSize(width: 1_080, height: 20_000)
    let far = try #require(TilePlan(of: page, by: .gpt4o))
    let near = try #require(TilePlan(of: page, by: .gpt56))
    #expect(near.count < far.count)
  }

  @Test func `A screen is not cut into columns where rows do as well`() throws {
    let plan = try #require(TilePlan(of: PixelSize(width: 3_840, height: 2_160), by: .gpt4o))
    #expect(plan.columns <= plan.rows)
  }

  @Test func `What would need too many tiles is not cut`() {
    #expect(TilePlan(of: PixelSize(width: 3_000, height: 65_000), by: .gpt4o) == nil)
  }
}
