import Conversation
import Pictures
import Testing

/// The previews that cameras put into raw files.
@Suite struct RawPreviewTests {
  private static let small = Sample.jpeg(Sample.quadrants(16, 12))
  private static let large = Sample.jpeg(Sample.photograph(64, 48))

  private static func little(_ value: Int, _ count: Int = 4) -> [UInt8] {
    (0..<count).map { UInt8(value >> (8 * $0) & 255) }
  }

  private static func directory(_ entries: [(tag: Int, value: Int)], next: Int = 0) -> [UInt8] {
    little(entries.count, 2)
      + entries.flatMap { little($0.tag, 2) + little(4, 2) + little(1) + little($0.value) }
      + little(next)
  }

  /// A TIFF of two directories: a thumbnail in the first, a larger preview in the second.
  private static func tiff(
    _ first: [(tag: Int, value: Int)], isNamedBySubdirectory: Bool = true
  ) -> [UInt8] {
    let smallPlace = 512
    let largePlace = smallPlace + small.count
    let second = 256
    let thumbnail = [(tag: 0x0201, value: smallPlace), (tag: 0x0202, value: small.count)]
    let link = isNamedBySubdirectory ? [(tag: 0x014A, value: second)] : []
    var bytes = Array("II".utf8) + [42, 0] + little(8)
    bytes += directory(first + thumbnail + link, next: isNamedBySubdirectory ? 0 : second)
    bytes += [UInt8](repeating: 0, count: second - bytes.count)
    bytes += directory([
      (tag: 0x0103, value: 6), (tag: 0x0111, value: largePlace), (tag: 0x0117, value: large.count),
    ])
    bytes += [UInt8](repeating: 0, count: smallPlace - bytes.count)
    return bytes + small + large
  }

  private func preview(_ bytes: [UInt8]) throws -> [UInt8]? {
    try PictureContent(bytes: bytes).rawPreview()
  }

  @Test func `The largest preview of a file like a TIFF is found`() throws {
    #expect(try preview(Self.tiff([(tag: 0x010F, value: 0)])) == Self.large)
    #expect(
      try preview(Self.tiff([(tag: 0xC612, value: 1)], isNamedBySubdirectory: false)) == Self.large)
  }

  @Test func `A preview is turned as the photograph says`() throws {
    let bytes = Self.tiff([(tag: 0x010F, value: 0), (tag: 0x0112, value: 6)])
    let found = try #require(try preview(bytes))
    #expect(try inspect(found).orientation == .turnedRight)
    #expect(try decode(found).size == PixelSize(width: 48, height: 64))
  }

  @Test func `A scanner's TIFF is no raw photograph`() throws {
    let bytes = Self.tiff([(tag: 0x010F, value: 0)], isNamedBySubdirectory: false)
    #expect(try preview(bytes) == nil)
    #expect(throws: PictureError.damaged(.tiff)) { try inspect(bytes) }
  }

  @Test func `Fujifilm's and Canon's previews are found`() throws {
    let head = Array("FUJIFILMCCD-RAW 0201".utf8) + [UInt8](repeating: 0, count: 64)
    let fujifilm =
      head + PNGSample.word(100) + PNGSample.word(Self.large.count)
      + [UInt8](repeating: 0, count: 8) + Self.large
    #expect(try preview(fujifilm) == Self.large)
    let canon =
      [0, 0, 0, 24] + Array("ftypcrx ".utf8) + [UInt8](repeating: 0, count: 40)
      + Array("PRVW".utf8) + [0, 0, 0, 0, 0, 1, 0, 64, 0, 48, 0, 1]
      + PNGSample.word(Self.large.count) + Self.large
    #expect(try preview(canon) == Self.large)
  }

  @Test func `Circles, damage and cuts are no preview`() throws {
    var circle = Self.tiff([(tag: 0x010F, value: 0)])
    circle.replaceSubrange(42..<46, with: Self.little(8))
    _ = try preview(circle)
    let whole = Self.tiff([(tag: 0x010F, value: 0)])
    for length in stride(from: 1, to: whole.count, by: 5) {
      if let found = try preview(Array(whole.prefix(length))) { #expect(found == Self.small) }
    }
    for place in 0..<300 {
      var bytes = whole
      bytes[place] ^= 0xFF
      _ = try? preview(bytes)
    }
  }
}
