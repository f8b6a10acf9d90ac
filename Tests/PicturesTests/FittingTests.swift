import Conversation
import Pictures
import Testing

@Suite struct FittingTests {
  private let quadrants = Sample.quadrants(40, 30)

  private func within(_ width: Int, _ height: Int) -> FitTarget {
    FitTarget(scale: .within(PixelSize(width: width, height: height)))
  }

  struct Box: CustomTestStringConvertible {
    var size: PixelSize
    var box: PixelSize
    var fitted: PixelSize
    var testDescription: String { "\(size) in \(box)" }

    init(_ size: (Int, Int), _ box: (Int, Int), _ fitted: (Int, Int)) {
      self.size = PixelSize(width: size.0, height: size.1)
      self.box = PixelSize(width: box.0, height: box.1)
      self.fitted = PixelSize(width: fitted.0, height: fitted.1)
    }
  }

  @Test(arguments: [
    Box((6000, 4000), (1152, 768), (1152, 768)), Box((100, 50), (512, 512), (100, 50)),
    Box((4000, 3000), (512, 512), (512, 384)), Box((3000, 4000), (512, 512), (384, 512)),
    Box((1, 10_000), (512, 512), (1, 512)), Box((513, 513), (512, 512), (512, 512)),
    Box((1000, 333), (500, 500), (500, 167)),
  ])
  func `A box keeps the aspect and never enlarges`(row: Box) {
    #expect(row.size.fitted(within: row.box) == row.fitted)
  }

  @Test(arguments: [PictureFormat.png, .jpeg, .webp, .gif])
  func `A picture that fits stays untouched`(format: PictureFormat) throws {
    #expect(try fit(Sample.encoded(format, quadrants), to: within(40, 30)) == .untouched)
  }

