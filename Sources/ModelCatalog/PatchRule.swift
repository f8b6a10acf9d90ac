import Conversation

/// The patch rule: so many tokens for each 32-pixel patch of the fitted picture.
package struct PatchRule: Hashable, Sendable {
  /// How far a picture is reduced before its patches are counted.
  package struct Limit: Hashable, Sendable {
    package var side: Int
    /// The most patches; nil for no bound.
    package var budget: Int?

    package init(side: Int, budget: Int?) {
      self.side = side
      self.budget = budget
    }
  }

  package var low: Limit
  package var high: Limit
  package var original: Limit
  /// Whether `auto` looks as closely as `original`, or else as `high`.
  package var autoIsOriginal: Bool
  package var multiplier: Double
  /// Whether the published sources agree on the rule.
  package var isCertain: Bool

  package init(
    low: Limit, high: Limit, original: Limit, autoIsOriginal: Bool = false,
    multiplier: Double, isCertain: Bool = true
  ) {
    self.low = low
    self.high = high
    self.original = original
    self.autoIsOriginal = autoIsOriginal
    self.multiplier = multiplier
    self.isCertain = isCertain
  }

  func limit(at detail: Detail) -> Limit {
    switch detail {
    case .low: low
    case .high, .tiles: high
    case .original: original
    case .auto: autoIsOriginal ? original : high
    }
  }

  func tokens(for size: PixelSize, detail: Detail) -> TokenEstimate {
    let limit = limit(at: detail)
    let patches = min(limit.size(of: size).patchCount, limit.budget ?? .max)
    // 1000 patches at 1.2 are 1200 tokens, though 1000 × 1.2 comes out a hair above.
    let tokens = Int((Double(patches) * multiplier - 1e-9).rounded(.up))
    return isCertain ? .exact(tokens) : .approximate(tokens)
  }
}

extension PatchRule.Limit {
  /// The size within the side, then reduced until its patches fit the budget.
  ///
  /// The second step makes one of the sides a whole number of patches, as the guide's formula does.
  func size(of size: PixelSize) -> PixelSize {
    let fitted = size.fitted(toSide: side)
    guard let budget, fitted.patchCount > budget else { return fitted }
    let (width, height) = (Double(fitted.width), Double(fitted.height))
    let scale = (Double(32 * 32 * budget) / (width * height)).squareRoot()
    let (across, down) = (width * scale / 32, height * scale / 32)
    let toWholePatches = min(across.rounded(.down) / across, down.rounded(.down) / down)
    return fitted.scaledDown(by: scale * toWholePatches)
  }
}

extension PixelSize {
  fileprivate var patchCount: Int {
    width.dividedRoundingUp(by: 32) * height.dividedRoundingUp(by: 32)
  }
}
