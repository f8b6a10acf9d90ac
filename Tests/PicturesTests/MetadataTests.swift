import Conversation
import Pictures
import Testing

@Suite struct MetadataTests {
  private static let quadrants = Sample.quadrants(40, 30)

  /// Where EXIF defines the first stored row and column to lie (EXIF 2.32, tag 274).
  struct Turn: CustomTestStringConvertible {
    var value: Int
    var row: Side
    var column: Side
    var testDescription: String { "orientation \(value)" }
  }

  enum Side { case top, bottom, left, right }

  static let turns = [
    Turn(value: 1, row: .top, column: .left), Turn(value: 2, row: .top, column: .right),
    Turn(value: 3, row: .bottom, column: .right), Turn(value: 4, row: .bottom, column: .left),
    Turn(value: 5, row: .left, column: .top), Turn(value: 6, row: .right, column: .top),
    Turn(value: 7, row: .right, column: .bottom), Turn(value: 8, row: .left, column: .bottom),
  ]

  /// The upright quadrants, stored as a camera that was held so would store them.
  private func stored(_ turn: Turn, _ width: Int, _ height: Int) -> Raster {
    let swaps = turn.value >= 5
    return Sample.raster(swaps ? height : width, swaps ? width : height) { column, row in
      var (x, y) = (0, 0)
      for (side, index) in [(turn.row, row), (turn.column, column)] {
        switch side {
        case .top: y = index
        case .bottom: y = height - 1 - index
        case .left: x = index
        case .right: x = width - 1 - index
        }
      }
      return Sample.quadrant(x, y, width, height)
    }
  }

  @Test(arguments: turns)
  func `A turned JPEG comes out upright and without its turn`(turn: Turn) throws {
    let bytes = MetadataSample.jpeg(
      Sample.jpeg(stored(turn, 48, 32)), exif: MetadataSample.exif(orientation: turn.value))
    #expect(try inspect(bytes).size == PixelSize(width: 48, height: 32))
    let target = FitTarget(scale: .within(PixelSize(width: 24, height: 24)))
    let picture = try #require(try encoded(bytes, for: target))
    #expect(picture.size == PixelSize(width: 24, height: 16))
    #expect(try inspect(picture.bytes).orientation == .upright)
    let upright = try decode(picture.bytes)
    for (x, y) in [(3, 3), (20, 3), (3, 12), (20, 12)] {
      #expect(isNear(upright.pixel(x, y), Sample.quadrant(x, y, 24, 16), within: 20))
    }
  }

  @Test(arguments: turns)
  func `A turned PNG comes out upright, exactly`(turn: Turn) throws {
    var png = PNGSample(stored(turn, 12, 8))
    png.chunksBefore = [("eXIf", MetadataSample.exif(orientation: turn.value))]
    #expect(try decode(png.bytes) == Sample.quadrants(12, 8))
  }

  @Test(arguments: turns, Sample.heifFormats)
  func `A turned HEIC or AVIF comes out upright`(turn: Turn, format: PictureFormat) throws {
    let bytes = Sample.heif(
      stored(turn, 64, 32), isAVIF: format == .avif, orientation: turn.value)
    let size = PixelSize(width: 64, height: 32)
    #expect(try inspect(bytes).size == size)
    let upright = try decode(bytes, to: size)
    for (x, y) in [(5, 5), (58, 5), (5, 26), (58, 26)] {
      #expect(isNear(upright.pixel(x, y), Sample.quadrant(x, y, 64, 32), within: 25))
    }
  }

  @Test(arguments: [0, 9, 200])
  func `An orientation that EXIF does not define is upright`(value: Int) throws {
    let bytes = MetadataSample.jpeg(
      Sample.jpeg(Self.quadrants), exif: MetadataSample.exif(orientation: value))
    #expect(try inspect(bytes).orientation == .upright)
  }

