import Conversation
import Pictures
import SeededNumbers
import Testing

/// Lossless WebP, whose decoder is Iris's own (docs/decisions/0350), against libwebp's encoder.
@Suite struct LosslessWebPTests {
  struct Drawing: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var raster: Raster
  }

  /// Pictures for which an encoder uses what the format has: palettes of each width, predictions,
  /// colours told by their green, a cache of colours, repeats.
  static let drawings: [Drawing] = {
    var random = SeededGenerator(seed: 5)
    let noise = Sample.raster(61, 47) { _, _ in
      (0..<3).map { _ in UInt8.random(in: 0...255, using: &random) }
    }
    let few = [2, 3, 4, 5, 16, 17, 256].map { count in
      Drawing(
        testDescription: "\(count) colours",
        raster: Sample.raster(75, 40) { x, y in
          let index = (x / 2 * 7 + y / 3 * 5 + x * y) % count
          return [UInt8(index), UInt8(index * 31 % 256), UInt8(255 - index)]
        })
    }
    return few + [
      Drawing(testDescription: "one pixel", raster: Sample.raster(1, 1) { _, _ in [9, 8, 7] }),
      Drawing(testDescription: "one colour", raster: Sample.raster(33, 9) { _, _ in [9, 8, 7] }),
      Drawing(testDescription: "noise", raster: noise),
      Drawing(testDescription: "a photograph", raster: Sample.photograph(133, 120)),
      Drawing(testDescription: "a screen", raster: Sample.screen(300, 64)),
      Drawing(testDescription: "a column", raster: Sample.photograph(1, 50)),
      Drawing(testDescription: "a row", raster: Sample.photograph(500, 1)),
      Drawing(
        testDescription: "shades",
        raster: Sample.raster(256, 64) { x, y in [UInt8(x), UInt8(x / 2 + y), UInt8(255 - x)] }),
      Drawing(
        testDescription: "alpha",
        raster: Sample.raster(64, 64, .rgba) { x, y in
          [UInt8(x * 3), UInt8(y * 2), UInt8(x + y), UInt8(255 - x * 2)]
        }),
    ]
  }()

  @Test(arguments: drawings)
  func `What was encoded comes back`(drawing: Drawing) throws {
    let raster = drawing.raster
    let bytes = try raster.encoded(as: .webp(quality: nil)).bytes
    #expect(try decode(bytes, to: raster.size) == raster)
  }

  @Test func `Pixels repeat what stood a million pixels before`() throws {
    // 1000 rows of noise, and again: the encoder refers to them as far as the format reaches.
    let noise = Sample.photograph(1040, 40)
    let raster = Sample.raster(1040, 1100) { x, y in
      y % 1000 < 40 ? noise.pixel(x, y % 1000) : [UInt8(y % 251), 9, UInt8(x % 13)]
    }
    let bytes = try raster.encoded(as: .webp(quality: nil)).bytes
    #expect(try decode(bytes, to: raster.size) == raster)
  }

  @Test func `It is cut nowhere`() throws {
    let raster = Sample.photograph(40, 30)
    let bytes = try raster.encoded(as: .webp(quality: nil)).bytes
    for count in stride(from: 30, to: bytes.count - 2, by: 37) {
      // The lengths that the file tells are those of what is left, so that only its pixels lack.
      var cut = Array(bytes.prefix(count))
      cut.replaceSubrange(4..<8, with: MetadataSample.little(count - 8))
      cut.replaceSubrange(16..<20, with: MetadataSample.little(count - 20))
      #expect(throws: PictureError.self) { try decode(cut, to: raster.size) }
    }
  }

  @Test func `Memory is told by a window and tables, not by all pixels`() throws {
    func byteCount(_ width: Int, _ height: Int) throws -> Int {
      let bits = (width - 1) | (height - 1) << 14
      let pixels = [0x2F] + MetadataSample.little(bits) + [0, 0, 0]
      let chunk = MetadataSample.webpChunk("VP8L", pixels)
      let start = Array("RIFF".utf8) + MetadataSample.little(chunk.count + 4)
      return try inspect(start + Array("WEBP".utf8) + chunk).decodingByteCount
    }
    #expect(try byteCount(6000, 4000) < 24 << 20)
    #expect(try byteCount(14_000, 13_600) < 256 << 20)
  }
}
