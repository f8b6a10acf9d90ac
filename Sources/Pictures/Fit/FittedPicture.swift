import Conversation

/// What is sent of a picture.
package enum FittedPicture: Hashable, Sendable {
  /// Its own bytes, all of them.
  case untouched
  /// Its own bytes, without what is not the picture.
  case cut(PictureCut)
  /// Other bytes: smaller, upright, converted, and without metadata.
  case encoded(EncodedPicture)
}

extension PictureContent {
  /// Fits the picture to `target`.
  ///
  /// A picture that already fits is only cut, after it has been decoded once to prove that it is
  /// whole: a server that refuses it would refuse the whole conversation. One that is turned by
  /// EXIF, or unusual, is encoded anew, since not every server heeds that. Of an animated picture the
  /// first frame is taken.
  ///
  /// - Throws: what ``decode(_:to:by:isCancelled:)`` throws, `.noAcceptedFormat`, `.cannotShrink`.
  package func fit(
    _ inspection: PictureInspection, to target: FitTarget, by decoder: PictureDecoder,
    isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> FittedPicture {
    if fits(inspection, target) {
      let whole = try own(inspection, target)
      if whole.byteCount <= target.maximumBytes {
        let proof = inspection.size.fitted(within: PixelSize(width: 64, height: 64))
        _ = try decode(inspection, to: proof, by: decoder, isCancelled: isCancelled)
        return whole.isWhole(of: byteCount) ? .untouched : .cut(whole)
      }
    }
    let size = target.size(for: inspection.size)
    let raster = try decode(inspection, to: size, by: decoder, isCancelled: isCancelled)
    guard !isCancelled() else { throw .cancelled }
    return .encoded(try raster.encoded(for: target, isCancelled: isCancelled))
  }

  /// What would be sent of the picture's own bytes.
  private func own(
    _ inspection: PictureInspection, _ target: FitTarget
  ) throws(PictureError) -> PictureCut {
    let keepsAll = target.scale == .original || target.keepsMetadata
    return keepsAll && !inspection.isAnimated
      ? PictureCut(whole: byteCount) : try cut(inspection)
  }

  private func fits(_ inspection: PictureInspection, _ target: FitTarget) -> Bool {
    guard target.formats.contains(inspection.format) else { return false }
    if target.scale == .original { return true }
    return (inspection.orientation == .upright || target.keepsMetadata) && !inspection.isUnusual
      && target.size(for: inspection.size) == inspection.size
  }
}