  @Test(arguments: [true, false])
  func `Both byte orders of EXIF are read`(isLittleEndian: Bool) throws {
    let exif = MetadataSample.exif(
      orientation: 6, hasLocation: true, isLittleEndian: isLittleEndian)
    let inspection = try inspect(MetadataSample.jpeg(Sample.jpeg(Self.quadrants), exif: exif))
    #expect(inspection.orientation == .turnedRight)
    #expect(inspection.hasLocation)
  }

  @Test func `EXIF without a place tells no location`() throws {
    let bytes = MetadataSample.jpeg(Sample.jpeg(Self.quadrants), exif: MetadataSample.exif())
    #expect(try !inspect(bytes).hasLocation)
  }

  @Test func `EXIF cut anywhere is no error`() throws {
    let exif = MetadataSample.exif(orientation: 3, hasLocation: true)
    let jpeg = Sample.jpeg(Self.quadrants)
    for length in 0..<exif.count {
      let bytes = MetadataSample.jpeg(jpeg, exif: Array(exif.prefix(length)))
      #expect(try inspect(bytes).storedSize == Self.quadrants.size)
    }
  }

  struct Place: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
  }

  private static func placed() throws -> [Place] {
    let exif = MetadataSample.exif(hasLocation: true)
    let jpeg = Sample.jpeg(quadrants)
    let webp = try quadrants.encoded(as: .webp(quality: nil)).bytes
    let xmpText = Array("XML:com.adobe.xmp\0\0\0\0\0".utf8) + MetadataSample.xmp
    var pngs = [PNGSample](repeating: PNGSample(quadrants), count: 4)
    pngs[0].chunksBefore = [("eXIf", exif)]
    pngs[1].chunksAfter = [("eXIf", exif)]
    pngs[2].chunksBefore = [("iTXt", xmpText)]
    // Behind more chunks than are walked over.
    pngs[3].chunksAfter = (0..<300).map { _ in ("tEXt", Array("a\0b".utf8)) } + [("eXIf", exif)]
    let xmpName = Array("http://ns.adobe.com/xap/1.0/\0".utf8)
    return [
      Place(testDescription: "JPEG EXIF", bytes: MetadataSample.jpeg(jpeg, exif: exif)),
      Place(
        testDescription: "JPEG XMP",
        bytes: MetadataSample.jpeg(jpeg, segment: xmpName + MetadataSample.xmp)),
      Place(
        testDescription: "WebP EXIF",
        bytes: MetadataSample.webp(
          webp, width: 40, height: 30, flags: 0x08, MetadataSample.webpChunk("EXIF", exif))),
      Place(
        testDescription: "WebP XMP",
        bytes: MetadataSample.webp(
          webp, width: 40, height: 30, flags: 0x04,
          MetadataSample.webpChunk("XMP ", MetadataSample.xmp))),
    ]
      + zip(["before the pixels", "behind the pixels", "as XMP", "behind much text"], pngs).map {
        Place(testDescription: "PNG \($0)", bytes: $1.bytes)
      }
  }

  @Test func `A place is told wherever a format can carry it, and lost on encoding`() throws {
    for place in try Self.placed() {
      #expect(try inspect(place.bytes).hasLocation, "\(place.testDescription)")
      let target = FitTarget(scale: .within(PixelSize(width: 20, height: 20)))
      let picture = try #require(try encoded(place.bytes, for: target))
      #expect(try !inspect(picture.bytes).hasLocation, "\(place.testDescription)")
    }
  }

  @Test func `Nothing of the metadata is in the encoded bytes`() throws {
    let secret = Array("Exif\0\0".utf8)
    let bytes = MetadataSample.jpeg(
      Sample.jpeg(Self.quadrants), exif: MetadataSample.exif(hasLocation: true))
    let picture = try #require(
      try encoded(bytes, for: FitTarget(scale: .within(PixelSize(width: 20, height: 20)))))
    #expect(bytes.indices.contains { bytes[$0...].starts(with: secret) })
    #expect(!picture.bytes.indices.contains { picture.bytes[$0...].starts(with: secret) })
  }
}
