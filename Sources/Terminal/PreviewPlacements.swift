import Screen

/// What a terminal has of the frame's pictures, and what brings it up to the next frame (kitty,
/// "Terminal graphics protocol").
///
/// Each picture is given to the terminal once; from then on it is only placed, moved and cut.
struct PreviewPlacements {
  /// The most pictures that are left with the terminal, those in sight aside.
  private static let maximumKept = 32

  private struct Key: Hashable {
    var number: UInt32
    var ordinal: Int
  }

  /// The pictures that the terminal has.
  private var kept: Set<UInt32> = []
  private var placed: [Key: PixelPlacement] = [:]

  /// The sequences that lead to a frame of which these rows were written anew.
  ///
  /// Text over a picture takes a part of it away in some terminals: what stands in those rows is
  /// placed again.
  mutating func update(to frame: Frame, written rows: Set<Int>) -> String {
    guard !placed.isEmpty || !frame.previews.isEmpty else { return "" }
    var wanted: [Key: PixelPlacement] = [:]
    var sequences = ""
    for placement in frame.placements {
      let key = Key(number: placement.preview.number, ordinal: placement.ordinal)
      wanted[key] = placement
      guard placed[key] != placement || !rows.isDisjoint(with: placement.screenRows) else {
        continue
      }
      sequences += keep(placement.preview) + Self.placing(placement)
    }
    for key in placed.keys where wanted[key] == nil { sequences += Self.removing(key) }
    placed = wanted
    sequences += giveWay()
    // The cursor goes back to where curses believes it to be (DECSC, DECRC).
    return sequences.isEmpty ? "" : "\u{1B}7\(sequences)\u{1B}8"
  }

  /// Does not count on pictures that are not in sight: kitty forgets them with any other picture that
  /// it is told to forget.
  mutating func loseUnplaced() {
    kept = Set(placed.keys.map(\.number))
  }

  /// Leaves nothing with the terminal: before another program draws, and before the screen is erased,
  /// which takes the pictures with it.
  mutating func forget() -> String {
    defer {
      kept = []
      placed = [:]
    }
    return kept.map(Self.forget).joined()
  }

  /// Gives the terminal a picture that it does not have.
  private mutating func keep(_ preview: PixelPreview) -> String {
    kept.insert(preview.number).inserted ? preview.transmission : ""
  }

  /// Forgets the pictures that are out of sight once they are many.
  private mutating func giveWay() -> String {
    let before = kept
    loseUnplaced()
    guard before.count - kept.count <= Self.maximumKept else {
      return before.subtracting(kept).map(Self.forget).joined()
    }
    kept = before
    return ""
  }

  /// Shows the part that is in sight, pixel for pixel; the cursor stays, and nothing is answered.
  private static func placing(_ placement: PixelPlacement) -> String {
    let preview = placement.preview
    let top = placement.rows.lowerBound * preview.cellHeight
    let height = min(placement.rows.count * preview.cellHeight, preview.pixels.height - top)
    let place = "\u{1B}[\(placement.origin.row + 1);\(placement.origin.column + 1)H"
    return place
      + command(
        "a=p,i=\(preview.number),p=\(placement.ordinal)"
          + ",x=0,y=\(top),w=\(preview.pixels.width),h=\(height),C=1")
  }

  private static func removing(_ key: Key) -> String {
    command("a=d,d=i,i=\(key.number),p=\(key.ordinal)")
  }

  private static func forget(_ number: UInt32) -> String { command("a=d,d=I,i=\(number)") }

  private static func command(_ keys: String) -> String { "\u{1B}_G\(keys),q=2\u{1B}\\" }
}
