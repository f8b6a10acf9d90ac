import Conversation
import Pictures
import Testing

/// What leaves with a picture that is sent as its own bytes.
@Suite struct CutTests {
  struct File: CustomTestStringConvertible {
    var testDescription: String
    var bytes: [UInt8]
    var embedded: EmbeddedData

    init(_ description: String, _ bytes: [UInt8], _ embedded: EmbeddedData) {
      (testDescription, self.bytes, self.embedded) = (description, bytes, embedded)
    }
  }

  /// Stands in everything that must not leave.
  private static let secret = Array("SECRET".utf8)
  private static let quadrants = Sample.quadrants(40, 30)
  private static let jpeg = Sample.jpeg(quadrants)
  private static let film = [0, 0, 0, 24] + Array("ftypmp42".utf8) + secret
  private static let exif = MetadataSample.exif(hasLocation: true) + secret

  private static func segment(_ marker: UInt8, _ text: String) -> [UInt8] {
    MetadataSample.jpeg(jpeg, marker: marker, segment: Array(text.utf8) + secret)
  }

  static let jpegs = [
    File("EXIF", MetadataSample.jpeg(jpeg, exif: exif), .place),
    File(
      "XMP",
      MetadataSample.jpeg(
        jpeg,
        segment: Array("http://ns.adobe.com/xap/1.0/\0".utf8) + MetadataSample.xmp + secret),
      [.text, .place]),
    File("IPTC", segment(0xED, "Photoshop 3.0\0"), .text),
    File("comment", segment(0xFE, ""), .text),
    File("MPF", segment(0xE2, "MPF\0") + jpeg + secret, .furtherPicture),
    File("JFXX", segment(0xE0, "JFXX\0"), .thumbnail),
    File("C2PA", segment(0xEB, "JP"), .text),
    File("film", jpeg + film, .film),
    File("trailer", jpeg + secret, .trailer),
    File("no end, with a comment", Array(segment(0xFE, "").dropLast(2)), .text),
    File(
      "stray zeros and fill bytes",
      Array(segment(0xFE, "")[..<12]) + [0, 0, 0, 0xFF] + jpeg[2...], .text),
    File(
      "progressive, a comment between its scans",
      commented(Sample.jpeg(quadrants, JPEGKind(isProgressive: true))), .text),
  ]

  /// The JPEG with a comment before its second scan's tables.
  private static func commented(_ bytes: [UInt8]) -> [UInt8] {
    let scan = bytes.indices.first { bytes[$0...].starts(with: [0xFF, 0xDA]) } ?? 0
    let next = bytes[(scan + 2)...].indices.dropLast().first {
      bytes[$0] == 0xFF && [0xC4, 0xDA].contains(bytes[$0 + 1])
    }
    guard let next else { return [] }
    return bytes[..<next] + [0xFF, 0xFE, 0, 8] + secret + bytes[next...]
  }

  private static func png(
    _ name: String, _ contents: [UInt8], _ embedded: EmbeddedData, isBehind: Bool = false
  ) -> File {
    var png = PNGSample(quadrants)
    if isBehind {
      png.chunksAfter = [(name, contents + secret)]
    } else {
      png.chunksBefore = [(name, contents + secret)]
    }
    return File("PNG, \(name)" + (isBehind ? " behind" : ""), png.bytes, embedded)
  }

  static let pngs = [
    png("eXIf", MetadataSample.exif(hasLocation: true), .place),
    png("eXIf", MetadataSample.exif(hasLocation: true), .place, isBehind: true),
    png("tEXt", Array("parameters\0".utf8), .text), png("caBX", [], .text),
    png("prVt", [], .text), png("tIME", [], .date),
    png("fdAT", [0, 0, 0, 1], [], isBehind: true),
    File("PNG, film behind", PNGSample(quadrants).bytes + film, .film),
  ]

