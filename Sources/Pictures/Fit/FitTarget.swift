package import Conversation

/// What a picture has to become before it is sent.
package struct FitTarget: Hashable, Sendable {
  /// How large the picture may be, upright.
  package enum Scale: Hashable, Sendable {
    /// The untouched bytes, even if they are turned by EXIF or hold inks, as long as the server
    /// takes their format (detail `original`).
    case original
    /// Within a box, its aspect kept.
    case within(PixelSize)
    /// This size, which a model family's rule gave; never larger than the picture's own.
    case exactly(PixelSize)
  }

  package var scale: Scale
  /// What the server takes.
  package var formats: Set<PictureFormat>
  /// Of one picture as it is sent, before base64.
  package var maximumBytes: Int
  /// Whether a picture that fits leaves with all that its file holds.
  package var keepsMetadata: Bool

  package init(
    scale: Scale, formats: Set<PictureFormat> = [.png, .jpeg, .webp, .gif],
    maximumBytes: Int = 20_000_000, keepsMetadata: Bool = false
  ) {
    self.scale = scale
    self.formats = formats
    self.maximumBytes = maximumBytes
    self.keepsMetadata = keepsMetadata
  }
}

extension FitTarget {
  /// The upright size that a picture of `size` gets; each side at least 1.
  package func size(for size: PixelSize) -> PixelSize {
    switch scale {
    case .original: size
    case .exactly(let target):
      PixelSize(
        width: min(max(1, target.width), size.width),
        height: min(max(1, target.height), size.height))
    case .within(let box): size.fitted(within: box)
    }
  }
}

extension PixelSize {
  /// The size scaled down to fit a box, its aspect kept to the nearest pixel; never enlarged.
  package func fitted(within box: PixelSize) -> PixelSize {
    guard width > box.width || height > box.height else { return self }
    // Compared as products, so that the side that limits fits exactly.
    if width * box.height >= height * box.width {
      let fitted = (height * box.width * 2 + width) / (width * 2)
      return PixelSize(width: max(1, box.width), height: max(1, fitted))
    }
    let fitted = (width * box.height * 2 + height) / (height * 2)
    return PixelSize(width: max(1, fitted), height: max(1, box.height))
  }
}
