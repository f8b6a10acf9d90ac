import Conversation
import Pictures
import Testing

@Suite struct ReducingTests {
  /// The mean of a target pixel's area, computed the plain way: every source pixel, weighted by how
  /// much of it the area covers.
  private func mean(_ raster: Raster, _ target: PixelSize, _ x: Int, _ y: Int) -> [Double] {
    func overlap(_ source: Int, _ index: Int, _ count: Int, _ length: Int) -> Double {
      let start = Double(index * length) / Double(count)
      let end = Double((index + 1) * length) / Double(count)
      return max(0, min(end, Double(source + 1)) - max(start, Double(source)))
    }
    var sums = [Double](repeating: 0, count: raster.layout.rawValue)
    var area = 0.0
    for sourceY in 0..<raster.size.height {
      let height = overlap(sourceY, y, target.height, raster.size.height)
      for sourceX in 0..<raster.size.width where height > 0 {
        let weight = height * overlap(sourceX, x, target.width, raster.size.width)
        guard weight > 0 else { continue }
        area += weight
        for (channel, value) in raster.pixel(sourceX, sourceY).enumerated() {
          sums[channel] += weight * Double(value)
        }
      }
    }
    return sums.map { $0 / area }
  }

  @Test(arguments: [(13, 7), (1, 1), (29, 23), (30, 24), (15, 12), (30, 5), (7, 24)])
  func `Each pixel is the mean of its area`(width: Int, height: Int) throws {
    let source = Sample.photograph(30, 24)
    let target = PixelSize(width: width, height: height)
    let reduced = try decode(PNGSample(source).bytes, to: target)
    for y in 0..<height {
      for x in 0..<width {
        let expected = mean(source, target, x, y)
        for (value, mean) in zip(reduced.pixel(x, y), expected) {
          #expect(abs(Double(value) - mean) <= 0.5001)
        }
      }
    }
  }

  @Test func `What is invisible lends no colour`() throws {
    let source = Sample.raster(8, 8, .rgba) { x, _ in
      x % 2 == 0 ? [255, 0, 0, 255] : [0, 255, 0, 0]
    }
    let reduced = try decode(PNGSample(source).bytes, to: PixelSize(width: 4, height: 4))
    #expect(reduced.pixel(1, 1) == [255, 0, 0, 128])
  }

  @Test(arguments: [PictureFormat.jpeg, .webp])
  func `A picture scaled by its decoder is close to its mean`(format: PictureFormat) throws {
    let source = Sample.raster(160, 120) { x, y in [UInt8(x), UInt8(y * 2), UInt8(255 - x)] }
    let target = PixelSize(width: 37, height: 28)
    let reduced = try decode(try Sample.encoded(format, source), to: target)
    for y in stride(from: 0, to: 28, by: 3) {
      for x in stride(from: 0, to: 37, by: 3) {
        let expected = mean(source, target, x, y).map { UInt8($0.rounded()) }
        #expect(isNear(reduced.pixel(x, y), expected, within: 14), "at \(x), \(y)")
      }
    }
  }
}
