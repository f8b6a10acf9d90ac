import Conversation
import Pictures
import Testing

@Suite struct TellingTests {
  private static let quadrants = Sample.quadrants(40, 30)
  private static let size = PixelSize(width: 40, height: 30)

  @Test(arguments: Sample.formats)
  func `A format and a size are told by the content`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, Self.quadrants)
    let inspection = try inspect(bytes)
    #expect(inspection.format == format)
    #expect(inspection.size == Self.size)
    #expect(inspection.byteCount == bytes.count)
    #expect(!inspection.isAnimated)
    #expect(!inspection.hasLocation)
  }

  @Test func `A file is told like bytes, whatever its name`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("picture.txt", Sample.jpeg(Self.quadrants))
    #expect(try PictureContent(path: path).inspect().format == .jpeg)
  }

  struct Transparency: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var layout: ChannelLayout
  }

  private static func png(_ colourType: Int, transparency: [UInt8] = []) -> [UInt8] {
    let channels = [1, 0, 3, 1, 2, 0, 4][colourType]
    var png = PNGSample(4, 4) { _, _ in [Int](repeating: 0, count: channels) }
    png.colourType = colourType
    if colourType == 3 { png.palette = [1, 2, 3] }
    png.transparency = transparency
    return png.bytes
  }

  static let transparencies = [
    Transparency(testDescription: "grey PNG", bytes: png(0), layout: .grey),
    Transparency(testDescription: "RGB PNG", bytes: png(2), layout: .rgb),
    Transparency(testDescription: "palette PNG", bytes: png(3), layout: .rgb),
    Transparency(
      testDescription: "see-through palette", bytes: png(3, transparency: [0]), layout: .rgba),
    Transparency(testDescription: "grey PNG with alpha", bytes: png(4), layout: .rgba),
    Transparency(testDescription: "RGB PNG with alpha", bytes: png(6), layout: .rgba),
    Transparency(
      testDescription: "grey JPEG", bytes: Sample.jpeg(Sample.raster(8, 8, .grey) { _, _ in [9] }),
      layout: .grey),
  ]

  @Test(arguments: transparencies)
  func `What a pixel is made of is told`(row: Transparency) throws {
    #expect(try inspect(row.bytes).layout == row.layout)
  }

  @Test func `A lossless WebP tells its alpha`() throws {
    let raster = Sample.raster(6, 5, .rgba) { x, _ in [1, 2, 3, UInt8(x * 40)] }
    let inspection = try inspect(raster.encoded(as: .webp(quality: nil)).bytes)
    #expect(inspection.layout == .rgba)
    #expect(inspection.size == raster.size)
  }

  @Test func `A lossy WebP tells its alpha and its size`() throws {
    let raster = Sample.raster(6, 5, .rgba) { x, _ in [1, 2, 3, UInt8(x * 40)] }
    let inspection = try inspect(raster.encoded(as: .webp(quality: 80)).bytes)
    #expect(inspection.layout == .rgba)
    #expect(inspection.size == raster.size)
  }

  @Test(arguments: [1, 2, 5])
  func `A GIF of more than one frame is animated`(frameCount: Int) throws {
    var gif = GIFSample(Self.quadrants)
    gif.frameCount = frameCount
    #expect(try inspect(gif.bytes).isAnimated == (frameCount > 1))
  }

  @Test func `An animated WebP is told`() throws {
    let simple = try Self.quadrants.encoded(as: .webp(quality: nil)).bytes
    let bytes = MetadataSample.animatedWebP(simple, width: 40, height: 30, frameCount: 2)
    let inspection = try inspect(bytes)
    #expect(inspection.isAnimated)
    #expect(inspection.size == Self.size)
  }

  @Test(arguments: [1, 3])
  func `An animated PNG is one of more than one frame`(frameCount: Int) throws {
    var png = PNGSample(Self.quadrants)
    png.chunksBefore = [("acTL", PNGSample.word(frameCount) + PNGSample.word(0))]
    #expect(try inspect(png.bytes).isAnimated == (frameCount > 1))
  }

  @Test func `Inks are unusual`() throws {
    let inks = [UInt8](repeating: 100, count: 8 * 8 * 4)
    let raster = Raster(size: PixelSize(width: 8, height: 8), layout: .rgba, pixels: inks)
    let bytes = Sample.jpeg(
      raster,
      JPEGKind(hasAdobeMarker: true, isYCCK: true))
    #expect(try inspect(bytes).isUnusual)
  }
}
