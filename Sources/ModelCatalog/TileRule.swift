import Conversation

/// The tile rule: a base, and a price for each 512-pixel tile of the fitted picture.
package struct TileRule: Hashable, Sendable {
  /// The whole cost at `low` detail.
  package var base: Int
  package var perTile: Int

  package init(base: Int, perTile: Int) {
    self.base = base
    self.perTile = perTile
  }

  func tokens(for size: PixelSize, detail: Detail) -> TokenEstimate {
    guard detail != .low else { return .exact(base) }
    let seen = Self.size(of: size)
    let tiles = seen.width.dividedRoundingUp(by: 512) * seen.height.dividedRoundingUp(by: 512)
    return .exact(base + perTile * tiles)
  }

  /// Within 2048×2048, then the shorter side within 768.
  ///
  /// The first step rounds and the second cuts, as bills show (community.openai.com 1281361:
  /// 2049×513 is billed as eight tiles, four by two; 2050×513 as four in one row).
  static func size(of size: PixelSize) -> PixelSize {
    let fitted = size.fitted(toSide: 2_048)
    let shortest = min(fitted.width, fitted.height)
    return shortest > 768 ? fitted.scaledDown(by: 768 / Double(shortest)) : fitted
  }
}
