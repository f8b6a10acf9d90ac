import ChatEngine
import ChatScreen
import Conversation
import ConversationStore
import Language
import Pictures
import Screen

extension ImagePipeline {
  /// The picture as pixels where the terminal places them, else as cells; nil where it cannot be
  /// read.
  ///
  /// Its fitted form is read where there is one: it is smaller by far, and looks the same.
  func preview(
    _ key: PreviewKey, _ reference: PictureReference, model: String?, rules: PictureRules,
    means: CellMeans
  ) -> PreviewEvent? {
    guard let stored = reference.stored else { return nil }
    let target = target(for: reference, stored, model: model, rules: rules)
    let made = rasters[stored.digest]
    let form = made == nil ? cache.form(of: stored.digest, for: target) : nil
    do {
      let content = try content(of: form ?? .untouched, stored)
      if case .pixels(.kitty, let cell) = means.graphics {
        return .drawnInPixels(key, try pixels(content, key, cell: cell, from: made))
      }
      return .drawn(key, try cells(content, in: key.size, means: means, from: made))
    } catch {
      return nil
    }
  }

  /// The picture as the model will see it, and what is sent of it.
  func view(
    _ request: PictureViewRequest, rules: PictureRules, means: CellMeans
  ) throws(Failure) -> (drawing: PictureDrawing, sent: FittedFacts) {
    let reference = request.reference
    let model = request.targetModel.model
    let prepared = try fitted(reference, model: model, rules: rules)
    guard let stored = reference.stored, let sent = prepared.fitted else {
      throw Failure(phrase: say("Any key closes."))
    }
    let form = try form(of: reference, stored, model: model, rules: rules)
    do throws(PictureError) {
      return (try drawing(try content(of: form, stored), request, means: means), sent)
    } catch {
      throw Failure(phrase: error.phrase(about: reference.name))
    }
  }

  private func drawing(
    _ content: borrowing PictureContent, _ request: PictureViewRequest, means: CellMeans
  ) throws(PictureError) -> PictureDrawing {
    guard case .pixels(let graphics, let cell) = request.graphics else {
      return .cells(try cells(content, in: request.room, means: means))
    }
    let pixelProtocol = PixelProtocol(graphics)
    let drawing = try content.pixels(
      try content.inspect(), within: PreviewSize(request.room), cell: cell, by: pixelProtocol,
      decoder: decoder)
    return .pixels(
      PixelPicture(drawing: drawing.sequence, removal: pixelProtocol.removal),
      Size(columns: drawing.size.columns, rows: drawing.size.rows))
  }

  /// The bytes of a form.
  private func content(
    of form: FittedForm, _ stored: StoredPicture
  ) throws(PictureError) -> PictureContent {
    switch form {
    case .untouched: try PictureContent(path: blobs.path(of: stored.digest), isKept: true)
    case .file(let path, _, _, _): try PictureContent(path: path)
    case .memory(let picture): try PictureContent(bytes: picture.bytes)
    }
  }

  private func pixels(
    _ content: borrowing PictureContent, _ key: PreviewKey, cell: PixelSize, from made: Raster?
  ) throws(PictureError) -> PixelPreview {
    let thumbnail = try content.thumbnail(
      try content.inspect(), within: PreviewSize(key.size), cell: cell, from: made,
      decoder: decoder)
    let pixels = thumbnail.pixels
    return PixelPreview(
      name: "\(key.digest.rawValue) \(pixels.width)×\(pixels.height) \(cell.width)×\(cell.height)",
      size: Size(columns: thumbnail.size.columns, rows: thumbnail.size.rows),
      pixels: (pixels.width, pixels.height), cellHeight: cell.height,
      transmission: thumbnail.transmission)
  }

  private func cells(
    _ content: borrowing PictureContent, in size: Size, means: CellMeans, from made: Raster? = nil
  ) throws(PictureError) -> [[Cell]] {
    let cells = try content.preview(
      try content.inspect(), within: PreviewSize(size), palette: PreviewPalette(means.colors),
      inASCII: !means.isUTF8, from: made, decoder: decoder)
    return cells.rows.map { $0.map(Cell.init) }
  }
}

extension PixelProtocol {
  fileprivate init(_ graphics: GraphicsProtocol) {
    self =
      switch graphics {
      case .kitty: .kitty
      case .sixel: .sixel
      }
  }
}

extension PreviewSize {
  fileprivate init(_ size: Size) {
    self.init(columns: size.columns, rows: size.rows)
  }
}

extension PreviewPalette {
  fileprivate init(_ colors: ChatScreen.ColorDepth) {
    self =
      switch colors {
      case .none, .basic: .none
      case .indexed: .indexed256
      case .direct: .direct
      }
  }
}

extension Cell {
  fileprivate init(_ cell: PreviewCell) {
    self.init(
      cell.character,
      style: Style(foreground: Color(cell.foreground), background: Color(cell.background)))
  }
}

extension Color {
  fileprivate init(_ colour: PreviewColour) {
    self =
      switch colour {
      case .none: .standard
      case .indexed(let index): .indexed(index)
      case .direct(let value):
        .rgb(UInt8(value >> 16 & 0xFF), UInt8(value >> 8 & 0xFF), UInt8(value & 0xFF))
      }
  }
}
