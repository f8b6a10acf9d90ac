import Conversation
import Pictures
import Testing

/// PNGs of 8 bits a sample, whose rows are read without libpng where that is quicker
/// (docs/decisions/0351).
@Suite struct PNGRowsTests {
  private static func picture(_ layout: ChannelLayout, _ width: Int = 37) -> Raster {
    let photograph = Sample.photograph(width, 23, seed: 7)
    return Sample.raster(width, 23, layout) { x, y in
      Array((photograph.pixel(x, y) + [UInt8(255 - x - y)]).prefix(layout.rawValue))
    }
  }

  @Test(arguments: [ChannelLayout.grey, .rgb, .rgba], [[0], [1], [2], [3], [4], [4, 1, 3, 0, 2]])
  func `Every filter is undone`(layout: ChannelLayout, filters: [Int]) throws {
    for width in [1, 2, 37] {
      let raster = Self.picture(layout, width)
      var png = PNGSample(raster)
      png.filters = filters
      #expect(try decode(png.bytes, to: raster.size) == raster)
    }
  }

  @Test(arguments: [1, 2, 7, 1000])
  func `Pixels may come in chunks of any size`(byteCount: Int) throws {
    let raster = Self.picture(.rgb)
    var png = PNGSample(raster)
    png.chunkByteCount = byteCount
    #expect(try decode(png.bytes, to: raster.size) == raster)
  }

  @Test func `A large picture is the mean of its rows, as the small one is`() throws {
    let raster = Sample.photograph(700, 300)
    let half = PixelSize(width: 350, height: 150)
    var png = PNGSample(raster)
    png.filters = [4, 2, 1]
    let whole = try decode(png.bytes, to: raster.size)
    #expect(whole == raster)
    #expect(try decode(png.bytes, to: half).pixel(9, 9) == Self.mean(raster, 9, 9))
  }

  /// The rounded mean of four pixels.
  private static func mean(_ raster: Raster, _ x: Int, _ y: Int) -> [UInt8] {
    (0..<3).map { channel in
      let sum = [(0, 0), (1, 0), (0, 1), (1, 1)].reduce(0) { sum, place in
        sum + Int(raster.pixel(2 * x + place.0, 2 * y + place.1)[channel])
      }
      return UInt8((sum + 2) / 4)
    }
  }

  /// Where the chunk of that name begins.
  private func place(of name: String, in bytes: [UInt8]) throws -> Int {
    let letters = Array(name.utf8)
    return try #require(bytes.indices.first { bytes[$0...].starts(with: letters) }) - 4
  }

  private func isRefused(_ bytes: [UInt8]) -> Bool {
    (try? decode(bytes, to: PixelSize(width: 37, height: 23))) == nil
  }

  @Test func `A wrong checksum of pixels is damage, that of a comment is none`() throws {
    var png = PNGSample(Self.picture(.rgb))
    png.chunksAfter = [("tEXt", Array("Comment\0words".utf8))]
    var bytes = png.bytes
    let comment = try place(of: "tEXt", in: bytes)
    bytes[comment - 1] ^= 1
    #expect(isRefused(bytes))
    bytes[comment - 1] ^= 1
    bytes[comment + 12] ^= 1
    #expect(!isRefused(bytes))
  }

  @Test func `A filter that is none, and a chunk that must be known, are damage`() throws {
    var png = PNGSample(Self.picture(.rgb))
    png.filters = [0, 5]
    #expect(isRefused(png.bytes))
    png.filters = [0]
    #expect(!isRefused(png.bytes))
    png.chunksAfter = [("PLTE", [1, 2, 3])]
    #expect(!isRefused(png.bytes))
    png.chunksAfter = [("NEED", [])]
    #expect(isRefused(png.bytes))
  }

  @Test func `Rows that lack are damage`() throws {
    let few = PNGSample(Self.picture(.rgb)).bytes
    var more = few
    let header = try place(of: "IHDR", in: more)
    more.replaceSubrange(header + 12..<header + 16, with: PNGSample.word(24))
    let contents = Array(more[header + 8..<header + 21])
    more.replaceSubrange(header..<header + 25, with: PNGSample.chunk("IHDR", contents))
    #expect((try? decode(more, to: PixelSize(width: 37, height: 24))) == nil)
  }
}
