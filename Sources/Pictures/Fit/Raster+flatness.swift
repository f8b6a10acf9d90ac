import Conversation

/// How much of a picture is drawn rather than photographed.
enum Flatness: Comparable {
  /// Noise and shades everywhere: nearly no pixel equals its neighbour.
  case photographic
  /// Drawn and photographed parts, such as a screenshot of a web page with pictures.
  case mixed
  /// Screens, diagrams and scanned text: wide areas of one colour.
  case flat
}

extension Raster {
  /// Judged by the share of pixels that equal their left neighbour, on every fourth row.
  ///
  /// A photograph's sensor noise keeps the share low even in a clear sky; a screen's background
  /// stays one colour through area averaging.
  var flatness: Flatness {
    let channels = layout.rawValue
    let rows = stride(from: 0, to: size.height, by: 4)
    let pairCount = rows.reduce(0) { sum, _ in sum + size.width - 1 }
    guard pairCount > 0 else { return .flat }
    let equalCount = pixels.withUnsafeBufferPointer { pixels in
      rows.reduce(0) { sum, y in
        let start = y * size.width * channels
        return sum + Self.equalNeighbours(pixels, start..<(start + size.width * channels), channels)
      }
    }
    return switch equalCount * 100 / pairCount {
    case ..<25: .photographic
    case ..<50: .mixed
    default: .flat
    }
  }

  private static func equalNeighbours(
    _ pixels: UnsafeBufferPointer<UInt8>, _ row: Range<Int>, _ channels: Int
  ) -> Int {
    var count = 0
    var place = row.lowerBound + channels
    while place < row.upperBound {
      var isEqual = true
      for channel in 0..<channels
      where pixels[place + channel] != pixels[place - channels + channel] {
        isEqual = false
      }
      if isEqual { count += 1 }
      place += channels
    }
    return count
  }
}
