import Conversation
import Pictures

/// A GIF written by the letter of its specification, without giflib.
///
/// The colour numbers have 7 bits, so that every LZW code is one byte as long as the table is
/// cleared before it grows.
struct GIFSample {
  var width: Int
  var height: Int
  var frameCount = 1
  var isInterlaced = false
  var transparentIndex: UInt8?
  /// Where the frame lies on the canvas.
  var left = 0
  var top = 0
  /// The canvas, where it is larger than the frame.
  var canvas: (width: Int, height: Int)?
  /// At most 128 colours.
  var palette: [[UInt8]]
  var indices: [UInt8]

  /// A raster of at most 128 colours.
  init(_ raster: Raster) {
    width = raster.size.width
    height = raster.size.height
    palette = []
    indices = []
    for y in 0..<height {
      for x in 0..<width {
        let colour = Array(raster.pixel(x, y).prefix(3))
        let index = palette.firstIndex(of: colour) ?? palette.count
        if index == palette.count { palette.append(colour) }
        indices.append(UInt8(index))
      }
    }
  }

  var bytes: [UInt8] {
    let canvas = canvas ?? (width, height)
    var bytes = Array("GIF89a".utf8) + short(canvas.width) + short(canvas.height)
    bytes += [0xE6, 0, 0]  // A global table of 128 colours.
    bytes += palette.flatMap(\.self)
    bytes += [UInt8](repeating: 0, count: (128 - palette.count) * 3)
    for _ in 0..<frameCount { bytes += frame }
    return bytes + [0x3B]
  }

  private var frame: [UInt8] {
    let isTransparent: UInt8 = transparentIndex == nil ? 0 : 1
    let control: [UInt8] = [0x21, 0xF9, 4, isTransparent, 10, 0, transparentIndex ?? 0, 0]
    let place = short(left) + short(top) + short(width) + short(height)
    return control + [0x2C] + place + [isInterlaced ? 0x40 : 0, 7] + blocks(codes) + [0]
  }

  private var codes: [UInt8] {
    let clear: UInt8 = 0x80
    let end: UInt8 = 0x81
    let stored = rowOrder.flatMap { indices[($0 * width)..<(($0 + 1) * width)] }
    let runs = stride(from: 0, to: stored.count, by: 100).flatMap { start in
      [clear] + stored[start..<min(start + 100, stored.count)]
    }
    return runs + [end]
  }

  private var rowOrder: [Int] {
    guard isInterlaced else { return Array(0..<height) }
    return [(0, 8), (4, 8), (2, 4), (1, 2)].flatMap {
      Array(stride(from: $0.0, to: height, by: $0.1))
    }
  }

  private func blocks(_ codes: [UInt8]) -> [UInt8] {
    stride(from: 0, to: codes.count, by: 255).flatMap { start in
      let block = codes[start..<min(start + 255, codes.count)]
      return [UInt8(block.count)] + block
    }
  }

  private func short(_ value: Int) -> [UInt8] { [UInt8(value & 255), UInt8(value >> 8)] }
}
