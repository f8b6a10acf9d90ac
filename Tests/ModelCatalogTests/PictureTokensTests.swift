import Conversation
import ModelCatalog
import Testing

/// The published and billed figures, and those that follow from the published rules.
///
/// "guide" is OpenAI's "Images and vision"; "forum" is a bill in community.openai.com 1281361, less
/// its 8 tokens of text; "computed" follows the guide's formula in an independent calculator.
@Suite struct PictureTokensTests {
  struct Vector: CustomTestStringConvertible {
    let model: String
    let detail: Detail
    let width: Int
    let height: Int
    let tokens: Int

    init(_ model: String, _ detail: Detail, _ width: Int, _ height: Int, _ tokens: Int) {
      (self.model, self.detail) = (model, detail)
      (self.width, self.height, self.tokens) = (width, height, tokens)
    }

    var testDescription: String { "\(model) \(detail) \(width)×\(height): \(tokens)" }
  }

  private static let published = [
    // guide, 2026
    Vector("gpt-5.4", .high, 1024, 1024, 1229),
    Vector("gpt-5.4", .high, 2048, 2048, 3000),
    // guide, 2025
    Vector("gpt-4o", .high, 1024, 1024, 765),
    Vector("gpt-4o", .high, 2048, 4096, 1105),
    Vector("gpt-4o", .low, 4096, 8192, 85),
    // forum
    Vector("gpt-4.1", .high, 2049, 513, 1445),
    Vector("gpt-4.1", .high, 2050, 513, 765),
  ]

  private static let computedTiles = [
    Vector("gpt-4o", .auto, 512, 512, 255), Vector("gpt-4o", .auto, 768, 768, 765),
    Vector("gpt-4o", .auto, 1920, 1080, 1105), Vector("gpt-4o", .auto, 4096, 8192, 1105),
    Vector("gpt-4o", .auto, 100, 3000, 765),
    Vector("gpt-4o-mini", .high, 512, 512, 8500), Vector("gpt-4o-mini", .high, 1024, 1024, 25501),
    Vector("gpt-4o-mini", .high, 2048, 4096, 36835), Vector("gpt-4o-mini", .low, 900, 900, 2833),
    Vector("gpt-5.1", .high, 512, 512, 210), Vector("gpt-5", .high, 1024, 1024, 630),
    Vector("gpt-5.1", .high, 1920, 1080, 910),
    Vector("o1", .high, 512, 512, 225), Vector("o3", .high, 1024, 1024, 675),
    Vector("o3", .high, 4096, 8192, 975),
  ]

  private static let computedPatches = [
    Vector("gpt-5.6-sol", .low, 1024, 1024, 308), Vector("gpt-5.5", .low, 1920, 1080, 173),
    Vector("gpt-5.5", .low, 4032, 3024, 231), Vector("gpt-5.5", .low, 1, 1, 2),
    Vector("gpt-5.4", .high, 1800, 2400, 2942), Vector("gpt-5.4", .auto, 1920, 1080, 2448),
    Vector("gpt-5.4", .original, 4032, 3024, 11868),
    Vector("gpt-5.4", .low, 2048, 2048, 4916),
    Vector("gpt-5.5", .original, 1800, 2400, 5130), Vector("gpt-5.5", .auto, 2048, 2048, 4916),
    Vector("gpt-5.2", .high, 1024, 1024, 1229), Vector("gpt-5.2", .low, 1800, 2400, 3687),
    Vector("gpt-5.2", .auto, 4032, 3024, 3687),
    Vector("gpt-4.1-mini", .high, 1024, 1024, 1659), Vector("gpt-4.1-mini", .low, 1920, 1080, 3305),
    Vector("gpt-4.1-mini", .high, 4032, 3024, 4977),
    Vector("gpt-4.1-mini", .high, 4000, 1474, 2489),
    Vector("o4-mini", .high, 512, 512, 441), Vector("o4-mini", .high, 1920, 1080, 2594),
    Vector("o4-mini", .high, 1800, 2400, 2498), Vector("o4-mini", .high, 2048, 2048, 2617),
  ]

  /// Width, height, then the tokens of GPT-6 `auto`, GPT-6 `high` and GPT-5.5 `auto`.
  private static let newest = [
    (256, 256, 77, 77, 77), (512, 512, 308, 308, 308), (768, 768, 692, 692, 692),
    (1024, 1024, 1229, 1229, 1229), (1280, 720, 1104, 1104, 1104),
    (1920, 1080, 2448, 2448, 2448), (1080, 1920, 2448, 2448, 2448),
    (2560, 1440, 4320, 2765, 4320), (3840, 2160, 9792, 2765, 9792),
    (4032, 3024, 14364, 2942, 11868),
  ].flatMap { width, height, auto, high, older in
    [
      Vector("gpt-6-sol", .auto, width, height, auto),
      Vector("gpt-5.6-sol", .auto, width, height, auto),
      Vector("gpt-6-sol", .high, width, height, high),
      Vector("gpt-5.5", .auto, width, height, older),
    ]
  }

  @Test(arguments: published + computedTiles + computedPatches + newest)
  func `A picture costs what the family's rule says`(_ vector: Vector) {
    let model = ModelCatalog.builtIn.model(named: vector.model)
    let size = PixelSize(width: vector.width, height: vector.height)
    #expect(model.pictures.tokens(for: size, detail: vector.detail).tokens == vector.tokens)
  }

  @Test(arguments: [
    ("gpt-4o", true), ("gpt-5.4", true), ("gpt-5.6-terra", true), ("o3", true),
    ("gpt-6-luna", false), ("gpt-5.4-mini", false), ("gpt-5-nano", false), ("gpt-4.1-mini", false),
  ])
  func `Only a rule that its sources agree on is exact`(name: String, isExact: Bool) {
    let model = ModelCatalog.builtIn.model(named: name)
    let tokens = model.pictures.tokens(for: PixelSize(width: 64, height: 64), detail: .high)
    #expect((tokens == tokens.tokens.map(TokenEstimate.exact)) == isExact)
  }

  @Test func `A family without a published rule has no price`() {
    let model = ModelCatalog.builtIn.model(named: "llava")
    let size = PixelSize(width: 640, height: 480)
    #expect(model.pictures.tokens(for: size, detail: .high) == .unknown)
  }

  @Test func `A budget of 1536 patches counts as the guide's examples do`() {
    let limit = PatchRule.Limit(side: 65_535, budget: 1_536)
    let rule = PictureRule.patches(
      PatchRule(low: limit, high: limit, original: limit, multiplier: 1))
    let (small, large) = (
      PixelSize(width: 1024, height: 1024), PixelSize(width: 1800, height: 2400)
    )
    #expect(rule.tokens(for: small, detail: .high) == .exact(1_024))
    #expect(rule.tokens(for: large, detail: .high) == .exact(1_452))
    #expect(rule.sentSize(of: large, detail: .high) == PixelSize(width: 1_056, height: 1_408))
  }
}