  static func webps() throws -> [File] {
    let simple = try quadrants.encoded(as: .webp(quality: nil)).bytes
    let chunk = { MetadataSample.webpChunk($0, $1 + secret) }
    let extended = { (flags: UInt8, chunks: [UInt8]) in
      MetadataSample.webp(simple, width: 40, height: 30, flags: flags, chunks)
    }
    return [
      File("WebP, EXIF", extended(0x08, chunk("EXIF", exif)), .place),
      File("WebP, XMP", extended(0x04, chunk("XMP ", MetadataSample.xmp)), [.text, .place]),
      File("WebP, unknown", extended(0, chunk("PRIV", [])), .text),
      File("WebP, behind", simple + secret, .trailer),
      File(
        "WebP, a film of one frame",
        MetadataSample.animatedWebP(simple, width: 40, height: 30, frameCount: 1) + secret, .trailer
      ),
    ]
  }

  static func gifs() -> [File] {
    let gif = GIFSample(quadrants).bytes
    let end = gif.count - 1
    let screen = 13 + 128 * 3
    let comment: [UInt8] = [0x21, 0xFE, 6] + secret + [0]
    var moving = GIFSample(quadrants)
    moving.frameCount = 3
    return [
      File("GIF, comment", gif[..<screen] + comment + gif[screen...], .text),
      File("GIF, comment behind", gif[..<end] + comment + gif[end...], []),
      File("GIF, behind", gif + secret, .trailer),
      File("GIF, no end", Array(gif.dropLast()), []),
      File("GIF, three frames", moving.bytes + secret, []),
    ]
  }

  private func cut(_ bytes: [UInt8]) throws -> (bytes: [UInt8], embedded: EmbeddedData) {
    let content = try PictureContent(bytes: bytes)
    let cut = try content.cut(try content.inspect())
    let pieces = try content.bytes(of: cut)
    #expect(pieces.count == cut.byteCount)
    return (pieces, cut.embedded)
  }

  /// The pixels without their alpha, which a film of one frame has and its picture need not.
  private func colours(_ bytes: [UInt8]) throws -> [[UInt8]] {
    let raster = try decode(bytes)
    return (0..<raster.size.pixelCount).map {
      Array(raster.pixel($0 % raster.size.width, $0 / raster.size.width).prefix(3))
    }
  }

  @Test(arguments: try jpegs + pngs + webps() + gifs())
  func `Nothing but the picture is left, as it was`(file: File) throws {
    let picture = try cut(file.bytes)
    #expect(picture.embedded == file.embedded)
    #expect(!picture.bytes.indices.contains { picture.bytes[$0...].starts(with: Self.secret) })
    #expect(try colours(picture.bytes) == colours(file.bytes))
    #expect(try cut(picture.bytes).bytes == picture.bytes, "a picture is cut only once")
    #expect(try !inspect(picture.bytes).isAnimated)
  }

