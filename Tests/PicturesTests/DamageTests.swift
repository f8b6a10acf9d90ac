import Conversation
import Pictures
import SeededNumbers
import Testing

@Suite struct DamageTests {
  private let target = FitTarget(scale: .within(PixelSize(width: 9, height: 9)))
  private let keepsSize = FitTarget(scale: .within(PixelSize(width: 99, height: 99)))

  @Test(arguments: [PictureFormat.png, .jpeg, .webp, .gif])
  func `A picture cut anywhere is refused`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, Sample.quadrants(20, 16))
    // A GIF without its trailer, or with an empty last block left open, is still whole to viewers.
    let end = format == .gif ? bytes.count - 2 : bytes.count
    for length in 1..<end {
      #expect(throws: PictureError.self, "cut at \(length)") {
        try fit(Array(bytes.prefix(length)), to: keepsSize)
      }
    }
  }

  @Test(arguments: Sample.heifFormats)
  func `HEIC and AVIF cut anywhere are refused`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, Sample.photograph(32, 32))
    for length in stride(from: 1, to: bytes.count - 1, by: bytes.count / 25) {
      #expect(throws: PictureError.self, "cut at \(length)") {
        try fit(Array(bytes.prefix(length)), to: target)
      }
    }
  }

  /// Found by fuzzing: libheif decoded it in ever more threads, until there was no memory.
  @Test(.enabled(if: Sample.heifFormats.contains(.heic)))
  func `A HEIC whose alpha plane is made of the picture itself is refused`() throws {
    var bytes = Sample.heif(
      Sample.raster(50, 40, .rgba) { x, y in [UInt8(x), UInt8(y), 9, UInt8(x * 4)] }, isAVIF: false)
    let alpha = try #require(reference("auxl", in: bytes))
    let tiles = try #require(reference("dimg", from: alpha.from, in: bytes))
    bytes[tiles.place] = UInt8(alpha.to)
    #expect(throws: PictureError.damaged(.heic)) {
      try PictureContent(bytes: bytes).inspect()
    }
  }

  /// The first reference of a kind to one item, with the place of that item's number.
  private func reference(
    _ kind: String, from item: Int? = nil, in bytes: [UInt8]
  ) -> (from: Int, to: Int, place: Int)? {
    let name = Array(kind.utf8)
    return bytes.indices.dropLast(10).lazy
      .filter { bytes[$0..<($0 + 4)].elementsEqual(name) && bytes[$0 + 7] == 1 }
      .map { (Int(bytes[$0 + 5]), Int(bytes[$0 + 9]), $0 + 9) }
      .first { item == nil || $0.0 == item }
  }

  /// Changes a few bytes, or cuts, doubles or drops a run.
  private func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
    var bytes = bytes
    let start = Int.random(in: 0..<bytes.count, using: &random)
    let run = start..<min(bytes.count, start + Int.random(in: 1...40, using: &random))
    switch Int.random(in: 0..<10, using: &random) {
    case 0: bytes.removeSubrange(run)
    case 1: bytes.insert(contentsOf: bytes[run], at: start)
    case 2: bytes.removeSubrange(start...)
    default:
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = UInt8.random(in: 0...255, using: &random)
      }
    }
    return bytes.isEmpty ? [0] : bytes
  }

  @Test(arguments: Sample.formats)
  func `A mutated picture is fitted or refused`(format: PictureFormat) throws {
    let whole = try Sample.encoded(format, Sample.quadrants(24, 20))
    var random = SeededGenerator(seed: 20_26)
    var counts = (fitted: 0, refused: 0)
    for _ in 0..<(format == .heic || format == .avif ? 300 : 2000) {
      do {
        if case .encoded(let picture) = try fit(mutated(whole, &random), to: target) {
          #expect(max(picture.size.width, picture.size.height) <= 9)
        }
        counts.fitted += 1
      } catch {
        counts.refused += 1
      }
    }
    #expect(counts.refused > 0)
  }
}
