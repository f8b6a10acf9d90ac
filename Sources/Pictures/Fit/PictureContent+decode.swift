import CCodecs
package import Conversation

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension PictureContent {
  /// Decodes the picture, upright and fitted to `size` while it is read.
  ///
  /// Of an animated picture it is the first frame. The file is read to its end, so that a cut or
  /// damaged one is refused whatever the size.
  ///
  /// - Parameters:
  ///   - inspection: what ``inspect()`` said of this content.
  ///   - size: upright, at most the picture's own size on either side.
  ///   - isCancelled: asked before each 64 KiB of the file.
  /// - Returns: `size` of pixels, in the picture's own layout.
  /// - Throws: `.damaged`, `.truncated`, `.unsupportedVariant`, `.noDecoder`, `.changedWhileRead`,
  ///   `.cancelled`, `.outOfMemory`, `.notReadable`.
  package func decode(
    _ inspection: PictureInspection, to size: PixelSize,
    isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> Raster {
    let stored = inspection.orientation.turning(size)
    let layout = Self.layout(of: inspection)
    let raster = try Raster.make(stored, layout) { canvas in
      canvas.source_width = UInt32(inspection.storedSize.width)
      canvas.source_height = UInt32(inspection.storedSize.height)
      return withCodecInput(isCancelled: isCancelled) { input in
        Self.decoder(of: inspection.format)(input, &canvas)
      }
    } failure: { status in
      Self.error(status, inspection.format)
    }
    try requireUnchanged()
    return raster.turned(inspection.orientation)
  }

  /// Only JPEG and PNG have grey samples of their own.
  private static func layout(of inspection: PictureInspection) -> ChannelLayout {
    let hasGrey = inspection.format == .jpeg || inspection.format == .png
    return inspection.layout == .grey && !hasGrey ? .rgb : inspection.layout
  }

  private typealias Decoder = (
    UnsafePointer<codec_input>?, UnsafePointer<codec_canvas>?
  ) -> codec_status

  private static func decoder(of format: PictureFormat) -> Decoder {
    switch format {
    case .jpeg: codec_decode_jpeg
    case .png: codec_decode_png
    case .webp: codec_decode_webp
    case .gif: codec_decode_gif
    case .heic, .avif: codec_decode_heif
    }
  }

  private static func error(_ status: codec_status, _ format: PictureFormat) -> PictureError {
    switch status {
    case CODEC_TRUNCATED: .truncated(format)
    case CODEC_UNSUPPORTED: .unsupportedVariant(format)
    case CODEC_NO_DECODER: .noDecoder(format)
    case CODEC_CANCELLED: .cancelled
    case CODEC_NO_MEMORY: .outOfMemory
    case CODEC_UNREADABLE: .notReadable(.failure(errno: EIO))
    default: .damaged(format)
    }
  }
}
