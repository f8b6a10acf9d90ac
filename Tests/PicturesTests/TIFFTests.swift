import Conversation
import Pictures
import Testing

/// Kinds of TIFF, as scanners, faxes, printers and microscopes write them.
///
/// They run where libtiff is, which the program loads when it needs it.
@Suite(.enabled(if: Sample.hasLibrary(["libtiff.so.6", "libtiff.so.5"]))) struct TIFFTests {
  struct Kind: CustomTestStringConvertible, Sendable {
    var testDescription: String
    var tiff: TIFFSample
    /// What the pixel must decode to.
    var pixel: @Sendable (Int, Int) -> [UInt8]
  }

  /// 37 × 21, so that no tile and no byte of bits ends with a row.
  private static func kind(
    _ name: String, _ photometric: Int, channels: Int, bits: Int = 8,
    _ samples: @escaping @Sendable (Int, Int) -> [Int],
    shows pixel: @escaping @Sendable (Int, Int) -> [UInt8],
    change: (inout TIFFSample) -> Void = { _ in }
  ) -> Kind {
    var tiff = TIFFSample(37, 21, samples: samples)
    (tiff.photometric, tiff.channelCount, tiff.bitDepth) = (photometric, channels, bits)
    change(&tiff)
    return Kind(testDescription: name, tiff: tiff, pixel: pixel)
  }

  private static let red: @Sendable (Int, Int) -> [Int] = { x, y in [200, x * 5, y * 9] }
  private static let showsRed: @Sendable (Int, Int) -> [UInt8] = { x, y in
    [200, UInt8(x * 5), UInt8(y * 9)]
  }
  private static let palette = (0..<768).map { $0 < 256 ? 0xFFFF : $0 < 512 ? 0 : 0x8080 }

  static let kinds = [
    kind("grey", 1, channels: 1, { x, _ in [x * 6] }, shows: { x, _ in [UInt8(x * 6)] }),
    kind(
      "white is zero", 0, channels: 1, { x, _ in [x * 6] }, shows: { x, _ in [UInt8(255 - x * 6)] }),
    kind(
      "fax of 1 bit", 0, channels: 1, bits: 1, { x, y in [(x + y) % 2] },
      shows: { x, y in [(x + y) % 2 == 1 ? 0 : 255] }),
    kind(
      "grey, 16 bits", 1, channels: 1, bits: 16, { x, _ in [x * 257 * 6] },
      shows: { x, _ in [UInt8(x * 6)] }),
    kind("RGB", 2, channels: 3, red, shows: showsRed),
    kind(
      "RGB, big-endian", 2, channels: 3, red, shows: showsRed, change: { $0.isBigEndian = true }),
    kind("BigTIFF", 2, channels: 3, red, shows: showsRed, change: { $0.isBig = true }),
    kind("planes", 2, channels: 3, red, shows: showsRed, change: { $0.hasPlanes = true }),
    kind("tiles", 2, channels: 3, red, shows: showsRed, change: { $0.tileSide = 16 }),
    kind(
      "tiles of 1 bit", 1, channels: 1, bits: 1, { x, _ in [x % 2] },
      shows: { x, _ in [x % 2 == 1 ? 255 : 0] }, change: { $0.tileSide = 16 }),
    kind(
      "RGB, 16 bits", 2, channels: 3, bits: 16, { x, y in [65_535, x * 257, y * 257] },
      shows: { x, y in [255, UInt8(x), UInt8(y)] }),
    kind(
      "RGB, 16 bits, big-endian", 2, channels: 3, bits: 16, { x, y in [65_535, x * 257, y * 257] },
      shows: { x, y in [255, UInt8(x), UInt8(y)] }, change: { $0.isBigEndian = true }),
    kind(
      "alpha", 2, channels: 4, { x, _ in [9, 90, 200, x * 6] },
      shows: { x, _ in [9, 90, 200, UInt8(x * 6)] }, change: { $0.extraSample = 2 }),
    kind(
      "multiplied alpha", 2, channels: 4, { _, _ in [64, 0, 32, 64] },
      shows: { _, _ in [255, 0, 128, 64] }, change: { $0.extraSample = 1 }),
    kind(
      "a channel that says nothing", 2, channels: 4, { x, y in red(x, y) + [7] }, shows: showsRed,
      change: { $0.extraSample = 0 }),
    kind(
      "palette", 3, channels: 1, { x, _ in [x] }, shows: { _, _ in [255, 0, 128] },
      change: { $0.palette = palette }),
    kind(
      "ideal inks", 5, channels: 4, { _, _ in [0, 255, 255, 0] }, shows: { _, _ in [255, 0, 0] }),
    kind(
      "ideal inks, 16 bits", 5, channels: 4, bits: 16, { _, _ in [65_535, 0, 0, 0] },
      shows: { _, _ in [0, 255, 255] }),
  ]

  @Test(arguments: kinds)
  func `Every kind decodes to its colours`(kind: Kind) throws {
    let raster = try decode(kind.tiff.bytes)
    for y in 0..<21 {
      for x in 0..<37 { #expect(raster.pixel(x, y) == kind.pixel(x, y), "at \(x), \(y)") }
    }
  }

  @Test func `It is turned as it says`() throws {
    for orientation in Orientation.allCases {
      var tiff = TIFFSample(Sample.quadrants(40, 30))
      tiff.orientation = orientation.rawValue
      let turned = try decode(tiff.bytes)
      tiff.hasPlanes = true  // Read by libtiff's own conversion.
      #expect(try decode(tiff.bytes) == turned)
      #expect(turned.size == orientation.turning(PixelSize(width: 40, height: 30)))
    }
    var tiff = TIFFSample(Sample.quadrants(40, 30))
    tiff.orientation = 6
    let upright = try decode(tiff.bytes)
    #expect(upright.pixel(2, 2) == Sample.blue)
    #expect(upright.pixel(27, 2) == Sample.red)
  }

  @Test func `A profile is applied`() throws {
    var wide = TIFFSample(Sample.raster(9, 9) { _, _ in [234, 51, 35] })
    wide.profile = ICCSample.displayP3
    #expect(isNear(try decode(wide.bytes).pixel(3, 3), [255, 0, 0], within: 1))
    var grey = TIFFSample(Sample.raster(9, 9, .grey) { _, _ in [128] })
    grey.profile = ICCSample.linearGrey
    #expect(isNear(try decode(grey.bytes).pixel(3, 3), [188], within: 1))
    var inks = TIFFSample(Sample.raster(9, 9, .rgba) { _, _ in [0, 0, 0, 128] })
    (inks.photometric, inks.extraSample, inks.profile) = (5, nil, ICCSample.inks)
    #expect(isNear(try decode(inks.bytes).pixel(3, 3), [118, 118, 118], within: 1))
  }

  @Test func `Pages are counted, without the smaller copies of one`() throws {
    var tiff = TIFFSample(Sample.quadrants(8, 8))
    #expect(try inspect(tiff.bytes).pageCount == 1)
    tiff.furtherPages = [0, 1, 2, 4]
    #expect(try inspect(tiff.bytes).pageCount == 3)
  }

  @Test func `A circle of directories comes to its end`() throws {
    var bytes = TIFFSample(Sample.quadrants(8, 8)).bytes
    let entryCount = Int(bytes[8])
    bytes.replaceSubrange((10 + entryCount * 12)..<(14 + entryCount * 12), with: [8, 0, 0, 0])
    #expect(try inspect(bytes).pageCount >= 1)
  }

  @Test func `It is decoded behind the wall as well`() throws {
    let bytes = TIFFSample(Sample.quadrants(40, 30)).bytes
    let content = try PictureContent(bytes: bytes)
    let inspection = try content.inspect()
    let raster = try content.decode(inspection, to: inspection.size, by: Sample.confinedDecoder)
    #expect(raster == Sample.quadrants(40, 30))
  }

  @Test func `A picture whose rows must be held whole is refused sooner`() {
    var tiff = TIFFSample(1, 1) { _, _ in [0] }
    (tiff.channelCount, tiff.photometric, tiff.bitDepth) = (1, 0, 1)
    var bytes = tiff.bytes
    for place in [18, 30] { bytes.replaceSubrange(place..<(place + 4), with: [0xB0, 0x36, 0, 0]) }
    // ROWS_PER_STRIP, which is the tenth entry.
    let size = PixelSize(width: 14_000, height: 14_000)
    let rows = bytes.indices.first { bytes[$0...].starts(with: [0x16, 1, 4, 0]) }
    if let rows { bytes.replaceSubrange((rows + 8)..<(rows + 12), with: [0xB0, 0x36, 0, 0]) }
    #expect(throws: PictureError.tooMuchMemory(size, .tiff)) { try inspect(bytes) }
  }
}
