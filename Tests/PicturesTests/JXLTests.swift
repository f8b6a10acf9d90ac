import Conversation
import Pictures
import Testing

/// JPEG XL, where libjxl is, which the program loads when it needs it.
@Suite struct JXLTests {
  static let hasLibrary = Sample.hasLibrary((7...12).map { "libjxl.so.0.\($0)" })

  @Test func `Size, turn, alpha and animation stand in the header`() throws {
    for bytes in [JXLSample.quadrants, JXLSample.boxed] {
      let inspection = try inspect(bytes)
      #expect(inspection.format == .jxl)
      #expect(inspection.size == PixelSize(width: 40, height: 30))
      #expect(inspection.layout == .rgb)
      #expect(!inspection.isAnimated)
    }
    let alpha = try inspect(JXLSample.alpha)
    #expect(alpha.layout == .rgba)
    #expect(alpha.size == PixelSize(width: 16, height: 12))
  }

  /// Bits in the order of ISO/IEC 18181-1 annex B: the number's least significant one first.
  private func header(_ fields: [(value: Int, count: Int)]) -> [UInt8] {
    let bits = fields.flatMap { field in (0..<field.count).map { field.value >> $0 & 1 } }
    let padded = bits + [Int](repeating: 0, count: 7 - (bits.count + 7) % 8)
    let bytes = stride(from: 0, to: padded.count, by: 8).map { start in
      UInt8((0..<8).reduce(0) { $0 | padded[start + $1] << $1 })
    }
    return [0xFF, 0x0A] + bytes + [UInt8](repeating: 0, count: 16)
  }

  @Test func `A header written by its bits is read`() throws {
    // 2000 rows of 13 bits, 16:9; extra fields: turned right, of its own size no word, no preview,
    // 100 ticks a second, 1 a tick, for ever; 10 bits; one channel more, which is no alpha.
    let bytes = header([
      (0, 1), (1, 2), (1999, 13), (5, 3), (0, 1), (1, 1), (5, 3), (0, 1), (0, 1), (1, 1), (0, 2),
      (0, 2), (0, 2), (0, 1), (0, 1), (1, 2), (0, 1), (1, 2), (0, 1), (1, 2), (0, 64),
    ])
    let inspection = try inspect(bytes)
    #expect(inspection.size == PixelSize(width: 2000, height: 3555))
    #expect(inspection.isAnimated)
    #expect(inspection.layout == .rgb)
  }

  @Test(.enabled(if: hasLibrary)) func `It is decoded, here and behind the wall`() throws {
    for bytes in [JXLSample.quadrants, JXLSample.boxed] {
      #expect(try decode(bytes) == Sample.quadrants(40, 30))
      let content = try PictureContent(bytes: bytes)
      let inspection = try content.inspect()
      let size = PixelSize(width: 20, height: 15)
      let small = try content.decode(inspection, to: size, by: Sample.confinedDecoder)
      #expect(small.pixel(3, 3) == Sample.red)
      #expect(small.pixel(17, 12) == Sample.white)
    }
    let alpha = try decode(JXLSample.alpha)
    #expect(alpha.pixel(2, 2)[3] == 0)
    #expect(alpha.pixel(13, 9) == Sample.white + [255])
  }

  @Test(.enabled(if: hasLibrary)) func `Its profile is applied`() throws {
    #expect(isNear(try decode(JXLSample.displayP3).pixel(4, 4), [255, 0, 0], within: 1))
  }

  @Test(.enabled(if: hasLibrary)) func `Cut anywhere it is refused`() throws {
    let target = FitTarget(scale: .within(PixelSize(width: 9, height: 9)))
    for length in 2..<(JXLSample.quadrants.count - 1) {
      #expect(throws: PictureError.self, "cut at \(length)") {
        try fit(Array(JXLSample.quadrants.prefix(length)), to: target)
      }
    }
  }
}