  @Test(arguments: Sample.formats)
  func `A larger picture gets the target's size`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, quadrants)
    let target = FitTarget(scale: .exactly(PixelSize(width: 21, height: 15)))
    let picture = try #require(try encoded(bytes, for: target))
    #expect(picture.size == PixelSize(width: 21, height: 15))
    let inspection = try inspect(picture.bytes)
    #expect(inspection.size == picture.size)
    #expect(inspection.format == picture.format)
  }

  @Test func `An exact size is never larger than the picture`() throws {
    let target = FitTarget(scale: .exactly(PixelSize(width: 400, height: 300)))
    #expect(try fit(Sample.jpeg(quadrants), to: target) == .untouched)
  }

  @Test(arguments: Sample.heifFormats)
  func `A format that the server does not take is converted`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, quadrants)
    let picture = try #require(try encoded(bytes, for: within(400, 400)))
    #expect(picture.size == quadrants.size)
    #expect([.png, .jpeg].contains(picture.format))
  }

  @Test(arguments: [Set([PictureFormat.png]), [.jpeg], [.webp]])
  func `The server's formats are kept to`(formats: Set<PictureFormat>) throws {
    for raster in [Sample.photograph(64, 64), Sample.screen(64, 64)] {
      var target = within(32, 32)
      target.formats = formats
      let picture = try #require(try encoded(PNGSample(raster).bytes, for: target))
      #expect(formats.contains(picture.format))
    }
  }

  @Test(arguments: [Set<PictureFormat>(), [.gif], [.heic, .avif]])
  func `A server that takes nothing we write is told`(formats: Set<PictureFormat>) {
    var target = within(20, 20)
    target.formats = formats
    #expect(throws: PictureError.noAcceptedFormat) {
      try fit(PNGSample(quadrants).bytes, to: target)
    }
  }

  @Test func `A turned picture that fits is encoded upright`() throws {
    let bytes = MetadataSample.jpeg(
      Sample.jpeg(quadrants), exif: MetadataSample.exif(orientation: 6))
    let picture = try #require(try encoded(bytes, for: within(100, 100)))
    #expect(picture.size == PixelSize(width: 30, height: 40))
  }

  @Test func `The original is sent as it is, turned or not`() throws {
    let bytes = MetadataSample.jpeg(
      Sample.jpeg(quadrants), exif: MetadataSample.exif(orientation: 6))
    #expect(try fit(bytes, to: FitTarget(scale: .original)) == .untouched)
  }

  @Test func `The original is converted where the server does not take its format`() throws {
    let bytes = try Sample.encoded(.heic, quadrants)
    let picture = try #require(try encoded(bytes, for: FitTarget(scale: .original)))
    #expect(picture.size == quadrants.size)
  }

  @Test func `Inks are encoded as light even where the picture fits`() throws {
    let raster = Sample.raster(16, 16, .rgba) { _, _ in [0, 255, 255, 0] }
    let bytes = Sample.jpeg(
      raster,
      JPEGKind(hasAdobeMarker: true, isYCCK: true))
    let picture = try #require(try encoded(bytes, for: within(100, 100)))
    #expect(isNear(try decode(picture.bytes).pixel(8, 8), [255, 0, 0], within: 6))
  }

  @Test func `A JPEG that few decoders read is encoded in the common way`() throws {
    let bytes = Sample.jpeg(quadrants, JPEGKind(isArithmetic: true))
    let picture = try #require(try encoded(bytes, for: within(100, 100)))
    #expect(try !inspect(picture.bytes).isUnusual)
  }

  @Test func `Alpha is kept where the target has it`() throws {
    let raster = Sample.raster(40, 40, .rgba) { x, _ in [10, 20, 200, x < 20 ? 0 : 255] }
    let picture = try #require(try encoded(PNGSample(raster).bytes, for: within(20, 20)))
    let decoded = try decode(picture.bytes)
    #expect(decoded.layout == .rgba)
    #expect(decoded.pixel(2, 10)[3] == 0)
    #expect(decoded.pixel(17, 10) == [10, 20, 200, 255])
  }

  @Test func `Alpha is laid on white where the target has none`() throws {
    let raster = Sample.raster(40, 40, .rgba) { x, _ in [10, 20, 200, x < 20 ? 0 : 255] }
    var target = within(20, 20)
    target.formats = [.jpeg]
    let picture = try #require(try encoded(PNGSample(raster).bytes, for: target))
    let decoded = try decode(picture.bytes)
    #expect(isNear(decoded.pixel(2, 10), [255, 255, 255]))
    #expect(isNear(decoded.pixel(17, 10), [10, 20, 200]))
  }

  @Test func `An alpha channel that hides nothing is dropped`() throws {
    let photograph = Sample.photograph(64, 64)
    let raster = Sample.raster(64, 64, .rgba) { x, y in photograph.pixel(x, y) + [255] }
    let picture = try #require(try encoded(PNGSample(raster).bytes, for: within(32, 32)))
    #expect(picture.format == .jpeg)
  }

  @Test func `A photograph becomes a JPEG and is smaller than as a PNG`() throws {
    let bytes = PNGSample(Sample.photograph(200, 160)).bytes
    let picture = try #require(try encoded(bytes, for: within(120, 120)))
    #expect(picture.format == .jpeg)
    let exact = try decode(bytes, to: picture.size).encoded(as: .png)
    #expect(picture.bytes.count * 2 < exact.bytes.count)
  }

  @Test func `A screen becomes a PNG, and its text loses nothing`() throws {
    let bytes = PNGSample(Sample.screen(300, 200)).bytes
    let picture = try #require(try encoded(bytes, for: within(240, 160)))
    #expect(picture.format == .png)
    #expect(try decode(picture.bytes) == decode(bytes, to: picture.size))
  }

  @Test func `Text stays readable where only JPEG is taken`() throws {
    let bytes = PNGSample(Sample.screen(300, 200)).bytes
    var target = within(240, 160)
    target.formats = [.jpeg]
    let picture = try #require(try encoded(bytes, for: target))
    let exact = try decode(bytes, to: picture.size)
    let lossy = try decode(picture.bytes)
    let errors = zip(exact.pixels, lossy.pixels).map { abs(Int($0) - Int($1)) }
    let mean = Double(errors.reduce(0, +)) / Double(errors.count)
    #expect(mean < 3)
  }

  @Test func `A byte limit is met, by quality first and then by size`() throws {
    let bytes = PNGSample(Sample.photograph(200, 160)).bytes
    for limit in [9_000, 3_000, 900] {
      var target = within(160, 160)
      target.maximumBytes = limit
      let picture = try #require(try encoded(bytes, for: target))
      #expect(picture.bytes.count <= limit)
    }
  }

  @Test func `A byte limit that no picture meets is told`() {
    var target = within(20, 20)
    target.maximumBytes = 50
    #expect(throws: PictureError.cannotShrink(below: 50)) {
      try fit(PNGSample(quadrants).bytes, to: target)
    }
  }

  @Test func `Of an animation the first frame is taken`() throws {
    var gif = GIFSample(quadrants)
    gif.frameCount = 3
    let picture = try #require(try encoded(gif.bytes, for: within(20, 20)))
    #expect(isNear(try decode(picture.bytes).pixel(3, 3), Sample.red))
  }

  @Test func `Fitting stops when it is cancelled`() throws {
    let content = try PictureContent(bytes: PNGSample(quadrants).bytes)
    let inspection = try content.inspect()
    #expect(throws: PictureError.cancelled) {
      try content.fit(inspection, to: within(20, 20), by: .inProcess, isCancelled: { true })
    }
  }
}
