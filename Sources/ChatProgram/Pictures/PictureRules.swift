import ChatAPI
package import Conversation
import ModelCatalog
package import Pictures

/// What a server takes of one picture: pictures are fitted to it, whatever their detail.
package struct PictureRules: Hashable, Sendable {
  package var formats: Set<PictureFormat> = [.png, .jpeg, .webp, .gif]
  /// Bytes of a picture as it is sent, before base64.
  package var maximumBytes = 20_000_000
  /// Pixels of the longer side; nil where no limit is known.
  package var maximumSide: Int?

  /// Whether a picture that fits leaves with all that its file holds.
  package var keepsMetadata = false

  package init() {}

  init(_ limits: RequestLimits) {
    formats = limits.formats
    maximumBytes = min(maximumBytes, limits.pictureByteCount ?? .max)
    maximumSide = limits.pictureSide
  }

  /// The rules with what a server itself said of the pictures that it takes.
  func keeping(to learned: LearnedPictureLimits) -> PictureRules {
    var rules = self
    rules.maximumBytes = min(maximumBytes, learned.byteCount ?? .max)
    rules.maximumSide = [maximumSide, learned.side].compactMap(\.self).min()
    return rules
  }

  /// What a picture of `size` becomes whose model looks at `planned` pixels of it.
  package func target(for size: PixelSize, planned: PixelSize, detail: Detail) -> FitTarget {
    let isUntouched = detail == .original && fits(size)
    let scale: FitTarget.Scale = isUntouched ? .original : .exactly(fitted(planned))
    return FitTarget(
      scale: scale, formats: formats, maximumBytes: maximumBytes, keepsMetadata: keepsMetadata)
  }

  private func fits(_ size: PixelSize) -> Bool {
    maximumSide.map { max(size.width, size.height) <= $0 } ?? true
  }

  private func fitted(_ size: PixelSize) -> PixelSize {
    maximumSide.map { size.fitted(within: PixelSize(width: $0, height: $0)) } ?? size
  }
}
