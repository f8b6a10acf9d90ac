import Conversation
import Foundation
import Pictures
import Testing

/// The colours that arrive are those that a good viewer shows: sRGB, whatever the file holds.
@Suite struct ColourTests {
  struct Profile: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    /// How pure red of sRGB is stored, and a grey that is the same in all.
    var red: [UInt8]
  }

  static let profiles = [
    Profile(testDescription: "Display P3", bytes: ICCSample.displayP3, red: [234, 51, 35]),
    Profile(testDescription: "Adobe RGB", bytes: ICCSample.adobeRGB, red: [219, 0, 0]),
    Profile(testDescription: "sRGB", bytes: ICCSample.srgb, red: [255, 0, 0]),
  ]

  private func flat(_ colour: [UInt8]) -> Raster {
    Sample.raster(32, 32, colour.count == 4 ? .rgba : colour.count == 1 ? .grey : .rgb) { _, _ in
      colour
    }
  }

  private func png(_ raster: Raster, _ chunks: [(name: String, contents: [UInt8])]) -> [UInt8] {
    var png = PNGSample(raster)
    png.chunksBefore = chunks
    return png.bytes
  }

  private func png(_ raster: Raster, profile: [UInt8]) -> [UInt8] {
    png(raster, [("iCCP", [0x78, 0, 0] + PNGSample.deflated(profile))])
  }

  private func jpeg(_ raster: Raster, _ kind: JPEGKind = JPEGKind(), profile: [UInt8]) -> [UInt8] {
    MetadataSample.jpeg(
      Sample.jpeg(raster, kind), marker: 0xE2,
      segment: Array("ICC_PROFILE\0".utf8) + [1, 1] + profile)
  }

  private func webp(_ raster: Raster, profile: [UInt8]) throws -> [UInt8] {
    MetadataSample.webp(
      try raster.encoded(as: .webp(quality: nil)).bytes, width: raster.size.width,
      height: raster.size.height, profile: profile)
  }

  @Test(arguments: profiles, [32, 9])
  func `A profile is applied, whole and fitted`(profile: Profile, side: Int) throws {
    let raster = flat(profile.red)
    let files = [
      png(raster, profile: profile.bytes), jpeg(raster, profile: profile.bytes),
      try webp(raster, profile: profile.bytes),
    ]
    for (file, tolerance) in zip(files, [1, 3, 1]) {
      let pixel = try decode(file, to: PixelSize(width: side, height: side)).pixel(4, 4)
      #expect(isNear(pixel, [255, 0, 0], within: tolerance))
    }
  }

  @Test(arguments: Sample.heifFormats)
  func `A profile in HEIC or AVIF is applied`(format: PictureFormat) throws {
    for profile in Self.profiles {
      let kind = HEIFKind(isAVIF: format == .avif, profile: profile.bytes)
      let pixel = try decode(Sample.heif(flat(profile.red), kind)).pixel(9, 9)
      #expect(isNear(pixel, [255, 0, 0], within: 6), "\(profile.testDescription)")
    }
  }

  /// libheif 1.15 writes code points in AVIF alone.
  @Test(.enabled(if: Sample.heifFormats.contains(.avif)))
  func `Code points of Display P3 are applied`() throws {
    let kind = HEIFKind(isAVIF: true, primaries: 12, transfer: 13)
    let pixel = try decode(Sample.heif(flat([234, 51, 35]), kind)).pixel(9, 9)
    #expect(isNear(pixel, [255, 0, 0], within: 6))
  }

  @Test func `Alpha is no colour`() throws {
    let bytes = png(flat([234, 51, 35, 70]), profile: ICCSample.displayP3)
    #expect(isNear(try decode(bytes).pixel(3, 3), [255, 0, 0, 70], within: 1))
  }

  @Test func `A profile of grey is applied`() throws {
    // Half of the light is 188 of 255 in sRGB (IEC 61966-2-1).
    for bytes in [
      png(flat([128]), profile: ICCSample.linearGrey),
      jpeg(flat([128]), profile: ICCSample.linearGrey),
    ] {
      #expect(isNear(try decode(bytes).pixel(3, 3), [188], within: 1))
    }
  }

  @Test func `A profile of inks is applied`() throws {
    let rows: [([UInt8], UInt8)] = [
      ([0, 0, 0, 0], 255), ([0, 0, 0, 255], 0),
      // Lightness 49.8 is 118 of 255 (CIE 15, IEC 61966-2-1).
      ([0, 0, 0, 128], 118),
    ]
    for (ink, light) in rows {
      let raster = Sample.raster(16, 16, .rgba) { _, _ in ink }
      let bytes = jpeg(raster, JPEGKind(hasAdobeMarker: true), profile: ICCSample.inks)
      let size = PixelSize(width: 5, height: 5)
      #expect(isNear(try decode(bytes, to: size).pixel(2, 2), [light, light, light], within: 3))
    }
  }

  @Test func `Inks are stored inverted, with Adobe's marker or without`() throws {
    let raster = Sample.raster(16, 16, .rgba) { _, _ in [0, 255, 255, 0] }
    for kind in [JPEGKind(hasAdobeMarker: true), JPEGKind(isInverted: true)] {
      #expect(isNear(try decode(Sample.jpeg(raster, kind)).pixel(8, 8), [255, 0, 0], within: 4))
    }
  }

  @Test func `A PNG's gamma and primaries are applied`() throws {
    let linear = png(flat([128, 128, 128]), [("gAMA", PNGSample.word(100_000))])
    #expect(isNear(try decode(linear).pixel(3, 3), [188, 188, 188], within: 1))
    let usual = png(flat([128, 9, 200]), [("gAMA", PNGSample.word(45_455))])
    #expect(try decode(usual).pixel(3, 3) == [128, 9, 200])
    let p3 = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000]
    let wide = png(
      flat([234, 51, 35]),
      [("gAMA", PNGSample.word(45_455)), ("cHRM", p3.flatMap(PNGSample.word))])
    #expect(isNear(try decode(wide).pixel(3, 3), [255, 0, 0], within: 1))
    let said = png(flat([234, 51, 35]), [("cICP", [12, 13, 0, 1])])
    #expect(isNear(try decode(said).pixel(3, 3), [255, 0, 0], within: 1))
  }

  struct Light: CustomTestStringConvertible {
    var testDescription: String
    var transfer: UInt8
    /// Of 65,535.
    var sample: Int
    var expected: UInt8
  }

  // BT.2100 tables 4 and 5; 203 cd/m² is diffuse white, 0.75 in HLG (BT.2408 table 1).
  @Test(arguments: [
    Light(testDescription: "PQ, 203 cd/m²", transfer: 16, sample: 38_054, expected: 255),
    Light(testDescription: "PQ, 1000 cd/m²", transfer: 16, sample: 49_283, expected: 255),
    Light(testDescription: "PQ, black", transfer: 16, sample: 0, expected: 0),
    Light(testDescription: "PQ, 100 cd/m²", transfer: 16, sample: 33_297, expected: 186),
    Light(testDescription: "HLG, diffuse white", transfer: 18, sample: 49_151, expected: 255),
    Light(testDescription: "HLG, black", transfer: 18, sample: 0, expected: 0),
  ])
  func `White of HDR is white`(light: Light) throws {
    var png = PNGSample(8, 8) { _, _ in [light.sample, light.sample, light.sample] }
    png.bitDepth = 16
    png.chunksBefore = [("cICP", [9, light.transfer, 0, 1])]
    let expected = [light.expected, light.expected, light.expected]
    #expect(isNear(try decode(png.bytes).pixel(3, 3), expected, within: 2))
    #expect(try inspect(png.bytes).isUnusual)
  }

  /// What PQ stores, in the primaries of BT.2020, for a colour of sRGB whose white has 203 cd/m²
  /// (BT.2100 table 4, BT.2087).
  private func perceptual(_ colour: [UInt8]) -> [Int] {
    let linear = colour.map { value in
      let value = Double(value) / 255
      return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4)
    }
    let rows = [[0.6274, 0.3293, 0.0433], [0.0691, 0.9195, 0.0114], [0.0164, 0.0880, 0.8956]]
    return rows.map { row in
      let light = zip(row, linear).reduce(0) { $0 + $1.0 * $1.1 } * 203 / 10_000
      let power = pow(light, 2610.0 / 16_384)
      let ratio = (3424.0 / 4096 + 2413.0 / 128 * power) / (1 + 2392.0 / 128 * power)
      return Int((pow(ratio, 2523.0 / 32) * 65_535).rounded())
    }
  }

  @Test(arguments: [[4, 232, 160], [8, 243, 151], [120, 30, 200], [255, 128, 3]] as [[UInt8]])
  func `Colours of PQ keep their dark channels`(colour: [UInt8]) throws {
    let samples = perceptual(colour)
    var png = PNGSample(8, 8) { _, _ in samples }
    png.bitDepth = 16
    png.chunksBefore = [("cICP", [9, 16, 0, 1])]
    #expect(isNear(try decode(png.bytes).pixel(3, 3), colour, within: 1))
  }

  /// Code points beside 8-bit samples: the light of a sample of 255 levels.
  @Test(
    .enabled(if: Sample.heifFormats.contains(.avif)),
    arguments: [
      // 148 ÷ 255 is 203 cd/m², 130 is 100; 191 is diffuse white of HLG.
      Light(testDescription: "PQ, 203 cd/m²", transfer: 16, sample: 148, expected: 255),
      Light(testDescription: "PQ, 100 cd/m²", transfer: 16, sample: 130, expected: 187),
      Light(testDescription: "PQ, black", transfer: 16, sample: 0, expected: 0),
      Light(testDescription: "HLG, diffuse white", transfer: 18, sample: 191, expected: 255),
      Light(testDescription: "HLG, black", transfer: 18, sample: 0, expected: 0),
    ])
  func `White of HDR is white in AVIF`(light: Light) throws {
    let sample = UInt8(light.sample)
    let kind = HEIFKind(isAVIF: true, primaries: 9, transfer: Int(light.transfer))
    let bytes = Sample.heif(flat([sample, sample, sample]), kind)
    let expected = [light.expected, light.expected, light.expected]
    #expect(isNear(try decode(bytes).pixel(9, 9), expected, within: 8))
  }

  @Test func `Colours that were multiplied by their alpha are given back`() throws {
    let kind = HEIFKind(isAVIF: true, isPremultiplied: true)
    let bytes = Sample.heif(flat([64, 0, 0, 64]), kind)
    guard !bytes.isEmpty else { return }
    #expect(isNear(try decode(bytes).pixel(9, 9), [255, 0, 0, 64], within: 12))
  }

  @Test func `A damaged profile is none`() throws {
    let bytes = png(flat([234, 51, 35]), profile: Array(ICCSample.displayP3.prefix(200)))
    #expect(try decode(bytes).pixel(3, 3) == [234, 51, 35])
  }

  @Test func `A picture of 16 bits is sent with 8`() throws {
    var png = PNGSample(16, 16) { _, _ in [0x8080] }
    (png.colourType, png.bitDepth) = (0, 16)
    let target = FitTarget(scale: .within(PixelSize(width: 100, height: 100)))
    let picture = try #require(try encoded(png.bytes, for: target))
    #expect(isNear(Array(try decode(picture.bytes).pixel(3, 3).prefix(1)), [128], within: 1))
  }

  @Test func `What servers do not heed is applied before it is sent, also where a picture fits`()
    throws
  {
    let target = FitTarget(scale: .within(PixelSize(width: 100, height: 100)))
    let p3 = [31_270, 32_900, 68_000, 32_000, 26_500, 69_000, 15_000, 6_000]
    let standard = [31_270, 32_900, 64_000, 33_000, 30_000, 60_000, 15_000, 6_000]
    let gamma = ("gAMA", PNGSample.word(45_455))
    for chunks in [
      [gamma, ("cHRM", p3.flatMap(PNGSample.word))], [("cICP", [12, 13, 0, 1])],
    ] {
      let picture = try #require(try encoded(png(flat([234, 51, 35]), chunks), for: target))
      #expect(
        isNear(Array(try decode(picture.bytes).pixel(3, 3).prefix(3)), [255, 0, 0], within: 1))
    }
    let usual: [[(name: String, contents: [UInt8])]] = [
      [gamma, ("cHRM", standard.flatMap(PNGSample.word))],
      [("sRGB", [0]), ("gAMA", PNGSample.word(100_000))], [("cICP", [1, 13, 0, 1])],
    ]
    for chunks in usual {
      #expect(try encoded(png(flat([9, 8, 7]), chunks), for: target) == nil)
    }
  }

  @Test func `A preview shows the same colours`() throws {
    let content = try PictureContent(bytes: png(flat([234, 51, 35]), profile: ICCSample.displayP3))
    let cells = try content.preview(
      try content.inspect(), within: PreviewSize(columns: 4, rows: 2), palette: .direct,
      decoder: .inProcess)
    let cell = try #require(cells.rows.first?.first)
    let colours: [PreviewColour] = [.direct(0xFF0000), .direct(0xFE0000)]
    #expect(colours.contains(cell.character == " " ? cell.background : cell.foreground))
  }
}