  @Test(arguments: [PictureFormat.png, .jpeg, .webp, .gif])
  func `A picture that holds nothing else keeps its bytes`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, Self.quadrants)
    #expect(try cut(bytes).bytes == bytes)
  }

  @Test func `The colours' profile and Adobe's marker stay in a JPEG`() throws {
    let profile = Array("ICC_PROFILE\0".utf8) + [1, 1] + [UInt8](repeating: 7, count: 200)
    let bytes = MetadataSample.jpeg(Self.jpeg, marker: 0xE2, segment: profile)
    #expect(try cut(bytes).bytes == bytes)
    let adobe = Sample.jpeg(Self.quadrants, JPEGKind(hasAdobeMarker: true))
    #expect(try cut(adobe).bytes == adobe)
  }

  @Test(arguments: ["iCCP", "cICP", "sRGB", "gAMA", "cHRM", "sBIT"])
  func `What tells a PNG's colours stays`(name: String) throws {
    var png = PNGSample(Self.quadrants)
    png.chunksBefore = [(name, [1, 2, 3])]
    #expect(try cut(png.bytes).bytes == png.bytes)
  }

  @Test func `JFIF's thumbnail is left out, its header is not`() throws {
    let header = Array("JFIF\0".utf8) + [1, 2, 0, 0, 1, 0, 1]
    let start = Self.jpeg.indices.first { Self.jpeg[$0...].starts(with: [0xFF, 0xDB]) } ?? 2
    let rest = Array(Self.jpeg[start...])
    let plain = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16] + header + [0, 0] + rest
    let thumbnail = [0xFF, 0xD8, 0xFF, 0xE0, 0, 19] + header + [1, 1, 9, 9, 9] + rest
    let result = try cut(thumbnail)
    #expect(result.bytes == plain)
    #expect(result.embedded == .thumbnail)
  }

  @Test func `Owner and serial numbers are named`() throws {
    let bytes = MetadataSample.jpeg(
      Self.jpeg, exif: MetadataSample.exif(texts: [0x013B: "Ada", 0xA431: "12345"]))
    #expect(try inspect(bytes).embedded == [.owner, .serialNumber])
  }

  @Test func `A picture that fits is sent cut, and whole where that is asked for`() throws {
    let bytes = MetadataSample.jpeg(Self.jpeg, exif: Self.exif) + Self.film
    var target = FitTarget(scale: .within(PixelSize(width: 100, height: 100)))
    guard case .cut(let cut) = try fit(bytes, to: target) else {
      Issue.record("not cut")
      return
    }
    #expect(cut.byteCount == Self.jpeg.count)
    target.keepsMetadata = true
    #expect(try fit(bytes, to: target) == .untouched)
    #expect(try fit(bytes, to: FitTarget(scale: .original)) == .untouched)
  }

  @Test func `What is left out does not count against the server's limit`() throws {
    let bytes = Self.jpeg + [UInt8](repeating: 1, count: 10_000)
    var target = FitTarget(scale: .within(PixelSize(width: 100, height: 100)))
    target.maximumBytes = Self.jpeg.count
    guard case .cut(let cut) = try fit(bytes, to: target) else {
      Issue.record("encoded anew")
      return
    }
    #expect(cut.byteCount == Self.jpeg.count)
  }

  @Test func `A cut form is kept in the cache`() throws {
    let folder = try TemporaryFolder()
    let bytes = Self.jpeg + Self.film
    let content = try PictureContent(bytes: bytes)
    let form = try FittedCache(folder: folder.path).fit(
      content, digest: Digest(hashing: bytes),
      to: FitTarget(scale: .within(PixelSize(width: 100, height: 100))), by: .inProcess)
    guard case .file(let path, .jpeg, Self.quadrants.size, _) = form else {
      Issue.record("\(form)")
      return
    }
    #expect(try PictureContent(path: path).allBytes() == Self.jpeg)
  }

  @Test func `An animated picture is never sent whole`() throws {
    var gif = GIFSample(Self.quadrants)
    gif.frameCount = 3
    guard case .cut(let cut) = try fit(gif.bytes, to: FitTarget(scale: .original)) else {
      Issue.record("not cut")
      return
    }
    #expect(cut.byteCount < gif.bytes.count / 2)
  }

  @Test(arguments: [(0, 0), (10, 10), (60, 20)])
  func `A GIF's canvas is at least as large as its first frame`(width: Int, height: Int) throws {
    var gif = GIFSample(Self.quadrants)
    gif.canvas = (width, height)
    let size = PixelSize(width: max(width, 40), height: max(height, 30))
    #expect(try inspect(gif.bytes).size == size)
    #expect(try isNear(Array(decode(gif.bytes).pixel(39, 29).prefix(3)), Sample.white))
    #expect(try inspect(cut(gif.bytes).bytes).size == size)
    let small = FitTarget(scale: .within(PixelSize(width: 8, height: 8)))
    #expect(try #require(try encoded(gif.bytes, for: small)).size.width <= 8)
  }

  @Test func `A JPEG without its end marker is read, one without its last rows is not`() throws {
    for isProgressive in [false, true] {
      let bytes = Sample.jpeg(
        Sample.photograph(64, 64), JPEGKind(isProgressive: isProgressive))
      #expect(try decode(Array(bytes.dropLast(2))) == decode(bytes))
      #expect(throws: PictureError.truncated(.jpeg)) { try decode(Array(bytes.dropLast(40))) }
    }
  }
}
