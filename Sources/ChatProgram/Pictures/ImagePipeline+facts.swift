import ChatEngine
import ChatScreen
import Conversation
import ConversationStore
import ModelCatalog
import Pictures

extension ImagePipeline {
  /// The form in which a picture is sent to a model, told.
  func fitted(
    _ reference: PictureReference, model: String?, rules: PictureRules
  ) throws(Failure) -> PreparedPicture {
    guard let stored = reference.stored else {
      return PreparedPicture(reference: reference, fitted: nil)
    }
    var facts =
      switch try form(of: reference, stored, model: model, rules: rules) {
      case .untouched:
        FittedFacts(
          format: stored.format, size: stored.size, byteCount: stored.byteCount.bytes,
          isUntouched: true)
      case .file(_, let format, let size, let byteCount):
        FittedFacts(format: format, size: size, byteCount: byteCount, isUntouched: false)
      case .memory(let picture):
        FittedFacts(
          format: picture.format, size: picture.size, byteCount: picture.bytes.count,
          isUntouched: false)
      }
    if [.auto, .high].contains(reference.detail), stored.isLikelyPrint {
      facts.tilePlan = catalog.model(named: model ?? "").tilePlan(for: stored.size)
    }
    do {
      try record(
        stored, in: &facts, leavesWhole: reference.detail == .original || rules.keepsMetadata)
    } catch {
      // The original cannot be read any more; the form that was kept of it says all there is.
      if facts.isUntouched, stored.hasLocation { facts.embedded = .place }
    }
    return PreparedPicture(reference: reference, fitted: facts)
  }

  /// Adds what the original alone can tell.
  private func record(
    _ stored: StoredPicture, in facts: inout FittedFacts, leavesWhole: Bool
  ) throws(PictureError) {
    let content = try PictureContent(path: blobs.path(of: stored.digest), isKept: true)
    let inspection = try content.inspect()
    facts.isFirstFrame = inspection.isAnimated
    facts.pageCount = inspection.pageCount
    if facts.isUntouched, leavesWhole {
      facts.embedded = try content.cut(inspection).embedded.union(inspection.embedded)
    }
  }
}
