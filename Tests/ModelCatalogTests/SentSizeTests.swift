import Conversation
import ModelCatalog
import Testing

@Suite struct SentSizeTests {
  private static let everyRule: [PictureRule] = [
    .gpt4o, .gpt4oMini, .gpt5, .o1, .gpt52, .gpt54, .gpt55, .gpt56, .gpt6, .gpt41Mini, .gpt41Nano,
    .o4Mini, .unknown,
  ]

  private static let sizes = [
    (1, 1), (1, 9_000), (9_000, 1), (31, 33), (512, 512), (513, 512), (768, 2_048), (769, 2_049),
    (1_536, 1_024), (4_032, 3_024), (3_024, 4_032), (12_000, 300), (65_535, 65_535),
  ].map(PixelSize.init)

  struct Case: CustomTestStringConvertible {
    let rule: PictureRule
    let detail: Detail
    let from: (Int, Int)
    let to: (Int, Int)
    var testDescription: String { "\(detail) \(from) → \(to)" }
  }

  @Test(arguments: [
    Case(rule: .gpt4o, detail: .high, from: (2_048, 4_096), to: (768, 1_536)),
    Case(rule: .gpt4o, detail: .auto, from: (1_536, 1_024), to: (1_152, 768)),
    Case(rule: .gpt4o, detail: .high, from: (800, 600), to: (800, 600)),
    Case(rule: .gpt4o, detail: .low, from: (800, 600), to: (512, 384)),
    Case(rule: .gpt4o, detail: .original, from: (8_000, 600), to: (8_000, 600)),
    Case(rule: .gpt54, detail: .high, from: (2_048, 2_048), to: (1_600, 1_600)),
    Case(rule: .gpt54, detail: .low, from: (1_024, 1_024), to: (512, 512)),
    Case(rule: .gpt56, detail: .auto, from: (1_920, 1_080), to: (1_920, 1_080)),
    Case(rule: .gpt52, detail: .auto, from: (4_000, 3_000), to: (2_048, 1_536)),
    Case(rule: .unknown, detail: .high, from: (4_000, 3_000), to: (1_024, 768)),
  ])
  func `A picture is fitted to what the model looks at`(_ row: Case) {
    let from = PixelSize(width: row.from.0, height: row.from.1)
    let to = PixelSize(width: row.to.0, height: row.to.1)
    #expect(row.rule.sentSize(of: from, detail: row.detail) == to)
  }

  @Test(arguments: everyRule, Detail.allCases)
  func `No picture is enlarged, emptied or fitted twice`(rule: PictureRule, detail: Detail) {
    for size in Self.sizes {
      let sent = rule.sentSize(of: size, detail: detail)
      #expect((1...size.width).contains(sent.width) && (1...size.height).contains(sent.height))
      #expect(rule.sentSize(of: sent, detail: detail) == sent, "\(size)")
    }
  }

  @Test(arguments: everyRule)
  func `Fitting a picture never makes it cost more`(rule: PictureRule) {
    for size in Self.sizes {
      let sent = rule.sentSize(of: size, detail: .high)
      let (before, after) = (
        rule.tokens(for: size, detail: .high), rule.tokens(for: sent, detail: .high)
      )
      #expect(after.tokens ?? 0 <= before.tokens ?? 0, "\(size)")
    }
  }

  @Test func `The original level is said as high on the wire and priced so`() {
    let size = PixelSize(width: 4_032, height: 3_024)
    let plan = ModelCatalog.builtIn.model(named: "gpt-5.5").plan(for: size, detail: .original)
    #expect(plan.size == size)
    #expect(plan.detail == .high)
    #expect(plan.tokens == .exact(2_942))
  }

  @Test func `A picture at low detail is priced as the small one that is sent`() {
    let size = PixelSize(width: 2_048, height: 2_048)
    let plan = ModelCatalog.builtIn.model(named: "gpt-5.4").plan(for: size, detail: .low)
    #expect(plan.size == PixelSize(width: 512, height: 512))
    #expect(plan.tokens == .exact(308))
  }
}
