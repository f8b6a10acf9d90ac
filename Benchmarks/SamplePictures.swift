import Conversation
import Pictures

#if canImport(Glibc)
  import Glibc
#endif

/// Writes the pictures that the benchmark measures with.
enum SamplePictures {
  /// What makes this program write them into the folder that follows, and end.
  static let argument = "--write-pictures"

  static func write(to folder: String) throws {
    let photograph = raster(6000, 4000)
    let encodings: [(String, Encoding)] = [
      ("photo.jpg", .jpeg(quality: 90, fullChroma: false)), ("photo.png", .png),
      ("photo.webp", .webp(quality: 85)), ("lossless.webp", .webp(quality: nil)),
    ]
    for (name, encoding) in encodings {
      write(try photograph.encoded(as: encoding).bytes, to: folder + "/" + name)
    }
    // 3 MB long by what follows their end, and each another by its number.
    let picture = try raster(1500, 1000).encoded(as: .jpeg(quality: 90, fullChroma: true)).bytes
    for number in 1...20 {
      let rest = [UInt8](repeating: UInt8(number), count: max(1, 3_000_000 - picture.count))
      write(picture + rest, to: folder + "/large-\(number).jpg")
    }
  }

  /// Slopes and grain, as a camera sees them.
  private static func raster(_ width: Int, _ height: Int) -> Raster {
    var seed: UInt32 = 1
    var pixels = [UInt8](repeating: 0, count: width * height * 3)
    for row in 0..<height {
      for column in 0..<width {
        seed = seed &* 1_664_525 &+ 1_013_904_223
        let place = (row * width + column) * 3
        let grain = Int(seed >> 28)
        pixels[place] = UInt8(truncatingIfNeeded: column * 200 / width + grain)
        pixels[place + 1] = UInt8(truncatingIfNeeded: row * 200 / height + grain)
        pixels[place + 2] = UInt8(truncatingIfNeeded: (column + row) / 32 % 200 + grain)
      }
    }
    return Raster(size: PixelSize(width: width, height: height), layout: .rgb, pixels: pixels)
  }

  private static func write(_ bytes: [UInt8], to path: String) {
    guard let file = fopen(path, "w") else { return }
    fwrite(bytes, 1, bytes.count, file)
    fclose(file)
  }
}
