import Conversation

extension Raster {
  /// Turns stored rows upright.
  func turned(_ orientation: Orientation) -> Raster {
    guard orientation != .upright else { return self }
    let turned = orientation.turning(size)
    let steps = Steps(orientation, size, layout.rawValue)
    let turnedPixels = [UInt8](unsafeUninitializedCapacity: pixels.count) { target, filled in
      pixels.withUnsafeBufferPointer { source in
        Self.copy(source, target, turned, steps, layout.rawValue)
      }
      filled = pixels.count
    }
    return Raster(size: turned, layout: layout, pixels: turnedPixels)
  }

  /// Where in the stored bytes the upright picture starts, and how far it is to the next pixel.
  private struct Steps {
    var start: Int
    var right: Int
    var down: Int

    init(_ orientation: Orientation, _ size: PixelSize, _ channels: Int) {
      let row = size.width * channels
      let lastColumn = row - channels
      let lastRow = (size.height - 1) * row
      (start, right, down) =
        switch orientation {
        case .upright: (0, channels, row)
        case .mirrored: (lastColumn, -channels, row)
        case .turnedHalf: (lastRow + lastColumn, -channels, -row)
        case .mirroredTurnedHalf: (lastRow, channels, -row)
        case .mirroredTurnedLeft: (0, row, channels)
        case .turnedRight: (lastRow, -row, channels)
        case .mirroredTurnedRight: (lastRow + lastColumn, -row, -channels)
        case .turnedLeft: (lastColumn, row, -channels)
        }
    }
  }

  private static func copy(
    _ source: UnsafeBufferPointer<UInt8>, _ target: UnsafeMutableBufferPointer<UInt8>,
    _ size: PixelSize, _ steps: Steps, _ channels: Int
  ) {
    var next = 0
    for y in 0..<size.height {
      var place = steps.start + y * steps.down
      for _ in 0..<size.width {
        for channel in 0..<channels { target[next + channel] = source[place + channel] }
        next += channels
        place += steps.right
      }
    }
  }
}
