package import Conversation

/// How a picture's stored rows and columns stand to the upright picture (EXIF 2.32 §4.6.4, tag 274).
///
/// Each name says which turn of the stored picture, after an optional mirroring left to right,
/// makes it upright.
package enum Orientation: Int, CaseIterable, Sendable {
  case upright = 1
  case mirrored
  case turnedHalf
  case mirroredTurnedHalf
  case mirroredTurnedLeft
  case turnedRight
  case mirroredTurnedRight
  case turnedLeft

  /// Whether stored rows are upright columns.
  package var swapsSides: Bool { rawValue >= Self.mirroredTurnedLeft.rawValue }

  /// Turns a stored size into the upright one, and back.
  package func turning(_ size: PixelSize) -> PixelSize {
    swapsSides ? PixelSize(width: size.height, height: size.width) : size
  }
}
