import CCodecs
package import Conversation

/// Decoded pixels: rows from top to bottom without padding, 8 bits a channel.
package struct Raster: Equatable, Sendable {
  package let size: PixelSize
  package let layout: ChannelLayout
  /// `size.pixelCount × layout.rawValue` bytes.
  package let pixels: [UInt8]

  package init(size: PixelSize, layout: ChannelLayout, pixels: [UInt8]) {
    precondition(pixels.count == size.pixelCount * layout.rawValue)
    self.size = size
    self.layout = layout
    self.pixels = pixels
  }
}

extension Raster {
  /// The raster at a size of at most its own, each pixel the mean of the area that it covers.
  func reduced(to target: PixelSize) throws(PictureError) -> Raster {
    guard target != size else { return self }
    return try Raster.make(target, layout) { canvas in
      canvas.source_width = UInt32(size.width)
      canvas.source_height = UInt32(size.height)
      return pixels.withUnsafeBufferPointer { codec_reduce($0.baseAddress, &canvas) }
    } failure: { _ in
      .outOfMemory
    }
  }

  /// Lets a function of the C shim fill a new raster.
  static func make(
    _ size: PixelSize, _ layout: ChannelLayout,
    fill: (inout codec_canvas) -> codec_status,
    failure: (codec_status) -> PictureError
  ) throws(PictureError) -> Raster {
    let count = size.pixelCount * layout.rawValue
    var status = CODEC_OK
    let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      var canvas = codec_canvas()
      canvas.width = UInt32(size.width)
      canvas.height = UInt32(size.height)
      canvas.channels = UInt32(layout.rawValue)
      canvas.pixels = buffer.baseAddress
      status = fill(&canvas)
      filled = status == CODEC_OK ? count : 0
    }
    guard status == CODEC_OK else { throw failure(status) }
    return Raster(size: size, layout: layout, pixels: pixels)
  }
}
