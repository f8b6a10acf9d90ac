import Conversation
import Foundation
import Pictures
import Testing

@Suite struct RefusalTests {
  struct Foreign: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var format: ForeignFormat

    init(_ description: String, _ bytes: [UInt8], _ format: ForeignFormat) {
      (testDescription, self.bytes, self.format) = (description, bytes, format)
    }

    init(_ description: String, _ text: String, _ format: ForeignFormat) {
      self.init(description, Array(text.utf8), format)
    }
  }

  private static let zeros = [UInt8](repeating: 0, count: 64)

  static let foreign = [
    Foreign("raw, Fujifilm", Array("FUJIFILMCCD-RAW 0201".utf8) + zeros, .rawPhotograph),
    Foreign("raw, Olympus", Array("IIRO".utf8) + zeros, .rawPhotograph),
    Foreign("raw, Panasonic", [0x49, 0x49, 0x55, 0] + zeros, .rawPhotograph),
    Foreign("raw, Canon", [0, 0, 0, 24] + Array("ftypcrx ".utf8) + zeros, .rawPhotograph),
    Foreign("AVCI", [0, 0, 0, 24] + Array("ftypavci".utf8) + zeros, .avci),
    Foreign("OpenEXR", [0x76, 0x2F, 0x31, 1] + zeros, .openEXR),
    Foreign("Radiance", "#?RADIANCE\nFORMAT=32-bit_rle_rgbe\n", .radiance),
    Foreign("DDS", Array("DDS ".utf8) + zeros, .dds),
    Foreign("MPEG-4 sound", [0, 0, 0, 24] + Array("ftypM4A ".utf8) + zeros, .sound),
    Foreign("AIFF", Array("FORM".utf8) + [0, 0, 0, 9] + Array("AIFFCOMM".utf8), .sound),
    Foreign("CAF", Array("caff".utf8) + [0, 1, 0, 0] + zeros, .sound),
    Foreign("icon", [0, 0, 1, 0, 1, 0] + zeros, .ico),
    Foreign("Photoshop", Array("8BPS".utf8) + zeros, .psd),
    Foreign("JPEG 2000", [0, 0, 0, 12] + Array("jP  \r\n".utf8) + zeros, .jpeg2000),
    Foreign("PDF", "%PDF-1.7\n%âãÏÓ", .pdf),
    Foreign("PostScript", "%!PS-Adobe-3.0\n", .postScript),
    Foreign("MP4", [0, 0, 0, 24] + Array("ftypisom".utf8) + zeros, .video),
    Foreign("QuickTime", [0, 0, 0, 20] + Array("ftypqt  ".utf8) + zeros, .video),
    Foreign("WebM", [0x1A, 0x45, 0xDF, 0xA3] + zeros, .video),
    Foreign("AVI", Array("RIFF".utf8) + [0, 0, 0, 0] + Array("AVI LIST".utf8), .video),
    Foreign("WAV", Array("RIFF".utf8) + [0, 0, 0, 0] + Array("WAVEfmt ".utf8), .sound),
    Foreign("MP3 without a tag", [0xFF, 0xF3, 0x40, 0xC4] + zeros, .sound),
    Foreign("AAC", [0xFF, 0xF1, 0x50, 0x80] + zeros, .sound),
    Foreign("AU", Array(".snd".utf8) + zeros, .sound),
    Foreign(
      "Ogg film", Array("OggS".utf8) + [UInt8](repeating: 1, count: 25) + Array("theora".utf8),
      .video),
    Foreign("WMV", [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11] + zeros, .video),
    Foreign("MPEG film", [0, 0, 1, 0xBA] + zeros, .video),
    Foreign("QuickTime without a brand", [0, 0, 0, 8] + Array("wide".utf8) + zeros, .video),
    Foreign("PCX", [0x0A, 5, 1, 8] + zeros, .pcx),
    Foreign("FITS", "SIMPLE  =                    T", .fits),
    Foreign("DICOM", zeros + zeros + Array("DICM".utf8) + zeros, .dicom),
    Foreign("JPEG XR", [0x49, 0x49, 0xBC, 1] + zeros, .jpegXR),
    Foreign("GIMP", Array("gimp xcf v011".utf8) + zeros, .gimp),
    Foreign("DjVu", Array("AT&TFORM".utf8) + zeros, .djVu),
    Foreign("metafile", [0xD7, 0xCD, 0xC6, 0x9A] + zeros, .windowsMetafile),
    Foreign(
      "enhanced metafile", [1, 0, 0, 0] + [UInt8](repeating: 1, count: 36) + Array(" EMF".utf8),
      .windowsMetafile),
    Foreign("icon of macOS", Array("icns".utf8) + zeros, .ico),
    Foreign("RAR", Array("Rar!".utf8) + [0x1A, 7] + zeros, .archive),
    Foreign("MP3", Array("ID3".utf8) + [4, 0, 0] + zeros, .sound),
    Foreign("ZIP", [0x50, 0x4B, 3, 4] + zeros, .archive),
    Foreign("gzip", [0x1F, 0x8B, 8] + zeros, .archive),
    Foreign("web page", "<!DOCTYPE html>\n<html><body>Not found</body></html>", .html),
    Foreign("text", "Dear model, what is this?\n", .text),
    Foreign("text like a BMP", "BMW makes cars.\n", .text),
    Foreign("Chinese text", String(repeating: "中文，文本。", count: 100), .text),
  ]

  @Test(arguments: foreign)
  func `What is no picture is called by its name`(row: Foreign) {
    #expect(throws: PictureError.foreign(row.format)) { try inspect(row.bytes) }
  }

  @Test func `Bytes without any sense are unknown`() {
    #expect(throws: PictureError.unknownFormat) { try inspect([7, 1, 200, 3, 0, 255]) }
  }

  @Test func `An empty file is told`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("empty.png", [])
    #expect(throws: PictureError.empty) { _ = try PictureContent(path: path).byteCount }
  }

  @Test func `A file of 2 GB is refused at once`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("huge.png", PNGSample.signature)
    #expect(truncate(path, 2 << 30) == 0)
    #expect(throws: PictureError.tooManyBytes(2 << 30, limit: 256 << 20)) {
      _ = try PictureContent(path: path).byteCount
    }
  }

  @Test func `What is not a file is refused at once, and never waited for`() throws {
    let folder = try TemporaryFolder()
    let pipe = folder.path + "/pipe.png"
    #expect(mkfifo(pipe, 0o600) == 0)
    let rows: [(String, PictureError.Obstacle)] = [
      (pipe, .special), ("/dev/zero", .special), (folder.path, .folder),
      (folder.path + "/none.png", .missing), (pipe + "/none.png", .missing),
    ]
    for (path, obstacle) in rows {
      #expect(throws: PictureError.notReadable(obstacle)) {
        _ = try PictureContent(path: path).byteCount
      }
    }
  }

  @Test func `A link to itself is refused`() throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/loop.png"
    #expect(symlink(path, path) == 0)
    #expect(throws: PictureError.notReadable(.failure(errno: ELOOP))) {
      _ = try PictureContent(path: path).byteCount
    }
  }

  @Test func `A file that changes while it is read is told`() throws {
    let folder = try TemporaryFolder()
    let bytes = Sample.jpeg(Sample.quadrants(40, 30))
    let path = try folder.file("changing.jpg", bytes)
    let content = try PictureContent(path: path)
    let inspection = try content.inspect()
    let handle = try #require(FileHandle(forUpdatingAtPath: path))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data([0]))
    #expect(throws: PictureError.changedWhileRead) {
      try content.decode(inspection, to: inspection.size, by: .inProcess)
    }
    #expect(throws: PictureError.changedWhileRead) { try content.digest() }
    #expect(throws: PictureError.changedWhileRead) { try content.allBytes() }
  }

  @Test func `An original that is kept once more meanwhile has not changed`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("kept.jpg", Sample.jpeg(Sample.quadrants(40, 30)))
    let content = try PictureContent(path: path, isKept: true)
    let digest = try content.digest()
    let later = Date(timeIntervalSinceNow: 10)
    try FileManager.default.setAttributes([.modificationDate: later], ofItemAtPath: path)
    #expect(try content.digest() == digest)
  }

  @Test func `A file that shrinks while it is read is told`() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file("shrinking.jpg", Sample.jpeg(Sample.quadrants(40, 30)))
    let content = try PictureContent(path: path)
    #expect(truncate(path, 10) == 0)
    #expect(throws: PictureError.changedWhileRead) { try content.allBytes() }
    #expect(throws: PictureError.changedWhileRead) { try content.digest() }
  }

  /// The header of a picture that unpacks to `width` × `height`, and nothing else.
  private func bomb(_ width: Int, _ height: Int, isInterlaced: Bool = false) -> [UInt8] {
    PNGSample.signature
      + PNGSample.chunk(
        "IHDR",
        PNGSample.word(width) + PNGSample.word(height) + [8, 6, 0, 0, isInterlaced ? 1 : 0])
      + PNGSample.chunk("IDAT", [0x78, 0x01]) + PNGSample.chunk("IEND", [])
  }

  @Test(arguments: [(100_000, 100_000), (30_000, 30_000), (65_536, 1), (0x7FFF_FFFF, 0x7FFF_FFFF)])
  func `A bomb is refused by its header`(width: Int, height: Int) {
    let size = PixelSize(width: width, height: height)
    #expect(throws: PictureError.tooManyPixels(size, limit: 200_000_000)) {
      try inspect(bomb(width, height))
    }
  }

  @Test func `Sides of nothing are damage`() {
    #expect(throws: PictureError.damaged(.png)) { try inspect(bomb(0, 5)) }
  }

  @Test func `A picture that can only be decoded whole is refused sooner`() {
    let size = PixelSize(width: 14_000, height: 14_000)
    #expect(throws: Never.self) { try inspect(bomb(14_000, 14_000)) }
    #expect(throws: PictureError.tooMuchMemory(size, .png)) {
      try inspect(bomb(14_000, 14_000, isInterlaced: true))
    }
  }

  @Test func `A progressive JPEG bomb is refused sooner`() throws {
    var jpeg = Sample.jpeg(
      Sample.quadrants(16, 16),
      JPEGKind(isProgressive: true))
    let frame = try #require(
      jpeg.indices.first { jpeg[$0] == 0xFF && $0 + 1 < jpeg.count && jpeg[$0 + 1] == 0xC2 })
    jpeg.replaceSubrange((frame + 5)..<(frame + 9), with: [0x36, 0xB0, 0x36, 0xB0])
    let size = PixelSize(width: 14_000, height: 14_000)
    #expect(throws: PictureError.tooMuchMemory(size, .jpeg)) { try inspect(jpeg) }
  }

  @Test func `A GIF's frame larger than its canvas is refused sooner`() throws {
    var gif = GIFSample(Sample.quadrants(16, 16)).bytes
    let frame = try #require(gif.lastIndex(of: 0x2C))
    gif.replaceSubrange((frame + 5)..<(frame + 9), with: [0xFF, 0xFF, 0xFF, 0xFF])
    let size = PixelSize(width: 65_535, height: 65_535)
    #expect(throws: PictureError.tooManyPixels(size, limit: 200_000_000)) {
      try inspect(gif)
    }
  }

  @Test(arguments: Sample.formats.filter { !Sample.plainFormats.contains($0) })
  func `A header cut anywhere is refused`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, Sample.quadrants(8, 8))
    for length in 1..<24 {
      #expect(throws: PictureError.self) { try inspect(Array(bytes.prefix(length))) }
    }
  }
}
