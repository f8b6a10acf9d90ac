import ChatScreen
import Conversation
import Language
import Pictures

extension ImagePipeline {
  /// Keeps a mask as the Images API takes it: a PNG of the picture's size that is transparent where it
  /// is marked (OpenAI API reference, images/createEdit, `mask`).
  func keepMask(_ order: MaskOrder) throws(Failure) -> PictureReference {
    guard let stored = order.picture.stored else {
      throw Failure(phrase: say("The request was stopped."))
    }
    let raster = Raster(
      size: stored.size, layout: .rgba, pixels: Self.pixels(of: order, stored.size))
    let name = "mask of \(order.picture.name)"
    let picture: EncodedPicture
    do throws(PictureError) { picture = try raster.encoded(as: .png) } catch {
      throw Failure(phrase: error.phrase(about: name))
    }
    return try keep(picture.bytes, name: name, detail: .original)
  }

  private static func pixels(of order: MaskOrder, _ size: PixelSize) -> [UInt8] {
    let rows = max(1, order.cells.count / max(1, order.columns))
    return [UInt8](unsafeUninitializedCapacity: size.pixelCount * 4) { buffer, count in
      buffer.initialize(repeating: 0)
      for y in 0..<size.height {
        let row = y * rows / size.height * order.columns
        for x in 0..<size.width {
          let isMarked = order.cells[row + x * order.columns / size.width]
          buffer[(y * size.width + x) * 4 + 3] = isMarked ? 0 : 255
        }
      }
      count = size.pixelCount * 4
    }
  }
}
