package import Conversation

/// What a picture's header says, read before anything is decoded.
package struct PictureInspection: Hashable, Sendable {
  package var format: PictureFormat
  /// As stored, each side in 1…65,535.
  package var storedSize: PixelSize
  package var orientation = Orientation.upright
  package var byteCount: Int
  /// What the pixels decode to; `.rgba` where any pixel may be transparent.
  package var layout: ChannelLayout
  /// Whether there is more than one frame.
  package var isAnimated = false
  /// Whether the metadata tells where the picture was taken (EXIF GPS, or XMP).
  ///
  /// Not looked for in HEIC and AVIF, which are always converted and lose their metadata.
  package var hasLocation = false
  /// Whether many decoders show it wrong or not at all (JPEG with CMYK inks or arithmetic coding).
  package var isUnusual = false
  /// The memory that decoding takes beyond a few rows, in bytes.
  package var decodingByteCount = 0

  /// The size of the upright picture.
  package var size: PixelSize { orientation.turning(storedSize) }
}

extension PixelSize {
  package var pixelCount: Int { width * height }
}
