import Conversation
import ModelCatalog

/// The picture that the demo draws: the same for the same prompt, size and seed, which stand on it.
struct DemoDrawing: Sendable {
  private let request: DemoImageRequest
  /// The pictures to change, as far as they can be read.
  private let base: DemoCanvas?
  /// Whether each pixel is kept, of a picture with a mask.
  private let alpha: [UInt8]?

  init(_ request: DemoImageRequest) {
    self.request = request
    let size = request.size
    if let first = request.pictures.first {
      base =
        DemoPNG.decode(first)?.canvas.scaled(to: size)
        ?? Self.scene(seed: Self.number(of: first), size)
      alpha = request.mask.flatMap(DemoPNG.decode).flatMap {
        mask in mask.alpha.map { Self.scaled($0, of: mask.canvas.size, to: size) }
      }
    } else {
      (base, alpha) = (nil, nil)
    }
  }

  /// The seed of the picture with this place among those that are asked for.
  func seed(_ index: Int) -> Int {
    (request.seed ?? Self.number(of: Array(request.prompt.utf8)) % 100_000) &+ index
  }

  /// The picture, as PNG.
  func png(_ index: Int) -> [UInt8] { DemoPNG.encode(canvas(index)) }

  /// The picture before it is finished, the more coarse the further away that is.
  func partial(_ index: Int, left: Int) -> [UInt8] {
    let side = max(8, min(request.size.width, request.size.height) / 32) * (left + 1)
    return DemoPNG.encode(canvas(index).coarse(side))
  }

  private func canvas(_ index: Int) -> DemoCanvas {
    var canvas = Self.scene(seed: seed(index), request.size)
    caption(&canvas, index)
    guard let base else { return canvas }
    if let alpha { return base.mixed(with: canvas) { alpha[$0] > 127 } }
    // Without a mask the upper half shows what was sent, the lower one what was made of it.
    let half = request.size.pixelCount / 2
    return base.mixed(with: canvas) { $0 < half }
  }

  private func caption(_ canvas: inout DemoCanvas, _ index: Int) {
    let size = request.size
    let scale = max(1, min(size.width, size.height) / 160)
    let margin = 6 * scale
    let top = size.height * 5 / 8
    canvas.fill(x: 0, y: top, width: size.width, height: size.height - top, (24, 26, 32))
    let facts = "\(size)  seed \(seed(index))  \(request.quality)"
    let words = request.style.map { "\(request.prompt) (\($0))" } ?? request.prompt
    let row = canvas.write(
      facts, x: margin, y: top + margin, width: size.width - 2 * margin, scale: scale,
      (160, 166, 178))
    canvas.write(
      words, x: margin, y: row, width: size.width - 2 * margin, scale: scale, (245, 245, 240))
  }

  /// A sun over hills, in colours of the seed.
  private static func scene(seed: Int, _ size: PixelSize) -> DemoCanvas {
    var canvas = DemoCanvas(size: size)
    let tone = { (place: Int) in UInt8(70 + (seed &* 31 &+ place &* 67).magnitude % 150) }
    let bands = 8
    for band in 0..<bands {
      let shade = UInt8(band * 8)
      canvas.fill(
        x: 0, y: size.height * band / bands, width: size.width,
        height: size.height / bands + 1,
        (tone(1) / 2 + shade, tone(2) / 2 + shade, tone(3)))
    }
    let sun = size.width / 8 + seed % 7 * size.width / 9
    canvas.fill(
      circleAt: sun, size.height / 4, radius: min(size.width, size.height) / 8, (250, 210, 90))
    for hill in 0..<3 {
      canvas.fill(
        circleAt: size.width * (hill * 2 + seed % 3) / 5, size.height, radius: size.height * 3 / 5,
        (tone(4) / 3, tone(5 + hill) / 2 + 40, tone(6) / 3))
    }
    return canvas
  }

  private static func scaled(_ alpha: [UInt8], of size: PixelSize, to target: PixelSize) -> [UInt8]
  {
    (0..<target.pixelCount).map { pixel in
      let (x, y) = (pixel % target.width, pixel / target.width)
      return alpha[y * size.height / target.height * size.width + x * size.width / target.width]
    }
  }

  /// A number of some bytes, the same in each run (FNV-1a, 32 bits).
  private static func number(of bytes: [UInt8]) -> Int {
    Int(bytes.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 })
  }
}

extension DemoImageRequest {
  /// The output tokens that the pictures count as.
  var outputTokens: Int {
    let tokens = rule.tokens(of: .pixels(size), quality: quality).tokens ?? 200
    return (tokens + 100 * (partialCount ?? 0)) * count
  }
}
