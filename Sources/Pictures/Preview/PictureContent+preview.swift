import CChafa
import Conversation

/// How many colours a preview may use.
package enum PreviewPalette: Hashable, Sendable {
  /// Shades made of characters alone.
  case none
  /// The 240 fixed colours of the xterm palette.
  case indexed256
  case direct
}

extension PictureContent {
  /// The picture as characters and colours, its aspect kept.
  ///
  /// Only as many pixels as the cells can show are decoded.
  ///
  /// - Parameters:
  ///   - inspection: what ``inspect()`` said of this content.
  ///   - size: the cells that may be used; the result has these or fewer.
  ///   - palette: what the terminal can show.
  ///   - inASCII: whether it shows no other characters.
  ///   - made: a raster of the whole picture, upright, which is used where it is large enough.
  ///   - decoder: where it is decoded.
  ///   - isCancelled: asked while the picture is read.
  /// - Returns: the cells; transparent places keep the terminal's own background.
  /// - Throws: what ``decode(_:to:by:isCancelled:)`` throws.
  package func preview(
    _ inspection: PictureInspection, within size: PreviewSize, palette: PreviewPalette,
    inASCII: Bool = false, from made: Raster? = nil, decoder: PictureDecoder,
    isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> PreviewCells {
    let grid = size.fitting(inspection.size)
    // Block characters show 2 × 2 places of a cell; twice as many pixels make their means right.
    let raster = try raster(
      inspection, of: inspection.size.clipped(to: grid.columns * 4, grid.rows * 4), from: made,
      by: decoder, isCancelled: isCancelled)
    return try raster.cells(grid, palette, inASCII: inASCII)
  }

  /// The picture at a size: from a raster of it that is at least as large, else decoded.
  func raster(
    _ inspection: PictureInspection, of size: PixelSize, from made: Raster?,
    by decoder: PictureDecoder, isCancelled: @escaping () -> Bool
  ) throws(PictureError) -> Raster {
    if let made, made.size.width >= size.width, made.size.height >= size.height {
      return try made.reduced(to: size)
    }
    return try decode(inspection, to: size, by: decoder, isCancelled: isCancelled)
  }
}

extension Raster {
  /// The raster as `grid` cells.
  ///
  /// - Throws: what ``ChafaCanvas`` throws.
  func cells(
    _ grid: PreviewSize, _ palette: PreviewPalette, inASCII: Bool = false
  ) throws(PictureError) -> PreviewCells {
    let canvas = try ChafaCanvas(
      inColour, grid, configure: { palette.configure($1, by: $0, inASCII: inASCII) })
    let rows = (0..<grid.rows).map { row in
      (0..<grid.columns).map { column in
        let cell = canvas.cell(column: column, row: row)
        return PreviewCell(
          character: cell.character, foreground: palette.colour(cell.foreground),
          background: palette.colour(cell.background))
      }
    }
    return PreviewCells(rows: rows)
  }

  /// The raster in RGBA: libchafa 1.12 shears sixels of RGB whose rows are no multiple of four bytes.
  var withAlpha: Raster {
    let colours = inColour
    guard colours.layout == .rgb else { return colours }
    var pixels: [UInt8] = []
    pixels.reserveCapacity(size.pixelCount * 4)
    for place in stride(from: 0, to: colours.pixels.count, by: 3) {
      pixels += colours.pixels[place..<(place + 3)]
      pixels.append(255)
    }
    return Raster(size: size, layout: .rgba, pixels: pixels)
  }

  /// The raster in RGB or RGBA, which is what libchafa takes.
  var inColour: Raster {
    guard layout == .grey else { return self }
    return Raster(size: size, layout: .rgb, pixels: pixels.flatMap { [$0, $0, $0] })
  }
}

extension PixelSize {
  /// The sides cut, each for itself, to these lengths.
  func clipped(to width: Int, _ height: Int) -> PixelSize {
    PixelSize(width: min(self.width, width), height: min(self.height, height))
  }
}

extension PreviewPalette {
  fileprivate func configure(
    _ configuration: OpaquePointer, by library: chafa_library, inASCII: Bool
  ) {
    guard let symbols = library.symbol_map_new() else { return }
    defer { library.symbol_map_unref(symbols) }
    let tags = inASCII ? [CHAFA_SYMBOL_TAG_ASCII] : tags
    for tag in tags { library.symbol_map_add_by_tags(symbols, tag) }
    library.canvas_config_set_symbol_map(configuration, symbols)
    library.canvas_config_set_canvas_mode(configuration, mode)
    library.canvas_config_set_work_factor(configuration, 0.2)
  }

  /// Block elements (Unicode 15, U+2580…U+259F): one column wide everywhere, and in every font.
  private var tags: [ChafaSymbolTags] {
    let blocks = [CHAFA_SYMBOL_TAG_SPACE, CHAFA_SYMBOL_TAG_HALF, CHAFA_SYMBOL_TAG_QUAD]
    return self == .none
      ? blocks + [CHAFA_SYMBOL_TAG_SOLID, CHAFA_SYMBOL_TAG_STIPPLE] : blocks
  }

  private var mode: ChafaCanvasMode {
    switch self {
    case .none: CHAFA_CANVAS_MODE_FGBG
    case .indexed256: CHAFA_CANVAS_MODE_INDEXED_240
    case .direct: CHAFA_CANVAS_MODE_TRUECOLOR
    }
  }

  fileprivate func colour(_ raw: Int) -> PreviewColour {
    guard raw >= 0 else { return .none }
    return switch self {
    case .none: .none
    case .indexed256: .indexed(UInt8(truncatingIfNeeded: raw))
    case .direct: .direct(UInt32(raw) & 0xFF_FFFF)
    }
  }
}
