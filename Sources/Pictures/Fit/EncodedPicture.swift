import CCodecs
package import Conversation

/// A picture made ready to be sent, without any metadata.
package struct EncodedPicture: Hashable, Sendable {
  package var format: PictureFormat
  package var size: PixelSize
  package var bytes: [UInt8]
}

/// One way to encode pixels.
package enum Encoding: Hashable, Sendable {
  /// Laid on white; `quality` in 1…100, `fullChroma` keeps the edges of coloured text.
  case jpeg(quality: Int, fullChroma: Bool)
  case png
  /// `quality` in 1…100, or nil for lossless.
  case webp(quality: Int?)

  var format: PictureFormat {
    switch self {
    case .jpeg: .jpeg
    case .png: .png
    case .webp: .webp
    }
  }
}

extension Raster {
  /// Encodes the pixels.
  ///
  /// - Throws: `.outOfMemory`.
  package func encoded(as encoding: Encoding) throws(PictureError) -> EncodedPicture {
    let raster = encoding.format == .jpeg ? onWhite : self
    var output = codec_output()
    defer { codec_output_free(&output) }
    let status = raster.pixels.withUnsafeBufferPointer { buffer in
      var pixels = codec_pixels()
      pixels.width = UInt32(size.width)
      pixels.height = UInt32(size.height)
      pixels.channels = UInt32(raster.layout.rawValue)
      pixels.bytes = buffer.baseAddress
      return Self.encode(&pixels, encoding, &output)
    }
    guard status == CODEC_OK else { throw .outOfMemory }
    let bytes = Array(UnsafeBufferPointer(start: output.bytes, count: output.count))
    return EncodedPicture(format: encoding.format, size: size, bytes: bytes)
  }

  private static func encode(
    _ pixels: inout codec_pixels, _ encoding: Encoding, _ output: inout codec_output
  ) -> codec_status {
    switch encoding {
    case .jpeg(let quality, let fullChroma):
      codec_encode_jpeg(&pixels, Int32(quality), fullChroma, &output)
    case .png: codec_encode_png(&pixels, &output)
    case .webp(let quality): codec_encode_webp(&pixels, Int32(quality ?? 0), &output)
    }
  }
}
