package import Conversation

/// A long or large picture as tiles, which a model sees at a size at which print can be read.
///
/// Tiles go from left to right and from top to bottom, all of one size; neighbours share a strip, so
/// that no line of text is cut in both. Coordinates are pixels of the upright picture.
package struct TilePlan: Hashable, Sendable {
  /// A part of the picture.
  package struct Tile: Hashable, Sendable {
    package var left: Int
    package var top: Int
    package var size: PixelSize
  }

  /// The size of the whole picture.
  package let whole: PixelSize
  package let tile: PixelSize
  package let columns: Int
  package let rows: Int
  /// What all tiles cost together.
  package let tokens: TokenEstimate

  package var count: Int { columns * rows }

  /// In the order in which they are sent.
  package var tiles: [Tile] {
    (0..<rows).flatMap { row in
      (0..<columns).map { column in
        Tile(
          left: Self.start(of: column, of: columns, tile.width, in: whole.width),
          top: Self.start(of: row, of: rows, tile.height, in: whole.height), size: tile)
      }
    }
  }

  /// Spread evenly, the first at the one edge and the last at the other.
  private static func start(of index: Int, of count: Int, _ length: Int, in side: Int) -> Int {
    count > 1 ? index * (side - length) / (count - 1) : 0
  }
}

extension TilePlan {
  /// The share of its size that print of 12 pixels may be shrunk to: 9 pixels can still be read.
  fileprivate static let leastShare = 0.75
  /// More pictures than these are no help, and more than most servers take.
  package static let maximumCount = 50

  /// The tiles in which a picture of `whole` pixels can be read, for a model that looks at pictures by
  /// `rule`; nil where the whole can be read, or where too many would be needed.
  ///
  /// There are as few columns as possible, since each cuts every line of text, and of those as few rows.
  package init?(of whole: PixelSize, by rule: PictureRule) {
    guard !rule.keepsPrint(of: whole) else { return nil }
    let grids = (1...Self.maximumCount).lazy.compactMap { columns in
      (1...(Self.maximumCount / columns)).lazy
        .map { (columns, $0, tile: Self.tile(of: whole, columns: columns, rows: $0)) }
        .first { rule.keepsPrint(of: $0.tile) }
    }
    guard let best = grids.first else { return nil }
    self.whole = whole
    (columns, rows, tile) = best
    let one = rule.tokens(
      for: rule.sentSize(of: tile, detail: .high), detail: .high)
    tokens = (1..<(columns * rows)).reduce(one) { sum, _ in sum + one }
  }

  /// The size of each of so many tiles, with what they share.
  private static func tile(of whole: PixelSize, columns: Int, rows: Int) -> PixelSize {
    // A line of text or two: a twelfth of the shorter side of a telephone's screen is 30 of its points.
    let overlap = max(48, min(whole.width, whole.height) / 12)
    func length(_ side: Int, _ count: Int) -> Int {
      min(side, (side + (count - 1) * overlap).dividedRoundingUp(by: count))
    }
    return PixelSize(width: length(whole.width, columns), height: length(whole.height, rows))
  }
}

extension PictureRule {
  /// Whether small print survives what is done to a picture of that size at the detail `high`.
  fileprivate func keepsPrint(of size: PixelSize) -> Bool {
    let sent = sentSize(of: size, detail: .high)
    return Double(sent.width) >= TilePlan.leastShare * Double(size.width)
      && Double(sent.height) >= TilePlan.leastShare * Double(size.height)
  }
}
