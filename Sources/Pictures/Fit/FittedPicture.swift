import Conversation

/// What is sent of a picture.
package enum FittedPicture: Hashable, Sendable {
  /// Its own bytes, metadata included.
  case untouched
  /// Other bytes: smaller, upright, converted, and without metadata.
  case encoded(EncodedPicture)
}

extension PictureContent {
  /// Fits the picture to `target`.
  ///
  /// A picture that already fits stays untouched, after it has been decoded once to prove that it
  /// is whole: a server that refuses it would refuse the whole conversation. One that is turned by
  /// EXIF, or unusual, is encoded anew, since not every server heeds that.
  ///
  /// - Throws: what ``decode(_:to:isCancelled:)`` throws, `.animated`, `.noAcceptedFormat`,
  ///   `.cannotShrink`.
  package func fit(
    _ inspection: PictureInspection, to target: FitTarget,
    isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> FittedPicture {
    let isRefusedAnimation = inspection.isAnimated && inspection.format != .png
    guard !isRefusedAnimation || target.takesFirstFrame else {
      throw .animated(inspection.format)
    }
    if fits(inspection, target) {
      let proof = inspection.size.fitted(within: PixelSize(width: 64, height: 64))
      _ = try decode(inspection, to: proof, isCancelled: isCancelled)
      return .untouched
    }
    let size = target.size(for: inspection.size)
    let raster = try decode(inspection, to: size, isCancelled: isCancelled)
    guard !isCancelled() else { throw .cancelled }
    return .encoded(try raster.encoded(for: target, isCancelled: isCancelled))
  }

  private func fits(_ inspection: PictureInspection, _ target: FitTarget) -> Bool {
    guard target.formats.contains(inspection.format), byteCount <= target.maximumBytes,
      !inspection.isAnimated || inspection.format == .png
    else { return false }
    if target.scale == .original { return true }
    return inspection.orientation == .upright && !inspection.isUnusual
      && target.size(for: inspection.size) == inspection.size
  }
}
