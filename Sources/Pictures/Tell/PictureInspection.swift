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
  /// Of a file of several pages, such as a fax; only the first one is decoded.
  package var pageCount = 1
  /// What the metadata tells, as far as the header holds it.
  ///
  /// Not looked for in HEIC and AVIF, which are always converted and lose their metadata.
  package var embedded: EmbeddedData = []
  /// Whether many decoders show it wrong or not at all: JPEG with CMYK inks or arithmetic coding,
  /// PNG of 16 bits a channel or in HDR, a WebP's frame that covers a part of the picture only.
  package var isUnusual = false
  /// The memory that decoding takes beyond a few rows, in bytes.
  package var decodingByteCount = 0

  /// Whether the metadata tells where the picture was taken (EXIF GPS, or XMP).
  package var hasLocation: Bool { embedded.contains(.place) }

  /// The size of the upright picture.
  package var size: PixelSize { orientation.turning(storedSize) }
}
