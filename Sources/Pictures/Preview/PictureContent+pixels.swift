import CChafa
package import Conversation

extension PictureContent {
  /// The picture in the terminal's real pixels.
  ///
  /// - Parameters:
  ///   - inspection: what ``inspect()`` said of this content.
  ///   - size: the cells that may be used.
  ///   - cell: the pixels of one cell, as the terminal tells them.
  ///   - pixelProtocol: what the terminal answered that it has.
  ///   - decoder: where it is decoded.
  ///   - isCancelled: asked while the picture is read.
  /// - Returns: what draws it, pixel for pixel where it fits.
  /// - Throws: what ``decode(_:to:by:isCancelled:)`` throws.
  package func pixels(
    _ inspection: PictureInspection, within size: PreviewSize, cell: PixelSize,
    by pixelProtocol: PixelProtocol, decoder: PictureDecoder,
    isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> PixelDrawing {
    let fitted = inspection.size.fitted(within: size.pixels(of: cell))
    let raster = try decode(inspection, to: fitted, by: decoder, isCancelled: isCancelled)
    let sequence =
      switch pixelProtocol {
      case .kitty:
        KittyGraphics.sequence(png: try raster.encoded(as: .png).bytes)
      case .sixel: try raster.sixels()
      }
    return PixelDrawing(sequence: sequence, size: PreviewSize(covering: fitted, by: cell))
  }

  /// The picture as a small PNG, at most as large as ``largestThumbnail``; from a raster of it where one was
  /// made that is large enough.
  ///
  /// - Throws: what ``decode(_:to:by:isCancelled:)`` throws.
  package func thumbnail(
    _ inspection: PictureInspection, within size: PreviewSize, cell: PixelSize,
    from made: Raster? = nil, decoder: PictureDecoder,
    isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> Thumbnail {
    let box = size.pixels(of: cell)
    let fitted = inspection.size.fitted(
      within: PixelSize(
        width: min(box.width, Self.largestThumbnail.width),
        height: min(box.height, Self.largestThumbnail.height)))
    let raster = try raster(
      inspection, of: fitted, from: made, by: decoder, isCancelled: isCancelled)
    return Thumbnail(
      png: try raster.encoded(as: .png).bytes, pixels: fitted,
      size: PreviewSize(covering: fitted, by: cell))
  }

  /// A photograph of this size is some 200 kB of PNG, which an ssh connection carries in a moment.
  private static var largestThumbnail: PixelSize { PixelSize(width: 480, height: 270) }
}

extension PreviewSize {
  fileprivate func pixels(of cell: PixelSize) -> PixelSize {
    PixelSize(width: columns * max(1, cell.width), height: rows * max(1, cell.height))
  }

  /// The cells that pixels stand over, the last ones in part.
  fileprivate init(covering pixels: PixelSize, by cell: PixelSize) {
    let cell = PixelSize(width: max(1, cell.width), height: max(1, cell.height))
    self.init(
      columns: (pixels.width + cell.width - 1) / cell.width,
      rows: (pixels.height + cell.height - 1) / cell.height)
  }
}

extension Raster {
  /// The raster as sixels, pixel for pixel but for the last rows that fill no band of six.
  fileprivate func sixels() throws(PictureError) -> String {
    // To libchafa it is one huge cell, or it would be stretched to whole ones.
    let canvas = try ChafaCanvas(
      withAlpha, PreviewSize(columns: 1, rows: 1),
      configure: { library, configuration in
        library.canvas_config_set_pixel_mode(configuration, CHAFA_PIXEL_MODE_SIXELS)
        library.canvas_config_set_cell_geometry(
          configuration, Int32(size.width), Int32(max(6, size.height)))
      })
    return String(decoding: try canvas.sixels(), as: UTF8.self)
  }
}
