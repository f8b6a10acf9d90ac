package import Conversation

/// How a family of models looks at pictures, and what that costs (OpenAI, "Images and vision",
/// "Calculating costs").
package enum PictureRule: Hashable, Sendable {
  /// Fixed tiles of 512 pixels.
  case tiles(TileRule)
  /// Patches of 32 pixels, up to a budget.
  case patches(PatchRule)
  /// A family whose rule nobody has published.
  case unknown

  /// The size that a picture of `size` shall have before it is sent; never larger than `size`.
  ///
  /// `original` leaves it alone, `low` fits it into 512×512, `high` and `auto` into what the family
  /// looks at: where that is unknown, as tiles, which is what most servers copied.
  package func sentSize(of size: PixelSize, detail: Detail) -> PixelSize {
    switch (detail, self) {
    case (.original, _): size
    case (.low, _): size.fitted(toSide: 512)
    case (_, .patches(let rule)): rule.high.size(of: size)
    case (_, .tiles), (_, .unknown): TileRule.size(of: size)
    }
  }

  /// The tokens of a picture that arrives with `size` pixels and `detail`.
  package func tokens(for size: PixelSize, detail: Detail) -> TokenEstimate {
    switch self {
    case .tiles(let rule): rule.tokens(for: size, detail: detail)
    case .patches(let rule): rule.tokens(for: size, detail: detail)
    case .unknown: .unknown
    }
  }
}

extension PixelSize {
  /// The size fitted into a square of `side` pixels, its shape kept, rounded to whole pixels.
  func fitted(toSide side: Int) -> PixelSize {
    let longest = max(width, height)
    guard longest > side else { return self }
    let scale = Double(side) / Double(longest)
    return PixelSize(
      width: max(1, Int((Double(width) * scale).rounded())),
      height: max(1, Int((Double(height) * scale).rounded())))
  }

  /// The size times `scale`, cut to whole pixels, at least one each way.
  func scaledDown(by scale: Double) -> PixelSize {
    // A product that should be whole may come out a hair below it.
    func cut(_ side: Int) -> Int { max(1, Int(Double(side) * scale + 1e-9)) }
    return PixelSize(width: cut(width), height: cut(height))
  }
}

extension Int {
  /// The quotient rounded up; both numbers positive.
  func dividedRoundingUp(by divisor: Int) -> Int { (self + divisor - 1) / divisor }
}
