package import Conversation

/// A part of a picture in pixels, by its upper left corner.
package struct PixelArea: Hashable, Sendable {
  package var left: Int
  package var top: Int
  package var size: PixelSize

  package init(left: Int, top: Int, size: PixelSize) {
    self.left = left
    self.top = top
    self.size = size
  }

  package var columns: Range<Int> { left..<(left + size.width) }
  package var rows: Range<Int> { top..<(top + size.height) }
}

extension PictureContent {
  /// Gives parts of the upright picture to `body`, each with all of its pixels, as pictures of their
  /// own, in order.
  ///
  /// The picture is decoded once; one part at a time is held besides.
  ///
  /// - Parameters:
  ///   - areas: within the picture.
  ///   - decoder: where it is decoded.
  ///   - body: called once for each part.
  /// - Throws: What decoding throws, `.tooMuchMemory`, and what `body` does.
  package func forEachPart<Failure: Error>(
    _ areas: [PixelArea], by decoder: PictureDecoder,
    _ body: (EncodedPicture) throws(Failure) -> Void
  ) throws {
    let inspection = try inspect()
    guard inspection.size.pixelCount * 3 <= limits.maximumDecodingBytes else {
      throw PictureError.tooMuchMemory(inspection.size, inspection.format)
    }
    let raster = try decode(inspection, to: inspection.size, by: decoder)
    for area in areas {
      guard !Task.isCancelled else { throw PictureError.cancelled }
      try body(try raster.cut(columns: area.columns, rows: area.rows).encodedExactly())
    }
  }
}

extension Raster {
  /// Drawn pixels without loss; photographed ones nearly so, at a fifth of the bytes.
  fileprivate func encodedExactly() throws(PictureError) -> EncodedPicture {
    let isPhotograph = flatness == .photographic && layout != .rgba
    return try encoded(as: isPhotograph ? .jpeg(quality: 95, fullChroma: true) : .png)
  }
}
