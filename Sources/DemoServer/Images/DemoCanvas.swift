import Conversation

/// A picture of the demo: rows from the top, three bytes a pixel.
struct DemoCanvas: Equatable, Sendable {
  typealias Colour = (red: UInt8, green: UInt8, blue: UInt8)

  let size: PixelSize
  private(set) var pixels: [UInt8]

  init(size: PixelSize) {
    self.size = size
    pixels = [UInt8](repeating: 0, count: size.pixelCount * 3)
  }

  init(size: PixelSize, pixels: [UInt8]) {
    precondition(pixels.count == size.pixelCount * 3)
    self.size = size
    self.pixels = pixels
  }

  func colour(x: Int, y: Int) -> Colour {
    let place = (y * size.width + x) * 3
    return (pixels[place], pixels[place + 1], pixels[place + 2])
  }

  /// Fills the part of a rectangle that lies in the picture.
  mutating func fill(x: Int, y: Int, width: Int, height: Int, _ colour: Colour) {
    let columns = max(0, x)..<max(max(0, x), min(size.width, x + width))
    let rows = max(0, y)..<max(max(0, y), min(size.height, y + height))
    let side = size.width
    pixels.withUnsafeMutableBufferPointer { buffer in
      for row in rows {
        var place = (row * side + columns.lowerBound) * 3
        for _ in columns {
          buffer[place] = colour.red
          buffer[place + 1] = colour.green
          buffer[place + 2] = colour.blue
          place += 3
        }
      }
    }
  }

  /// Fills a circle.
  mutating func fill(circleAt x: Int, _ y: Int, radius: Int, _ colour: Colour) {
    for row in max(0, y - radius)..<max(max(0, y - radius), min(size.height, y + radius)) {
      let distance = row - y
      let half = Int(Double(max(0, radius * radius - distance * distance)).squareRoot())
      fill(x: x - half, y: row, width: 2 * half, height: 1, colour)
    }
  }

  /// Writes a text, each pixel of its letters `scale` pixels wide; answers the row below the last.
  ///
  /// Lines that do not fit are broken, and those that do not fit below are left out.
  @discardableResult
  mutating func write(
    _ text: String, x: Int, y: Int, width: Int, scale: Int, _ colour: Colour
  ) -> Int {
    var (column, row) = (x, y)
    let lineHeight = (2 * DemoFont.rows + 3) * scale
    for character in text {
      let cell = DemoFont.cell(of: character)
      if column + cell.advance * scale > x + width { (column, row) = (x, row + lineHeight) }
      guard row + lineHeight <= size.height else { break }
      for sign in cell.signs {
        draw(
          sign.bits, x: column + sign.column * scale, y: row + sign.row * scale, scale: scale,
          colour)
      }
      column += cell.advance * scale
    }
    return row + lineHeight
  }

  private mutating func draw(_ bits: Int, x: Int, y: Int, scale: Int, _ colour: Colour) {
    for place in 0..<DemoFont.columns * DemoFont.rows where bits >> (14 - place) & 1 == 1 {
      let (column, row) = (place % DemoFont.columns, place / DemoFont.columns)
      fill(x: x + column * scale, y: y + row * scale, width: scale, height: scale, colour)
    }
  }

  /// The same picture in squares of one colour each, as an unfinished one.
  func coarse(_ side: Int) -> DemoCanvas {
    var coarse = self
    for y in stride(from: 0, to: size.height, by: side) {
      for x in stride(from: 0, to: size.width, by: side) {
        coarse.fill(
          x: x, y: y, width: side, height: side,
          colour(x: min(x + side / 2, size.width - 1), y: min(y + side / 2, size.height - 1)))
      }
    }
    return coarse
  }

  /// The nearest pixel of each place at another size.
  func scaled(to target: PixelSize) -> DemoCanvas {
    guard target != size else { return self }
    var scaled = [UInt8](repeating: 0, count: target.pixelCount * 3)
    for y in 0..<target.height {
      let source = y * size.height / target.height * size.width
      for x in 0..<target.width {
        let from = (source + x * size.width / target.width) * 3
        let to = (y * target.width + x) * 3
        scaled[to] = pixels[from]
        scaled[to + 1] = pixels[from + 1]
        scaled[to + 2] = pixels[from + 2]
      }
    }
    return DemoCanvas(size: target, pixels: scaled)
  }

  /// This picture where `isKept` says so of a pixel, counted row by row, and `other` elsewhere; both of
  /// one size.
  func mixed(with other: DemoCanvas, keeping isKept: (Int) -> Bool) -> DemoCanvas {
    var mixed = other.pixels
    for pixel in 0..<size.pixelCount where isKept(pixel) {
      mixed[pixel * 3] = pixels[pixel * 3]
      mixed[pixel * 3 + 1] = pixels[pixel * 3 + 1]
      mixed[pixel * 3 + 2] = pixels[pixel * 3 + 2]
    }
    return DemoCanvas(size: size, pixels: mixed)
  }
}
