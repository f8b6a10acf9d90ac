import ChatEngine
import Conversation
import ConversationStore
import Language
import ModelCatalog
import Pictures

extension ImagePipeline {
  /// Reads a picture, and keeps and fits the tiles as which its print can be read by a model: one, the
  /// whole, where that can be read itself.
  func prepareTiles(
    _ origin: PictureOrigin, model: String?, rules: PictureRules
  ) throws(Failure) -> [PreparedPicture] {
    let whole = try reference(to: origin, detail: .high)
    let plan = whole.stored.flatMap { catalog.model(named: model ?? "").tilePlan(for: $0.size) }
    guard let stored = whole.stored, let plan else {
      return [try fitted(whole, model: model, rules: rules)]
    }
    var tiles: [PreparedPicture] = []
    for tile in try keep(plan, of: whole, stored) {
      tiles.append(try fitted(tile, model: model, rules: rules))
    }
    return tiles
  }

  /// Keeps the tiles of a kept picture, each as a picture of its own.
  private func keep(
    _ plan: TilePlan, of whole: PictureReference, _ stored: StoredPicture
  ) throws(Failure) -> [PictureReference] {
    let areas = plan.tiles.map { PixelArea(left: $0.left, top: $0.top, size: $0.size) }
    var tiles: [PictureReference] = []
    do {
      let content = try PictureContent(path: blobs.path(of: stored.digest), isKept: true)
      try content.forEachPart(areas, by: decoder) { part in
        let name = "\(whole.name) (\(tiles.count + 1) of \(areas.count))"
        tiles.append(try keep(part.bytes, name: name, detail: .high))
      }
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(error, of: whole.name)
    }
    return tiles
  }
}

extension StoredPicture {
  /// Whether it is likely to hold print: it is long, as pages are, or in a format that no camera
  /// writes.
  var isLikelyPrint: Bool {
    let isLong = max(size.width, size.height) * 2 >= 5 * min(size.width, size.height)
    switch format {
    case .jpeg, .heic, .avif, .webp, .jxl: return isLong
    case .png, .gif, .bmp, .pnm, .qoi, .tga, .tiff, .svg: return true
    }
  }
}
