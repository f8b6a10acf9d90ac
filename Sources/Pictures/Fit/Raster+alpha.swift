import Conversation

extension Raster {
  /// Whether any pixel lets the background through.
  package var isTransparent: Bool {
    layout == .rgba && stride(from: 3, to: pixels.count, by: 4).contains { pixels[$0] < 255 }
  }

  /// The raster laid on white, without an alpha channel.
  var onWhite: Raster {
    guard layout == .rgba else { return self }
    let opaque = [UInt8](unsafeUninitializedCapacity: size.pixelCount * 3) { target, filled in
      pixels.withUnsafeBufferPointer { source in
        for pixel in 0..<size.pixelCount {
          let alpha = Int(source[pixel * 4 + 3])
          for channel in 0..<3 {
            let light = Int(source[pixel * 4 + channel]) * alpha + 255 * (255 - alpha)
            target[pixel * 3 + channel] = UInt8((light + 127) / 255)
          }
        }
      }
      filled = target.count
    }
    return Raster(size: size, layout: .rgb, pixels: opaque)
  }
}
