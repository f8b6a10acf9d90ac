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
  ///   - decoder: where that is done.
  ///   - isCancelled: asked now and then.
  /// - Returns: `size` of pixels in sRGB, in the picture's own layout.
  /// - Throws: `.damaged`, `.truncated`, `.unsupportedVariant`, `.noDecoder`, `.changedWhileRead`,
  ///   `.cancelled`, `.outOfMemory`, `.notReadable`, `.decoderFailed`, `.decoderStopped`,
  ///   `.noDecodingProcess`.
  package func decode(
    _ inspection: PictureInspection, to size: PixelSize, by decoder: PictureDecoder,
    isCancelled: @escaping () -> Bool = { Task.isCancelled }
  ) throws(PictureError) -> Raster {
    let stored = inspection.orientation.turning(size)
    let layout = Self.layout(of: inspection)
    let raster =
      switch decoder.place {
      case .here: try decodeHere(inspection, to: stored, layout, isCancelled: isCancelled)
      case .confined(let pool):
        try decode(inspection, to: stored, layout, by: pool, isCancelled: isCancelled)
      }
    try requireUnchanged()
    return raster.turned(inspection.orientation)
  }

  private func decodeHere(
    _ inspection: PictureInspection, to size: PixelSize, _ layout: ChannelLayout,
    isCancelled: @escaping () -> Bool
  ) throws(PictureError) -> Raster {
    try Raster.make(size, layout) { canvas in
      canvas.source_width = UInt32(inspection.storedSize.width)
      canvas.source_height = UInt32(inspection.storedSize.height)
      return withCodecInput(isCancelled: isCancelled) { input in
        codec_decode(inspection.format.codec.rawValue, input, &canvas)
      }
    } failure: { status in
      Self.error(status, inspection.format)
    }
  }

  /// Only these have grey samples of their own.
  private static func layout(of inspection: PictureInspection) -> ChannelLayout {
    let hasGrey = [.jpeg, .png, .pnm, .tga, .tiff].contains(inspection.format)
    return inspection.layout == .grey && !hasGrey ? .rgb : inspection.layout
  }

  static func error(_ status: codec_status, _ format: PictureFormat) -> PictureError {
    switch status {
    case CODEC_TRUNCATED: .truncated(format)
    case CODEC_UNSUPPORTED: .unsupportedVariant(format)
    case CODEC_NO_DECODER: format == .svg ? .foreign(.svg) : .noDecoder(format)
    case CODEC_CANCELLED: .cancelled
    case CODEC_NO_MEMORY: .outOfMemory
    case CODEC_UNREADABLE: .notReadable(.failure(errno: EIO))
    default: .damaged(format)
    }
  }
}
