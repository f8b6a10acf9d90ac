import Conversation
import Foundation
import Pictures

/// Writes the pictures that fuzzing starts from into the folder named on the command line.
@main
struct PictureCorpus {
  static func main() throws {
    let folder = URL(fileURLWithPath: CommandLine.arguments.last ?? ".")
    for (index, bytes) in try samples().enumerated() where !bytes.isEmpty {
      try Data(bytes).write(to: folder.appendingPathComponent("sample-\(index)"))
    }
  }

  private static let drawing = Sample.quadrants(64, 48)
  private static let photograph = Sample.photograph(60, 50)
  private static let glass = Sample.raster(50, 40, .rgba) { x, y in
    [UInt8(x), UInt8(y), 9, UInt8(x * 4)]
  }
  private static let exif = MetadataSample.exif(orientation: 6, hasLocation: true)

  private static func samples() throws -> [[UInt8]] {
    try pngs() + jpegs() + webps() + gifs() + profiled() + tiffs() + drawings()
      + Sample.plainFormats.map { try Sample.encoded($0, drawing) }
      + Sample.heifFormats.flatMap { format in
        try [photograph, glass].map { try Sample.encoded(format, $0) }
      } + [Array("data:image/png;base64,iVBORw0KGgo=".utf8)]
  }

  private static func pngs() throws -> [[UInt8]] {
    var interlaced = PNGSample(glass)
    interlaced.isInterlaced = true
    interlaced.chunksBefore = [
      ("eXIf", exif), ("acTL", PNGSample.word(2) + PNGSample.word(0)),
    ]
    var palette = PNGSample(30, 30) { x, y in [(x + y) % 4] }
    palette.colourType = 3
    palette.bitDepth = 2
    palette.palette = [UInt8](0..<12)
    palette.transparency = [0, 5]
    let small = try drawing.encoded(as: .png).bytes
    return [small, PNGSample(drawing).bytes, interlaced.bytes, palette.bytes]
  }

  /// Pictures with colour profiles.
  private static func profiled() throws -> [[UInt8]] {
    var png = PNGSample(drawing)
    png.chunksBefore = [("iCCP", [0x78, 0, 0] + PNGSample.deflated(ICCSample.displayP3))]
    var deep = PNGSample(16, 16) { x, y in [x * 4000, y * 4000, 9000] }
    deep.bitDepth = 16
    deep.chunksBefore = [("cICP", [9, 18, 0, 1])]
    let segment = Array("ICC_PROFILE\0".utf8) + [1, 1]
    let inks = Sample.jpeg(glass, JPEGKind(hasAdobeMarker: true, isInverted: true))
    return [
      png.bytes, deep.bytes,
      MetadataSample.jpeg(
        Sample.jpeg(photograph), marker: 0xE2, segment: segment + ICCSample.adobeRGB),
      MetadataSample.jpeg(inks, marker: 0xE2, segment: segment + ICCSample.inks),
    ]
  }

  private static func tiffs() -> [[UInt8]] {
    var tiled = TIFFSample(drawing)
    (tiled.tileSide, tiled.profile, tiled.orientation) = (16, ICCSample.displayP3, 6)
    var planes = TIFFSample(glass)
    (planes.hasPlanes, planes.isBigEndian) = (true, true)
    var fax = TIFFSample(40, 30) { x, y in [(x + y) % 2] }
    (fax.photometric, fax.bitDepth, fax.channelCount, fax.furtherPages) = (0, 1, 1, [0, 1])
    var inks = TIFFSample(20, 20) { x, y in [x * 3000, y * 3000, 0, 9000] }
    (inks.photometric, inks.bitDepth, inks.channelCount, inks.isBig) = (5, 16, 4, true)
    var palette = TIFFSample(30, 30) { x, y in [x + y] }
    (palette.photometric, palette.channelCount) = (3, 1)
    palette.palette = (0..<768).map { $0 * 80 }
    return [tiled, planes, fax, inks, palette].map(\.bytes)
  }

  private static func drawings() -> [[UInt8]] {
    let svg =
      "<?xml version='1.0'?><!DOCTYPE svg [<!ENTITY a 'b'>]><svg width='9mm' viewBox='0 0 4 1'/>"
    return [JXLSample.quadrants, JXLSample.boxed, JXLSample.alpha, Array(svg.utf8)]
  }

  private static func jpegs() -> [[UInt8]] {
    [
      MetadataSample.jpeg(Sample.jpeg(photograph), exif: exif),
      Sample.jpeg(photograph, JPEGKind(isProgressive: true)),
      Sample.jpeg(photograph, JPEGKind(isArithmetic: true)),
      Sample.jpeg(glass, JPEGKind(hasAdobeMarker: true, isYCCK: true)),
    ]
  }

  private static func webps() throws -> [[UInt8]] {
    let simple = try photograph.encoded(as: .webp(quality: 80)).bytes
    return [
      simple, try glass.encoded(as: .webp(quality: nil)).bytes,
      try glass.encoded(as: .webp(quality: 70)).bytes,
      MetadataSample.animatedWebP(simple, width: 60, height: 50, frameCount: 3),
      MetadataSample.webp(
        simple, width: 60, height: 50, flags: 0x08, MetadataSample.webpChunk("EXIF", exif)),
    ]
  }

  private static func gifs() -> [[UInt8]] {
    var gif = GIFSample(drawing)
    gif.isInterlaced = true
    gif.canvas = (80, 60)
    gif.transparentIndex = 1
    var animated = GIFSample(drawing)
    animated.frameCount = 2
    return [gif.bytes, animated.bytes]
  }
}
