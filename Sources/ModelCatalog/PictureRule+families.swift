/// The rules of OpenAI's families, as the guide "Images and vision" had them after July 2026.
///
/// Where that guide and its version of July 2026 contradict each other, or only others say that a
/// family follows a rule, the rule is not certain and its figures are approximate.
extension PictureRule {
  package static let gpt4o = tiles(TileRule(base: 85, perTile: 170))
  package static let gpt4oMini = tiles(TileRule(base: 2_833, perTile: 5_667))
  package static let gpt5 = tiles(TileRule(base: 70, perTile: 140))
  package static let o1 = tiles(TileRule(base: 75, perTile: 150))

  package static let gpt52 = uniform(budget: 6_144, multiplier: 1.2)
  package static let gpt54 = patches(closer(low: .wide, original: .sixThousand))
  package static let gpt54Small = patches(
    closer(low: .wide, original: .sixThousand, isCertain: false))
  package static let gpt55 = patches(
    closer(low: .thumbnail, original: .sixThousand, autoIsOriginal: true))
  package static let gpt56 = patches(
    closer(low: .thumbnail, original: .unbounded, autoIsOriginal: true))
  /// As GPT-5.6, say third parties.
  package static let gpt6 = patches(
    closer(low: .thumbnail, original: .unbounded, autoIsOriginal: true, isCertain: false))

  package static let gpt41Mini = uniform(budget: 6_144, multiplier: 1.62, isCertain: false)
  package static let gpt41Nano = uniform(budget: 1_536, multiplier: 2.46, isCertain: false)
  package static let gpt5Mini = uniform(budget: 6_144, multiplier: 1.2, isCertain: false)
  package static let gpt5Nano = uniform(budget: 6_144, multiplier: 1.5, isCertain: false)
  package static let o4Mini = uniform(budget: 1_536, multiplier: 1.72, isCertain: false)

  /// A family that looks in the same way at every level.
  private static func uniform(
    budget: Int, multiplier: Double, isCertain: Bool = true
  ) -> PictureRule {
    let limit = PatchRule.Limit(side: 2_048, budget: budget)
    return patches(
      PatchRule(
        low: limit, high: limit, original: limit, multiplier: multiplier, isCertain: isCertain))
  }

  /// A family with levels; all of them share their `high` and their multiplier.
  private static func closer(
    low: PatchRule.Limit, original: PatchRule.Limit, autoIsOriginal: Bool = false,
    isCertain: Bool = true
  ) -> PatchRule {
    PatchRule(
      low: low, high: PatchRule.Limit(side: 2_048, budget: 2_500), original: original,
      autoIsOriginal: autoIsOriginal, multiplier: 1.2, isCertain: isCertain)
  }
}

extension PatchRule.Limit {
  fileprivate static let thumbnail = Self(side: 512, budget: nil)
  /// The `low` of GPT-5.4, which can cost more than its `high`.
  fileprivate static let wide = Self(side: 2_048, budget: 6_144)
  fileprivate static let sixThousand = Self(side: 6_000, budget: 10_000)
  fileprivate static let unbounded = Self(side: 65_535, budget: nil)
}
