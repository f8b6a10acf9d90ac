import CChafa
package import Conversation

/// A way in which some terminals draw real pixels.
package enum PixelProtocol: Hashable, CaseIterable, Sendable {
  /// kitty's graphics protocol, "Terminal graphics protocol", direct transmission.
  case kitty
  /// DEC sixels (VT330/VT340 Programmer Reference Manual, volume 2, chapter 14).
  case sixel
}

extension PictureContent {
  /// The bytes that draw the picture from the cursor's place on, in real pixels.
  ///
  /// - Parameters:
  ///   - inspection: what ``inspect()`` said of this content.
  ///   - size: the cells that may be used.
  ///   - cell: the pixels of one cell, as the terminal tells them.
  ///   - pixelProtocol: what the terminal answered that it has.
  ///   - isCancelled: asked while the picture is read.
  /// - Returns: control sequences; nothing else in them comes from the picture than pixel values.
  /// - Throws: what ``decode(_:to:isCancelled:)`` throws.
  package func pixels(
    _ inspection: PictureInspection, within size: PreviewSize, cell: PixelSize,
    by pixelProtocol: PixelProtocol, isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> [UInt8] {
    let cell = PixelSize(width: max(1, cell.width), height: max(1, cell.height))
    let box = PixelSize(width: size.columns * cell.width, height: size.rows * cell.height)
    let fitted = inspection.size.fitted(within: box)
    let raster = try decode(inspection, to: fitted, isCancelled: isCancelled)
    let grid = PreviewSize(
      columns: (fitted.width + cell.width - 1) / cell.width,
      rows: (fitted.height + cell.height - 1) / cell.height)
    guard
      let canvas = ChafaCanvas(
        raster.inColour, grid,
        configure: { configuration in
          chafa_canvas_config_set_pixel_mode(configuration, pixelProtocol.mode)
          chafa_canvas_config_set_cell_geometry(
            configuration, Int32(cell.width), Int32(cell.height))
        }),
      let information = pixelProtocol.makeInformation()
    else { throw .outOfMemory }
    defer { chafa_term_info_unref(information) }
    return canvas.print(information)
  }
}

extension PixelProtocol {
  fileprivate var mode: ChafaPixelMode {
    switch self {
    case .kitty: CHAFA_PIXEL_MODE_KITTY
    case .sixel: CHAFA_PIXEL_MODE_SIXELS
    }
  }

  /// The sequences of a terminal that is known to have the protocol.
  fileprivate func makeInformation() -> OpaquePointer? {
    guard let database = chafa_term_db_new() else { return nil }
    defer { chafa_term_db_unref(database) }
    let variable =
      switch self {
      case .kitty: "TERM=xterm-kitty"
      case .sixel: "TERM=mlterm"
      }
    return variable.withCString { variable in
      var environment = [UnsafeMutablePointer(mutating: variable), nil]
      return chafa_term_db_detect(database, &environment)
    }
  }
}
