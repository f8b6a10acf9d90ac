import Conversation
import Pictures
import Testing

@Suite struct DecodingTests {
  struct Mode: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var png: PNGSample
    /// What the pixel must decode to.
    var pixel: @Sendable (Int, Int) -> [UInt8]
  }

  /// 11 × 9, so that no row ends on a whole byte.
  private static func mode(
    _ name: String, _ colourType: Int, _ bitDepth: Int, palette: [UInt8] = [],
    transparency: [UInt8] = [], samples: @escaping @Sendable (Int, Int) -> [Int],
    pixel: @escaping @Sendable (Int, Int) -> [UInt8]
  ) -> Mode {
    var png = PNGSample(11, 9, samples: samples)
    png.colourType = colourType
    png.bitDepth = bitDepth
    png.palette = palette
    png.transparency = transparency
    return Mode(testDescription: name, png: png, pixel: pixel)
  }

  private static let colours: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 9, 8, 7]

  private static func colour(_ index: Int) -> [UInt8] {
    Array(colours[(index * 3)..<(index * 3 + 3)])
  }

  static let modes = [
    mode(
      "grey, 1 bit", 0, 1, samples: { [($0 + $1) % 2] },
      pixel: { [($0 + $1) % 2 == 1 ? 255 : 0] }),
    mode(
      "grey, 2 bits", 0, 2, samples: { x, _ in [x % 4] }, pixel: { x, _ in [UInt8(x % 4 * 85)] }),
    mode("grey, 4 bits", 0, 4, samples: { x, _ in [x] }, pixel: { x, _ in [UInt8(x * 17)] }),
    mode("grey, 8 bits", 0, 8, samples: { [$0 * 20 + $1] }, pixel: { [UInt8($0 * 20 + $1)] }),
    mode(
      "grey, 16 bits", 0, 16, samples: { x, _ in [x * 257 * 20] },
      pixel: { x, _ in [UInt8(x * 20)] }),
    mode("RGB, 8 bits", 2, 8, samples: { [$0, $1, 200] }, pixel: { [UInt8($0), UInt8($1), 200] }),
    mode(
      "RGB, 16 bits", 2, 16, samples: { [$0 * 257, $1 * 257, 65_535] },
      pixel: { [UInt8($0), UInt8($1), 255] }),
    mode(
      "palette, 2 bits", 3, 2, palette: colours, samples: { x, _ in [x % 4] },
      pixel: { x, _ in colour(x % 4) }),
    mode(
      "palette, 8 bits, see-through", 3, 8, palette: colours, transparency: [0, 128],
      samples: { x, _ in [x % 4] },
      pixel: { x, _ in colour(x % 4) + [[0, 128, 255, 255][x % 4]] }),
    mode(
      "grey with alpha", 4, 8, samples: { [$0 * 20, $1 * 25] },
      pixel: { [UInt8($0 * 20), UInt8($0 * 20), UInt8($0 * 20), UInt8($1 * 25)] }),
    mode(
      "RGB with alpha, 16 bits", 6, 16, samples: { [0, $0 * 257, $1 * 257, 40 * 257] },
      pixel: { [0, UInt8($0), UInt8($1), 40] }),
    mode(
      "RGB with one see-through colour", 2, 8, transparency: [0, 3, 0, 0, 0, 0],
      samples: { x, _ in [x, 0, 0] }, pixel: { x, _ in [UInt8(x), 0, 0, x == 3 ? 0 : 255] }),
  ]

  @Test(arguments: modes, [false, true])
  func `Every mode of PNG decodes to its colours`(mode: Mode, isInterlaced: Bool) throws {
    var png = mode.png
    png.isInterlaced = isInterlaced
    let raster = try decode(png.bytes)
    for y in 0..<9 {
      for x in 0..<11 { #expect(raster.pixel(x, y) == mode.pixel(x, y), "at \(x), \(y)") }
    }
  }

  struct Inks: CustomTestStringConvertible {
    var hasAdobeMarker: Bool
    var isYCCK: Bool
    var testDescription: String {
      (isYCCK ? "YCCK" : "CMYK") + (hasAdobeMarker ? ", Adobe's" : "")
    }
  }

  @Test(arguments: [
    Inks(hasAdobeMarker: false, isYCCK: false), Inks(hasAdobeMarker: true, isYCCK: false),
    Inks(hasAdobeMarker: true, isYCCK: true),
  ])
  func `Inks become light`(inks: Inks) throws {
    // Cyan, magenta, yellow, key, of 255; and the colours that such inks print.
    let rows: [(ink: [UInt8], light: [UInt8])] = [
      ([0, 0, 0, 0], [255, 255, 255]), ([255, 0, 0, 0], [0, 255, 255]),
      ([0, 255, 255, 0], [255, 0, 0]), ([0, 0, 0, 255], [0, 0, 0]),
      ([0, 0, 0, 128], [127, 127, 127]),
    ]
    for row in rows {
      let raster = Sample.raster(16, 16, .rgba) { _, _ in row.ink }
      let bytes = Sample.jpeg(
        raster,
        JPEGKind(
          hasAdobeMarker: inks.hasAdobeMarker, isInverted: true, isYCCK: inks.isYCCK))
      #expect(isNear(try decode(bytes).pixel(8, 8), row.light, within: 4))
    }
  }

  @Test(arguments: [(true, false), (false, true), (true, true)])
  func `Progressive and arithmetic JPEG are read`(isProgressive: Bool, isArithmetic: Bool) throws {
    let bytes = Sample.jpeg(
      Sample.quadrants(40, 30),
      JPEGKind(isProgressive: isProgressive, isArithmetic: isArithmetic))
    #expect(isNear(try decode(bytes).pixel(5, 5), Sample.red))
    #expect(isNear(try decode(bytes).pixel(35, 25), Sample.white))
  }

  @Test(arguments: [PictureFormat.webp, .gif] + Sample.heifFormats)
  func `Every format shows its quadrants, whole and fitted`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, Sample.quadrants(64, 48))
    for size in [PixelSize(width: 64, height: 48), PixelSize(width: 20, height: 15)] {
      let raster = try decode(bytes, to: size)
      for (x, y) in [(2, 2), (size.width - 3, 2), (2, size.height - 3)] {
        let expected = Sample.quadrant(x, y, size.width, size.height)
        #expect(isNear(Array(raster.pixel(x, y).prefix(3)), expected, within: 25))
      }
    }
  }

  @Test(arguments: Sample.heifFormats)
  func `Alpha is read from HEIC and AVIF`(format: PictureFormat) throws {
    let raster = Sample.raster(64, 64, .rgba) { x, _ in [200, 100, 50, x < 32 ? 0 : 255] }
    let bytes = try Sample.encoded(format, raster)
    #expect(try inspect(bytes).layout == .rgba)
    let decoded = try decode(bytes)
    #expect(decoded.pixel(5, 30)[3] < 10)
    #expect(isNear(decoded.pixel(60, 30), [200, 100, 50, 255]))
  }

  @Test(arguments: [false, true])
  func `A GIF's frame lies where it belongs, and its canvas is see-through`(isInterlaced: Bool)
    throws
  {
    var gif = GIFSample(Sample.quadrants(10, 8))
    gif.isInterlaced = isInterlaced
    gif.canvas = (20, 12)
    gif.left = 5
    gif.top = 2
    let raster = try decode(gif.bytes)
    #expect(raster.size == PixelSize(width: 20, height: 12))
    #expect(raster.pixel(0, 0) == [0, 0, 0, 0])
    #expect(raster.pixel(5, 2) == Sample.red + [255])
    #expect(raster.pixel(14, 9) == Sample.white + [255])
    #expect(raster.pixel(15, 9) == [0, 0, 0, 0])
  }

  @Test func `A GIF's transparent colour is see-through`() throws {
    var gif = GIFSample(Sample.quadrants(10, 8))
    gif.transparentIndex = 0
    let raster = try decode(gif.bytes)
    #expect(raster.pixel(0, 0)[3] == 0)
    #expect(raster.pixel(9, 0) == Sample.green + [255])
  }

  @Test func `An animated WebP shows its first frame`() throws {
    let simple = try Sample.quadrants(40, 30).encoded(as: .webp(quality: nil)).bytes
    let bytes = MetadataSample.animatedWebP(simple, width: 40, height: 30, frameCount: 3)
    let raster = try decode(bytes, to: PixelSize(width: 20, height: 15))
    #expect(isNear(raster.pixel(2, 2), Sample.red + [255]))
    #expect(isNear(raster.pixel(17, 12), Sample.white + [255]))
  }

  @Test func `A PNG with a broken chunk is refused`() throws {
    var bytes = PNGSample(Sample.quadrants(40, 30)).bytes
    bytes[200] ^= 0xFF
    #expect(throws: PictureError.damaged(.png)) { try decode(bytes) }
  }

  @Test func `Reading stops when it is cancelled`() throws {
    let content = try PictureContent(bytes: Sample.jpeg(Sample.quadrants(40, 30)))
    let inspection = try content.inspect()
    #expect(throws: PictureError.cancelled) {
      try content.decode(inspection, to: inspection.size, by: .inProcess, isCancelled: { true })
    }
  }
}
