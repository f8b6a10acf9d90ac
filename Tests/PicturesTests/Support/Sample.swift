import CSamples
import Conversation
import Glibc
import Pictures
import SeededNumbers

/// Pictures that the tests draw themselves.
enum Sample {
  static let red: [UInt8] = [220, 30, 30]
  static let green: [UInt8] = [30, 200, 40]
  static let blue: [UInt8] = [30, 50, 210]
  static let white: [UInt8] = [250, 250, 250]

  static func raster(
    _ width: Int, _ height: Int, _ layout: ChannelLayout = .rgb, _ pixel: (Int, Int) -> [UInt8]
  ) -> Raster {
    let pixels = (0..<height).flatMap { y in (0..<width).flatMap { x in pixel(x, y) } }
    return Raster(size: PixelSize(width: width, height: height), layout: layout, pixels: pixels)
  }

  /// Red, green / blue, white: no turn or mirroring leaves it as it is.
  static func quadrants(_ width: Int, _ height: Int) -> Raster {
    raster(width, height) { x, y in quadrant(x, y, width, height) }
  }

  static func quadrant(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> [UInt8] {
    switch (x * 2 < width, y * 2 < height) {
    case (true, true): red
    case (false, true): green
    case (true, false): blue
    case (false, false): white
    }
  }

  /// Shades with noise, as a sensor gives them.
  static func photograph(_ width: Int, _ height: Int, seed: UInt64 = 1) -> Raster {
    var random = SeededGenerator(seed: seed)
    return raster(width, height) { x, y in
      let shade = [x * 150 / width, y * 150 / height, (x + y) * 150 / (width + height)]
      return shade.map { UInt8($0 + Int.random(in: 0...60, using: &random)) }
    }
  }

  /// Dark strokes one pixel wide on a plain background, as small text is.
  static func screen(_ width: Int, _ height: Int) -> Raster {
    raster(width, height) { x, y in
      let isStroke = y % 16 < 8 && (x * 7 + x / 5 + y / 16) % 9 == 0
      return isStroke ? [20, 20, 60] : [245, 245, 245]
    }
  }

  /// A JPEG of the raster; one with four channels is taken as inks (cyan, magenta, yellow, key).
  static func jpeg(_ raster: Raster, _ kind: JPEGKind = JPEGKind()) -> [UInt8] {
    let options = sample_jpeg(
      channels: Int32(raster.layout.rawValue), has_adobe_marker: kind.hasAdobeMarker,
      is_inverted: kind.isInverted || kind.hasAdobeMarker, is_ycck: kind.isYCCK,
      is_progressive: kind.isProgressive, is_arithmetic: kind.isArithmetic)
    return taking(
      sample_encode_jpeg(
        raster.pixels, UInt32(raster.size.width), UInt32(raster.size.height), options))
  }

  /// The formats that the libraries of this machine can write: libheif has its encoders apart.
  static let formats = PictureFormat.allCases.filter { format in
    (try? encoded(format, quadrants(16, 16)).isEmpty) == false
  }
  /// Those whose header says all before the pixels begin, in a few bytes.
  static let plainFormats: [PictureFormat] = [.bmp, .pnm, .qoi, .tga]
  /// The program's own decoder, behind its wall.
  static let confinedDecoder = PictureDecoder.confined(
    program: products + "/iris", arguments: ["decode-pictures"])

  /// Whether this machine has a library, under any of these names.
  static func hasLibrary(_ names: [String]) -> Bool {
    names.contains { name in dlopen(name, RTLD_LAZY).map { dlclose($0) } != nil }
  }

  /// The folder of what was built.
  static let products: String = {
    let program = realpath(CommandLine.arguments[0], nil)
    defer { free(program) }
    let path = program.map { String(cString: $0) } ?? CommandLine.arguments[0]
    return path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
      .joined(separator: "/")
  }()
  static let heifFormats = formats.filter { $0 == .heic || $0 == .avif }

  /// HEIC, or AVIF; `orientation` is that of EXIF.
  static func heif(_ raster: Raster, isAVIF: Bool, orientation: Int = 1) -> [UInt8] {
    heif(raster, HEIFKind(isAVIF: isAVIF, orientation: orientation))
  }

  /// HEIC, or AVIF; empty where this machine's encoder cannot write that kind.
  static func heif(_ raster: Raster, _ kind: HEIFKind) -> [UInt8] {
    kind.profile.withUnsafeBufferPointer { profile in
      let options = sample_heif(
        is_avif: kind.isAVIF, orientation: Int32(kind.orientation), profile: profile.baseAddress,
        profile_count: profile.count, primaries: Int32(kind.primaries),
        transfer: Int32(kind.transfer), is_premultiplied: kind.isPremultiplied)
      return taking(
        sample_encode_heif(
          raster.pixels, UInt32(raster.size.width), UInt32(raster.size.height),
          UInt32(raster.layout.rawValue), options))
    }
  }

  private static func taking(_ output: sample_bytes) -> [UInt8] {
    defer { free(output.bytes) }
    return Array(UnsafeBufferPointer(start: output.bytes, count: output.count))
  }

  /// A picture of every format, 40 × 30, from the same quadrants.
  static func encoded(_ format: PictureFormat, _ raster: Raster) throws -> [UInt8] {
    switch format {
    case .png: PNGSample(raster).bytes
    case .jpeg: jpeg(raster)
    case .webp: try raster.encoded(as: .webp(quality: nil)).bytes
    case .gif: GIFSample(raster).bytes
    case .heic: heif(raster, isAVIF: false)
    case .avif: heif(raster, isAVIF: true)
    case .bmp: PlainSample.bmp(raster)
    case .pnm: PlainSample.pnm(raster)
    case .qoi: PlainSample.qoi(raster)
    case .tga: PlainSample.tga(raster)
    case .tiff: TIFFSample(raster).bytes
    case .svg: []
    // No library at hand writes it: these are files of one picture.
    case .jxl:
      raster.size == PixelSize(width: 40, height: 30) ? JXLSample.quadrants : []
    }
  }
}

/// A way to write HEIC or AVIF.
struct HEIFKind {
  var isAVIF: Bool
  /// That of EXIF, written as the format's own turning and mirroring.
  var orientation = 1
  /// An ICC profile.
  var profile: [UInt8] = []
  /// Code points of ITU-T H.273; 0 for none.
  var primaries = 0
  var transfer = 0
  /// Whether colours are said to have been multiplied by their alpha.
  var isPremultiplied = false
}

/// A way to write a JPEG.
struct JPEGKind {
  /// Marked, and its inks inverted, as Adobe's programs do.
  var hasAdobeMarker = false
  /// Its inks inverted, as all programs do, also without the marker.
  var isInverted = false
  var isYCCK = false
  var isProgressive = false
  var isArithmetic = false
}

extension Raster {
  func pixel(_ x: Int, _ y: Int) -> [UInt8] {
    let start = (y * size.width + x) * layout.rawValue
    return Array(pixels[start..<(start + layout.rawValue)])
  }
}

/// Whether two pixels are the same to the eye; lossy formats and conversions shift values a little.
func isNear(_ left: [UInt8], _ right: [UInt8], within tolerance: Int = 12) -> Bool {
  left.count == right.count && zip(left, right).allSatisfy { abs(Int($0) - Int($1)) <= tolerance }
}

func decode(_ bytes: [UInt8], to size: PixelSize? = nil) throws -> Raster {
  let content = try PictureContent(bytes: bytes)
  let inspection = try content.inspect()
  return try content.decode(inspection, to: size ?? inspection.size, by: .inProcess)
}

func inspect(_ bytes: [UInt8]) throws(PictureError) -> PictureInspection {
  try PictureContent(bytes: bytes).inspect()
}

func fit(_ bytes: [UInt8], to target: FitTarget) throws(PictureError) -> FittedPicture {
  let content = try PictureContent(bytes: bytes)
  return try content.fit(try content.inspect(), to: target, by: .inProcess)
}

/// What `fit` encoded; nil where the picture stays untouched.
func encoded(_ bytes: [UInt8], for target: FitTarget) throws -> EncodedPicture? {
  if case .encoded(let picture) = try fit(bytes, to: target) { picture } else { nil }
}
