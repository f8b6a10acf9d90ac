import Conversation
import Pictures
import SeededNumbers
import Testing

@Suite struct DamageTests {
  private let target = FitTarget(scale: .within(PixelSize(width: 9, height: 9)))
  private let keepsSize = FitTarget(scale: .within(PixelSize(width: 99, height: 99)))

  @Test(arguments: [PictureFormat.png, .jpeg, .webp, .gif, .tiff] + Sample.plainFormats)
  func `A picture cut anywhere is refused`(format: PictureFormat) throws {
    let bytes = try Sample.encoded(format, Sample.quadrants(20, 16))
    // A GIF without its trailer, or with an empty last block left open, is still whole to viewers;
    // so is a JPEG without its end marker.
    let end = bytes.count - (format == .gif || format == .jpeg ? 2 : format == .qoi ? 8 : 0)
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

  /// Fits behind the wall what may keep a library busy: a test must not hang with it.
  private func confined(_ bytes: [UInt8], _ format: PictureFormat) throws -> FittedPicture {
    guard [.heic, .avif, .tiff, .jxl].contains(format) else { return try fit(bytes, to: target) }
    let content = try PictureContent(bytes: bytes)
    return try content.fit(try content.inspect(), to: target, by: Sample.confinedDecoder)
  }

  @Test(arguments: Sample.formats)
  func `A picture with any byte changed is fitted or refused`(format: PictureFormat) throws {
    let whole = try Sample.encoded(format, Sample.quadrants(16, 16))
    let step = Sample.heifFormats.contains(format) ? 7 : 1
    for place in stride(from: 0, to: whole.count, by: step) {
      for change: UInt8 in [0x01, 0x80, 0xFF] {
        var bytes = whole
        bytes[place] ^= change
        do {
          _ = try confined(bytes, format)
        } catch let error as PictureError {
          #expect(error != .decoderFailed(format), "byte \(place) with \(change)")
        }
      }
    }
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
        if case .encoded(let picture) = try confined(mutated(whole, &random), format) {
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
