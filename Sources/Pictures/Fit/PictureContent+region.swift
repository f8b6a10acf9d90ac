import Conversation

/// A part of a picture, in fractions of its width and height from its upper left corner.
package struct PictureRegion: Equatable, Sendable {
  package var left: Double
  package var top: Double
  package var width: Double
  package var height: Double

  /// A region cut to the picture; nil where nothing of it is in the picture, or a number is none.
  package init?(left: Double, top: Double, width: Double, height: Double) {
    let (left, top) = (max(0, left), max(0, top))
    let (right, bottom) = (min(1, left + width), min(1, top + height))
    guard left < right, top < bottom else { return nil }
    self.left = left
    self.top = top
    self.width = right - left
    self.height = bottom - top
  }
}

extension PictureContent {
  /// A region of the picture, upright and with every pixel that it has, as a picture of its own.
  ///
  /// - Throws: What decoding throws, `.cannotShrink`, `.noAcceptedFormat`.
  package func encoded(
    _ region: PictureRegion, by decoder: PictureDecoder, maximumBytes: Int = 20_000_000
  ) throws(PictureError) -> EncodedPicture {
    let inspection = try inspect()
    let raster = try decode(inspection, to: inspection.size, by: decoder).cut(to: region)
    let target = FitTarget(
      scale: .exactly(raster.size), formats: [.png, .jpeg], maximumBytes: maximumBytes)
    return try raster.encoded(for: target) { Task.isCancelled }
  }
}

extension Raster {
  /// The pixels of a region, at least one.
  fileprivate func cut(to region: PictureRegion) -> Raster {
    func span(_ start: Double, _ length: Double, of side: Int) -> Range<Int> {
      let first = min(side - 1, Int((start * Double(side)).rounded(.down)))
      let end = Int(((start + length) * Double(side)).rounded(.up))
      return first..<max(first + 1, min(side, end))
    }
    return cut(
      columns: span(region.left, region.width, of: size.width),
      rows: span(region.top, region.height, of: size.height))
  }

  /// A part of the pixels.
  func cut(columns: Range<Int>, rows: Range<Int>) -> Raster {
    let channels = layout.rawValue
    var cut: [UInt8] = []
    cut.reserveCapacity(columns.count * rows.count * channels)
    for row in rows {
      let start = row * size.width
      cut +=
        pixels[(start + columns.lowerBound) * channels..<(start + columns.upperBound) * channels]
    }
    return Raster(
      size: PixelSize(width: columns.count, height: rows.count), layout: layout, pixels: cut)
  }
}
